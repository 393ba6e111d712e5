import { expect, test } from 'vitest';
import { listExclusions } from '#db/queries/lead-details.ts';
import { listBodiesOn } from '#db/queries/bodies.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { sealedExclusions } from '#services/exclusions.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, CONCLUSION, REPORT, createDesk, fileLead, personOf } from '#support/leads.ts';

type Desk = ReturnType<typeof createDesk>;

/** A lead that two case workers of the bureau have begun to look into. */
async function startedLead(portal: FreshPortal, desk: Desk, complaint: object = STALLING) {
  const { reference } = await fileLead(portal, complaint);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  await desk.take('section-chief', reference, 'assign', 'ACCEPTED', {
    body: DEMO_BODIES.bureau,
    caseWorkers: [await personOf(portal, 'handler'), await personOf(portal, 'handler-2')],
    dueOn: '2026-12-10',
  });
  await desk.take('handler', reference, 'start', 'ASSIGNED', { noInterest: true });
  return reference;
}

async function rowOf(portal: FreshPortal, reference: string) {
  const { db } = portal.context;
  const found = (await db.select().from(db.t.lead)).find((row) => row.reference === reference);
  if (!found) throw new Error('no such lead');
  return found;
}

test('a parked lead is due on the day it is looked at again, and gets a new date with the work', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await startedLead(portal, desk);
  const parking = { reason: '等待审计结果。', lookOn: '2027-03-01' };
  const late = await desk.press('section-chief', reference, 'park', 'INVESTIGATING', parking);
  expect(late.status).toBe(422);
  const lookOn = '2026-11-30';
  const parked = await desk.take('section-chief', reference, 'park', 'INVESTIGATING', {
    ...parking,
    lookOn,
  });
  expect(parked.lead?.dueOn).toBe(lookOn);
  const again = { reason: '还没有结果。', lookOn: '2026-12-30' };
  const still = await desk.take('section-chief', reference, 'park-again', 'PARKED', again);
  expect(still.lead).toMatchObject({ status: 'PARKED' });
  const running = still.lead?.deadlines.filter((clock) => clock.metOn === null);
  expect(running?.find((clock) => clock.code === 'RELOOK90')?.dueOn).toBe(again.lookOn);
  expect(running?.find((clock) => clock.code === 'ASSIGNED')).toBeUndefined();
  const back = await desk.take('section-chief', reference, 'unpark', 'PARKED', {
    reason: '结果已到。',
    dueOn: '2026-12-20',
  });
  expect(back.lead?.deadlines.find((clock) => clock.code === 'RELOOK90' && !clock.metOn)).toBe(
    undefined,
  );
});

test('what is missing for a strike-off is told, and the end of a lead is counted in clear', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await startedLead(portal, desk);
  await desk.take('handler', reference, 'report', 'INVESTIGATING', REPORT);
  await desk.take('handler-2', reference, 'report', 'INVESTIGATING');
  const owed = { ...CONCLUSION, amountCents: '300' };
  await desk.take('section-chief', reference, 'conclude', 'IN_REVIEW', owed);
  expect(await rowOf(portal, reference)).toMatchObject({
    finding: 'TRUE',
    concludedOn: '2026-11-20',
    closedOn: null,
  });
  expect((await desk.open('leader', reference)).missing).toEqual([
    { label: '销号', missing: ['先登记向反映人的反馈。'] },
  ]);
  expect((await desk.open('section-chief', reference)).missing).toEqual([]);
  const given = { givenOn: '2026-11-20', method: 'CODE', response: 'SILENT' };
  await desk.take('section-chief', reference, 'record-feedback', 'CONCLUDED', given);
  const short = { recoveredCents: '100' };
  expect(await desk.refused('leader', reference, 'close', 'CONCLUDED', short)).toBe(
    'invalid-input',
  );
  await desk.take('leader', reference, 'close', 'CONCLUDED', { ...short, shortfall: '分期退还。' });
  expect((await rowOf(portal, reference)).closedOn).toBe('2026-11-20');
  await desk.take('section-chief', reference, 'reopen', 'CLOSED', { reason: '有新的证据。' });
  expect(await rowOf(portal, reference)).toMatchObject({
    finding: null,
    concludedOn: null,
    closedOn: null,
  });
});

test('a discipline group of two brings a lead to its end, each judging what the other did', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const civil = { ...STALLING, subjectRole: 'CIVIL_STAFF', subjectBody: undefined };
  const { reference } = await fileLead(portal, civil);
  const caseWorkers = [await personOf(portal, 'liaison'), await personOf(portal, 'liaison-2')];
  await desk.take('liaison', reference, 'claim', 'RECEIVED');
  await desk.take('liaison', reference, 'accept', 'TRIAGE', {
    ...ACCEPTANCE,
    subjectRoles: ['CIVIL_STAFF'],
  });
  await desk.take('liaison', reference, 'assign', 'ACCEPTED', {
    body: DEMO_BODIES.discipline,
    caseWorkers,
    dueOn: '2026-12-10',
  });
  await desk.take('liaison', reference, 'start', 'ASSIGNED', { noInterest: true });
  await desk.take('liaison', reference, 'report', 'INVESTIGATING', REPORT);
  await desk.take('liaison-2', reference, 'report', 'INVESTIGATING');
  expect(
    await desk.refused('liaison-2', reference, 'conclude-major', 'IN_REVIEW', CONCLUSION),
  ).toBe('not-allowed');
  await desk.take('liaison', reference, 'conclude-major', 'IN_REVIEW', CONCLUSION);
  const given = { givenOn: '2026-11-20', method: 'CODE', response: 'SILENT' };
  await desk.take('liaison-2', reference, 'record-feedback', 'CONCLUDED', given);
  const amounts = { recoveredCents: '0' };
  expect(await desk.refused('liaison', reference, 'close', 'CONCLUDED', amounts)).toBe(
    'not-allowed',
  );
  const closed = await desk.take('liaison-2', reference, 'close', 'CONCLUDED', amounts);
  expect(closed.lead?.status).toBe('CLOSED');
  // Of a sealed lead nothing is counted in clear.
  expect(await rowOf(portal, reference)).toMatchObject({ finding: null, closedOn: null });
});

test('a lead that is sealed later, and what is split off it, shows as many exclusions as every other', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'seal', 'TRIAGE', { reasonCode: 'TRIAGE_CHAIN' });
  const { db } = portal.context;
  const bodies = await listBodiesOn(db, '2026-11-20');
  const macs = await listExclusions(db, [(await rowOf(portal, reference)).id]);
  expect(macs).toHaveLength(sealedExclusions(bodies.length));
  const split = await desk.take('liaison', reference, 'split', 'TRIAGE', {
    class: 'REPORT',
    problemTypes: ['EXTORT'],
    allegation: '收过两条烟。',
  });
  const child = await rowOf(portal, split.lead?.children[0]?.reference ?? '');
  expect(await listExclusions(db, [child.id])).toHaveLength(sealedExclusions(bodies.length));
});
