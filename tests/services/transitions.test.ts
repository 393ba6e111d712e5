import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, CONCLUSION, REPORT, createDesk, fileLead, personOf } from '#support/leads.ts';

test('a lead is walked from its arrival to its strike-off by the people who may', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference, queryCode } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  const caseWorkers = [await personOf(portal, 'handler'), await personOf(portal, 'handler-2')];
  const assigned = await desk.take('section-chief', reference, 'assign', 'ACCEPTED', {
    body: DEMO_BODIES.bureau,
    caseWorkers,
    dueOn: '2026-12-10',
  });
  expect(assigned.lead?.dueOn).toBe('2026-11-25');
  expect(assigned.lead?.workers).toHaveLength(2);
  await desk.take('handler', reference, 'start', 'ASSIGNED', { noInterest: true });
  const first = await desk.take('handler', reference, 'report', 'INVESTIGATING', REPORT);
  expect(first.kind).toBe('propose');
  expect(first.lead?.status).toBe('INVESTIGATING');
  expect(await desk.refused('handler', reference, 'report', 'INVESTIGATING', REPORT)).toBe(
    'own-approval',
  );
  const second = await desk.take('handler-2', reference, 'report', 'INVESTIGATING');
  expect(second.kind).toBe('approve');
  expect(second.lead?.status).toBe('IN_REVIEW');
  await desk.take('section-chief', reference, 'conclude', 'IN_REVIEW', CONCLUSION);
  expect(
    await desk.refused('leader', reference, 'close', 'CONCLUDED', { recoveredCents: '0' }),
  ).toBe('not-now');
  await desk.take('section-chief', reference, 'rectify', 'CONCLUDED', {
    items: [
      {
        problem: '没有一次性告知',
        cause: '没有告知单',
        measure: '印发告知单',
        owner: '镇民政办主任',
        dueOn: '2026-12-20',
      },
    ],
  });
  await desk.take('section-chief', reference, 'record-feedback', 'RECTIFYING', {
    givenOn: '2026-11-20',
    method: 'CODE',
    response: 'ACCEPTS',
  });
  const open = await desk.open('section-chief', reference);
  const choice = open.transitions.find(({ event }) => event === 'verify-item')?.fields[0];
  expect(choice?.options).toEqual({ 1: '第1项：没有一次性告知' });
  const verify = { item: '1', evidence: '告知单已上墙。' };
  const noSuchItem = { ...verify, item: '2' };
  expect(
    await desk.refused('section-chief', reference, 'verify-item', 'RECTIFYING', noSuchItem),
  ).toBe('invalid-input');
  await desk.take('section-chief', reference, 'verify-item', 'RECTIFYING', verify);
  const closed = await desk.take('leader', reference, 'close', 'RECTIFYING', {
    recoveredCents: '0',
  });
  expect(closed.lead?.status).toBe('CLOSED');
  expect(closed.lead?.dueOn).toBeNull();
  expect(closed.lead?.items).toMatchObject([{ number: 1, verified: true }]);

  const told = await portal.call('/api/follow-up', { json: { queryCode } });
  const followUp = (await told.json()) as { status: string; messages: { text: string }[] };
  expect(followUp.status).toBe('answered');
  expect(followUp.messages.map((message) => message.text)).toContain(CONCLUSION.reply);
});

test('the one who proposed cannot approve, a different person can, and a refusal is kept', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const rejection = {
    reasonCode: 'LEGAL_ROUTE',
    whereToGo: '向区人民法院起诉。',
    notice: '这件事应当通过诉讼解决。',
  };
  await desk.take('triage', reference, 'reject', 'TRIAGE', rejection);
  expect(await desk.refused('triage', reference, 'reject', 'TRIAGE', rejection)).toBe(
    'own-approval',
  );
  expect(await desk.refused('leader', reference, 'reject', 'TRIAGE', {})).toBe('not-allowed');
  const seen = await desk.open('section-chief', reference);
  expect(seen.transitions.find((step) => step.event === 'reject')).toMatchObject({
    kind: 'approve',
    fields: [],
  });
  await desk.take('section-chief', reference, 'refuse-proposal', 'TRIAGE', {
    reason: '应当受理。',
  });
  const refusedLead = await desk.open('triage', reference);
  expect(refusedLead.status).toBe('TRIAGE');
  expect(refusedLead.events.find((event) => event.event === 'reject')?.status).toBe('declined');
  await desk.take('triage', reference, 'reject', 'TRIAGE', rejection);
  const done = await desk.take('section-chief', reference, 'reject', 'TRIAGE');
  expect(done.lead?.status).toBe('REJECTED');
  expect(done.lead?.messages.at(-1)?.text).toContain(rejection.whereToGo);
});

test('of two people who act on the same reading one wins and the other is told', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.open('triage', reference);
  const question = { question: '是哪一天去的？' };
  const answers = await Promise.all([
    desk.press('triage', reference, 'ask-info', 'TRIAGE', question),
    desk.press('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE),
  ]);
  const statuses = answers.map((answer) => answer.status).toSorted((a, b) => a - b);
  expect(statuses).toEqual([200, 409]);
  expect(await desk.refused('triage', reference, 'claim', 'RECEIVED')).toBe('state-changed');
});

test('a step may be named by where it leads', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  const path = `/api/staff/leads/${reference}/transitions`;
  const claimed = await desk.call('intake', path, { to: 'TRIAGE', from: 'RECEIVED', fields: {} });
  expect(await claimed.json()).toMatchObject({ event: 'claim', lead: { status: 'TRIAGE' } });
  const nowhere = await desk.call('intake', path, { to: 'CLOSED', from: 'TRIAGE', fields: {} });
  expect(nowhere.status).toBe(409);
  const unnamed = await desk.call('intake', path, { from: 'TRIAGE' });
  expect(unnamed.status).toBe(422);
});

test('what was typed badly comes back with a message for each field by its own name', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const answer = await desk.press('triage', reference, 'accept', 'TRIAGE', { class: 'REPORT' });
  expect(answer.status).toBe(422);
  const { error } = (await answer.json()) as { error: { fields: Record<string, string> } };
  expect(Object.keys(error.fields)).toEqual(
    expect.arrayContaining(['problemTypes', 'level', 'severity', 'realName']),
  );
});

test('a sealed lead is handed to an outside authority and closed by the liaison alone', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    subjectRole: 'COUNTY_LEADER',
    subjectBody: undefined,
  });
  const letter = {
    outside: '市纪委监委',
    outsideKind: 'DISCIPLINE',
    summary: '反映一名县级领导干预低保审批。',
    materials: '反映材料一份',
    cadres: '1',
  };
  const handed = await desk.take('liaison', reference, 'transfer-sealed', 'RECEIVED', letter);
  expect(handed.lead?.status).toBe('TRANSFERRED');
  await desk.take('liaison', reference, 'feedback-by-letter', 'TRANSFERRED', {
    finding: 'UNVERIFIABLE',
    dispositions: ['SETTLED'],
    casesFiled: '0',
    heldToAccount: '0',
    reply: '有权机关已经办结。',
  });
  await desk.take('liaison', reference, 'record-feedback', 'CONCLUDED', {
    givenOn: '2026-11-20',
    method: 'CODE',
    response: 'ACCEPTS',
  });
  const closed = await desk.take('liaison-2', reference, 'close', 'CONCLUDED', {
    recoveredCents: '0',
  });
  expect(closed.lead?.status).toBe('CLOSED');
});

test('a transfer needs the leader, takes the reporter along to a discipline body and comes back', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    mode: 'NAMED',
    reporter: { name: '申小满', contact: '老地方' },
  });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const letter = {
    destination: DEMO_BODIES.discipline,
    summary: '反映镇经办人员推诿。',
    materials: '反映材料一份',
    cadres: 1,
  };
  await desk.take('section-chief', reference, 'transfer', 'TRIAGE', letter);
  expect((await desk.queue('liaison')).total).toBe(0);
  await desk.take('leader', reference, 'transfer', 'TRIAGE');
  const lead = await desk.open('liaison', reference);
  expect(lead).toMatchObject({ status: 'TRANSFERRED', text: STALLING.text, mayOpenReporter: true });
  expect(lead.events.find((event) => event.event === 'transfer')?.words).toContainEqual({
    label: '移交内容摘要',
    value: letter.summary,
  });
  await desk.take('liaison', reference, 'return-transfer', 'TRANSFERRED', {
    reason: '属于作风问题。',
  });
  expect((await desk.open('triage', reference)).status).toBe('TRIAGE');
});
