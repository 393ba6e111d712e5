import { expect, test } from 'vitest';
import type { SupervisedBody } from '#routes/staff-lead-schemas.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, CONCLUSION, REPORT, createDesk, fileLead, personOf } from '#support/leads.ts';

type Desk = ReturnType<typeof createDesk>;

async function supervisor(portal: FreshPortal, login: string, body: keyof typeof DEMO_BODIES) {
  return `${DEMO_BODIES[body]}/${await personOf(portal, login)}`;
}

async function listed(desk: Desk, login: string, query = ''): Promise<SupervisedBody> {
  const answer = await desk.call(login, `/api/staff/supervision${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as SupervisedBody;
}

const ORDER = { kind: 'SPECIAL', instruction: '逐月报告。', reportOn: '2026-12-01' };

test('what the rules suggest is supervised by a person, and is not closed without the supervisor', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, { ...STALLING, problemTypes: ['RETAL'] });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', {
    ...ACCEPTANCE,
    problemTypes: ['RETAL'],
    severity: 'MAJOR',
  });
  const suggested = await desk.open('section-chief', reference);
  expect(suggested.suggestion).toMatchObject({
    kind: 'SPECIAL',
    because: ['重大问题线索', '反映打击报复举报人'],
  });
  expect(suggested.supervised).toBe(false);
  expect((await desk.open('triage', reference)).suggestion).toBeNull();
  expect((await desk.call('liaison', `/api/staff/leads/${reference}`)).status).toBe(404);
  const named = await supervisor(portal, 'liaison', 'discipline');
  const stranger = await supervisor(portal, 'township-yunshui', 'yunshui');
  expect(
    await desk.refused('section-chief', reference, 'supervise', 'ACCEPTED', {
      ...ORDER,
      supervisor: stranger,
    }),
  ).toBe('invalid-input');
  const begun = await desk.take('section-chief', reference, 'supervise', 'ACCEPTED', {
    ...ORDER,
    supervisor: named,
  });
  expect(begun.lead).toMatchObject({ supervised: true, suggestion: null });
  expect(begun.lead?.deadlines.find((clock) => clock.code === 'REPORT')?.dueOn).toBe('2026-12-01');
  // The supervisor reads it, but not who complained.
  expect(await desk.open('liaison', reference)).toMatchObject({ mayOpenReporter: false });
  const caseWorkers = [await personOf(portal, 'handler'), await personOf(portal, 'handler-2')];
  await desk.take('section-chief', reference, 'assign', 'ACCEPTED', {
    body: DEMO_BODIES.bureau,
    caseWorkers,
    dueOn: '2026-12-10',
  });
  await desk.take('handler', reference, 'start', 'ASSIGNED', { noInterest: true });
  const reported = await desk.take('handler', reference, 'report-back', 'INVESTIGATING', {
    progress: '已约谈两人。',
  });
  expect(reported.lead?.supervisions[0]?.reportedOn).toBe('2026-11-20');
  const again = { instruction: '再查账。', reportOn: '2026-12-15' };
  for (const login of ['section-chief', 'leader']) {
    expect(await desk.refused(login, reference, 'instruct', 'INVESTIGATING', again)).toBe(
      'not-now',
    );
    const ending = { reason: '不用督办。' };
    expect(await desk.refused(login, reference, 'end-supervision', 'INVESTIGATING', ending)).toBe(
      'not-now',
    );
  }
  await desk.take('liaison', reference, 'instruct', 'INVESTIGATING', again);
  await desk.take('handler', reference, 'report', 'INVESTIGATING', REPORT);
  await desk.take('handler-2', reference, 'report', 'INVESTIGATING');
  await desk.take('leader', reference, 'conclude-major', 'IN_REVIEW', CONCLUSION);
  await desk.take('section-chief', reference, 'record-feedback', 'CONCLUDED', {
    givenOn: '2026-11-20',
    method: 'CODE',
    response: 'ACCEPTS',
  });
  expect((await desk.open('leader', reference)).missing).toEqual([
    { label: '销号', missing: ['督办人同意后才能销号。'] },
  ]);
  const shown = await listed(desk, 'liaison');
  expect(shown.items).toMatchObject([
    { reference, supervisions: [{ kindLabel: '专案督办', personName: '甘若谷', late: false }] },
  ]);
  expect((await listed(desk, 'township-qingshan')).items).toEqual([]);
  const consent = { reason: '整改到位。' };
  expect(await desk.refused('liaison-2', reference, 'consent-to-close', 'CONCLUDED', consent)).toBe(
    'not-now',
  );
  await desk.take('liaison', reference, 'consent-to-close', 'CONCLUDED', consent);
  await desk.take('leader', reference, 'close', 'CONCLUDED', { recoveredCents: '0' });
}, 60_000);

test('the body of the supervisor relieves one of its own, and the key case leaves the list', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  const named = await supervisor(portal, 'liaison', 'discipline');
  await desk.take('section-chief', reference, 'supervise', 'RECEIVED', {
    ...ORDER,
    supervisor: named,
  });
  const ended = await desk.take('liaison-2', reference, 'end-supervision', 'RECEIVED', {
    reason: '原督办人调离。',
  });
  expect(ended.lead).toMatchObject({ supervised: false, supervisions: [] });
  expect(ended.lead?.deadlines.find((clock) => clock.code === 'REPORT')?.metOn).toBe('2026-11-20');
  expect((await listed(desk, 'leader')).total).toBe(0);
});

test('of a sealed lead neither the kind of supervision nor the supervisor stands in clear', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    subjectRole: 'CIVIL_STAFF',
    subjectBody: undefined,
  });
  const named = await supervisor(portal, 'liaison-2', 'discipline');
  await desk.take('liaison', reference, 'supervise', 'RECEIVED', { ...ORDER, supervisor: named });
  const { db } = portal.context;
  expect(await db.select().from(db.t.supervision)).toMatchObject([
    { kind: 'SUPERVISED', personId: null, bodyCode: DEMO_BODIES.discipline },
  ]);
  const again = { instruction: '再查账。', reportOn: '2026-12-15' };
  expect(await desk.refused('liaison', reference, 'instruct', 'RECEIVED', again)).toBe('not-now');
  const instructed = await desk.take('liaison-2', reference, 'instruct', 'RECEIVED', again);
  expect(instructed.lead?.supervisions[0]?.personName).toBe('郁怀瑾');
  expect((await listed(desk, 'leader')).total).toBe(0);
  expect((await listed(desk, 'liaison')).items[0]).toMatchObject({ sealed: true, placeName: null });
});

test('key cases follow one another page by page', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { db } = portal.context;
  await fileLead(portal);
  const [row] = await db.select().from(db.t.lead);
  if (!row) throw new Error('no lead');
  const grants = await db.select().from(db.t.leadGrant);
  await db.transaction(async (tx) => {
    await tx.update(tx.t.lead).set({ supervised: 1 });
    for (let index = 2; index <= 120; index += 1) {
      const number = String(index).padStart(4, '0');
      const copy = { id: `copy-${number}`, reference: `YG-2026-${number}-00`, lookup: number };
      await tx.insert(tx.t.lead).values({ ...row, ...copy, supervised: 1 });
      for (const grant of grants) {
        await tx.insert(tx.t.leadGrant).values({ ...grant, leadId: copy.id });
      }
    }
  });
  const first = await listed(desk, 'section-chief');
  expect(first).toMatchObject({ total: 120, next: expect.any(String) });
  const rest = await listed(desk, 'section-chief', `?after=${first.next}`);
  expect(rest.next).toBeUndefined();
  const references = [...first.items, ...rest.items].map(({ reference }) => reference);
  expect(new Set(references).size).toBe(120);
});
