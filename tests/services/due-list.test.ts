import type { z } from 'zod';
import { expect, test } from 'vitest';
import type { DueList } from '#routes/staff-due.ts';
import { QINGSHAN, STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead, personOf } from '#support/leads.ts';

const DAY = 86_400_000;
type Due = z.infer<typeof DueList>;

async function readDue(portal: FreshPortal, login: string): Promise<Due> {
  const answer = await portal.call('/api/staff/due', { cookie: await portal.signIn(login) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Due;
}
const references = (share: Due['mine']) => share.items.map((lead) => lead.reference);

/** A complaint about nobody, handed to the township's own case worker by 27 November. */
async function assignToTownship(portal: FreshPortal) {
  const desk = createDesk(portal);
  const about = { subjectRole: undefined, subjectBody: undefined };
  const { reference } = await fileLead(portal, { ...STALLING, ...about });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', {
    ...ACCEPTANCE,
    subjectRoles: ['RECIPIENT'],
  });
  const workers = [await personOf(portal, 'handler'), await personOf(portal, 'handler-2')];
  await desk.take('section-chief', reference, 'assign', 'ACCEPTED', {
    body: QINGSHAN,
    caseWorkers: workers,
    dueOn: '2026-11-27',
  });
  return reference;
}

test('own work comes first, then that of the body; what is far off is left out', async () => {
  await using portal = await createPortal();
  const reference = await assignToTownship(portal);
  portal.advance(60_000);
  const { reference: fresh } = await fileLead(portal);
  const mine = await readDue(portal, 'handler');
  expect(references(mine.mine)).toEqual([reference]);
  // To be taken up within three working days of a Friday.
  expect(mine.mine.items[0]).toMatchObject({ dueOn: '2026-11-25', stage: 'week' });
  const township = await readDue(portal, 'township-qingshan');
  expect(references(township.own)).toEqual([reference]);
  const chief = await readDue(portal, 'section-chief');
  expect(JSON.stringify(chief)).not.toContain(fresh);
  expect(chief.below.items).toEqual([]);
});

test('what is late at a township is counted and listed at the bureau, and nowhere else', async () => {
  await using portal = await createPortal();
  const reference = await assignToTownship(portal);
  portal.advance(6 * DAY);
  const chief = await readDue(portal, 'section-chief');
  expect(references(chief.below)).toEqual([reference]);
  expect(chief.lateBelow).toEqual([{ bodyName: '青山镇人民政府', overdue: 1 }]);
  expect(references((await readDue(portal, 'township-longwan')).below)).toEqual([]);
  expect(JSON.stringify(await readDue(portal, 'liaison'))).not.toContain(reference);
});

test('nobody accused finds it among what is due', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal, { ...STALLING, subjectName: '祁思齐' });
  portal.advance(17 * DAY);
  expect(JSON.stringify(await readDue(portal, 'triage'))).not.toContain(reference);
  expect(JSON.stringify(await readDue(portal, 'intake'))).toContain(reference);
});

test('what is due is for those who handle leads', async () => {
  await using portal = await createPortal();
  const answer = await portal.call('/api/staff/due', { cookie: await portal.signIn('auditor') });
  expect(answer.status).toBe(403);
});
