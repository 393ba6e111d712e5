import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import type { FollowUp } from '#services/follow-up.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead, personOf } from '#support/leads.ts';
import { RESULT, TO_OUTSIDE } from '#support/referrals.ts';

async function wish(portal: FreshPortal, queryCode: string, what: string, text: string) {
  const json = { queryCode, text, wish: what };
  return (await portal.call('/api/follow-up/messages', { json })).status;
}

test('a wish to withdraw ends an appeal and never a report', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  for (const [petition, open] of [
    ['APPEAL', true],
    ['REPORT', false],
  ] as const) {
    const { reference, queryCode } = await fileLead(portal, { ...STALLING, class: petition });
    await desk.take('intake', reference, 'claim', 'RECEIVED');
    const reply = { reply: '已按您的要求撤回。' };
    expect(await desk.refused('triage', reference, 'conclude-withdrawn', 'TRIAGE', reply)).toBe(
      'not-now',
    );
    expect(await wish(portal, queryCode, 'withdraw', '已经解决了。')).toBe(204);
    const lead = await desk.open('triage', reference);
    expect(lead.messages.at(-1)).toMatchObject({ kind: 'supplement', text: '已经解决了。' });
    expect(lead.events.at(-1)).toMatchObject({ event: 'request-withdrawal' });
    const steps = lead.transitions.map((step) => step.event);
    expect(steps.includes('conclude-withdrawn')).toBe(open);
    if (!open) continue;
    const done = await desk.take('triage', reference, 'conclude-withdrawn', 'TRIAGE', reply);
    expect(done.lead?.status).toBe('CONCLUDED');
    const { db } = portal.context;
    const rows = await db.select().from(db.t.lead);
    expect(rows.find((row) => row.reference === reference)?.finding).toBe('WITHDRAWN');
  }
});

test('only an appeal that was answered can be asked to be reviewed', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference, queryCode } = await fileLead(portal, { ...STALLING, class: 'APPEAL' });
  const read = async () =>
    (await (await portal.call('/api/follow-up', { json: { queryCode } })).json()) as FollowUp;
  expect((await read()).wishes).toEqual(['withdraw', 'recusal']);
  expect(await wish(portal, queryCode, 'review', '请复查。')).toBe(409);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', { ...ACCEPTANCE, class: 'APPEAL' });
  await wish(portal, queryCode, 'withdraw', '不反映了。');
  await desk.take('triage', reference, 'conclude-withdrawn', 'ACCEPTED', { reply: '已撤回。' });
  expect((await read()).wishes).toEqual(['review', 'recusal', 'rate']);
  expect(await wish(portal, queryCode, 'review', '请复查。')).toBe(204);
  const request = { requestedOn: '2026-11-20', reviewer: '市民政局' };
  const late = { ...request, requestedOn: '2026-11-21' };
  expect(await desk.refused('leader', reference, 'open-review', 'CONCLUDED', late)).toBe(
    'invalid-input',
  );
  const review = await desk.take('leader', reference, 'open-review', 'CONCLUDED', request);
  expect(review.lead?.status).toBe('REVIEW');
});

test('whoever reported a sealed lead may ask for a review, and whoever reads it decides', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const accused = { subjectRole: 'COUNTY_LEADER', subjectBody: undefined };
  const { reference, queryCode } = await fileLead(portal, { ...STALLING, ...accused });
  await desk.take('liaison', reference, 'transfer-sealed', 'RECEIVED', TO_OUTSIDE);
  await desk.take('liaison', reference, 'feedback-by-letter', 'TRANSFERRED', RESULT);
  const read = await portal.call('/api/follow-up', { json: { queryCode } });
  expect(((await read.json()) as FollowUp).wishes).toContain('review');
  expect(await wish(portal, queryCode, 'review', '请复查。')).toBe(204);
  const lead = await desk.open('liaison', reference);
  expect(lead.events.at(-1)).toMatchObject({ event: 'request-review' });
  expect(lead.messages.at(-1)).toMatchObject({ text: '请复查。' });
  // A report has no review of the petition rules.
  expect(lead.transitions.map((step) => step.event)).not.toContain('open-review');
});

test('a wish that somebody keep away is told to whoever decides until they have', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference, queryCode } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  expect(await wish(portal, queryCode, 'recusal', '请詹知行回避。')).toBe(204);
  expect((await desk.open('section-chief', reference)).asksRecusal).toBe(true);
  expect((await desk.open('triage', reference)).asksRecusal).toBe(false);
  const workers = [await personOf(portal, 'handler'), await personOf(portal, 'handler-2')];
  await desk.take('section-chief', reference, 'assign', 'ACCEPTED', {
    body: DEMO_BODIES.bureau,
    caseWorkers: workers,
    dueOn: '2026-12-10',
  });
  for (const person of workers) {
    const item = (await desk.queue('section-chief')).items[0];
    expect(item).toMatchObject({ reference, unassigned: false });
    const decided = { person, recused: 'YES', reason: '与被反映人是亲属。' };
    await desk.take('section-chief', reference, 'decide-recusal', 'ASSIGNED', decided);
  }
  expect(await desk.open('section-chief', reference)).toMatchObject({
    asksRecusal: false,
    unassigned: true,
    workers: [],
  });
  expect((await desk.queue('section-chief')).items[0]).toMatchObject({ unassigned: true });
});
