import { expect, test } from 'vitest';
import { lapseQuestions } from '#services/lapse-questions.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead } from '#support/leads.ts';

test('time in which the reporter is asked does not run against the office, and one extension is given', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, { ...STALLING, class: 'APPEAL' });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const accepted = await desk.take('triage', reference, 'accept', 'TRIAGE', {
    ...ACCEPTANCE,
    class: 'APPEAL',
  });
  const decide = (lead: typeof accepted.lead) =>
    lead?.deadlines.find((clock) => clock.code === 'DECIDE')?.dueOn;
  expect(decide(accepted.lead)).toBe('2027-01-19');
  await desk.take('triage', reference, 'ask-info', 'ACCEPTED', { question: '有病历吗？' });
  portal.advance(4 * 86_400_000);
  const later = createDesk(portal);
  const resumed = await later.take('triage', reference, 'resume', 'NEED_INFO', {
    obtained: '电话里说没有。',
  });
  expect(resumed.lead?.status).toBe('ACCEPTED');
  expect(decide(resumed.lead)).toBe('2027-01-25');
  const extension = {
    days: 30,
    reason: '入户核查还没有完成。',
    notice: '需要入户核查，延长30日。',
  };
  const asked = await later.take('section-chief', reference, 'extend', 'ACCEPTED', extension);
  expect(decide(asked.lead)).toBe('2027-01-25');
  const extended = await later.take('leader', reference, 'extend', 'ACCEPTED');
  expect(decide(extended.lead)).toBe('2027-02-22');
  expect(await later.refused('section-chief', reference, 'extend', 'ACCEPTED', extension)).toBe(
    'not-now',
  );
});

test('a question nobody answers for 15 days lets the lead go on', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'ask-info', 'TRIAGE', { question: '有病历吗？' });
  portal.advance(15 * 86_400_000);
  expect(await lapseQuestions(portal.context)).toBe(0);
  portal.advance(5 * 86_400_000);
  expect(await lapseQuestions(portal.context)).toBe(1);
  expect(await lapseQuestions(portal.context)).toBe(0);
  expect((await createDesk(portal).open('triage', reference)).status).toBe('TRIAGE');
});

test('a lead goes back to where it was, however often its reporter was asked', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference, queryCode } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'ask-info', 'TRIAGE', { question: '有病历吗？' });
  await desk.take('triage', reference, 'ask-question', 'NEED_INFO', { question: '哪家医院？' });
  const json = { queryCode, text: '县医院，有病历。' };
  expect((await portal.call('/api/follow-up/messages', { json })).status).toBe(204);
  expect((await desk.open('triage', reference)).status).toBe('TRIAGE');
});

test('the clocks of a sealed lead tell neither class nor mode after it was accepted', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reporter = { name: '申小满', contact: '100-0000-0001' };
  const about = { ...STALLING, subjectRole: 'CIVIL_STAFF', subjectBody: undefined };
  for (const kind of ['REPORT', 'APPEAL']) {
    const identified = kind === 'REPORT' ? { mode: 'NAMED', reporter } : {};
    const { reference } = await fileLead(portal, { ...about, ...identified, class: kind });
    await desk.take('liaison', reference, 'claim', 'RECEIVED');
    const taken = { ...ACCEPTANCE, class: kind, subjectRoles: ['CIVIL_STAFF'] };
    await desk.take('liaison', reference, 'accept', 'TRIAGE', taken);
  }
  const { db } = portal.context;
  const clocks = await db.select().from(db.t.leadDeadline);
  const told = [...Map.groupBy(clocks, (clock) => clock.leadId).values()].map((each) =>
    each.map(({ ruleCode, dueOn, metOn }) => `${ruleCode} ${dueOn} ${metOn}`).toSorted(),
  );
  expect(told).toHaveLength(2);
  expect(told[0]).toEqual(told[1]);
});
