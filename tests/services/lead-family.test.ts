import { expect, test } from 'vitest';
import type { FollowUp } from '#services/follow-up.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';

async function followUp(portal: FreshPortal, queryCode: string): Promise<FollowUp> {
  return (await (await portal.call('/api/follow-up', { json: { queryCode } })).json()) as FollowUp;
}

async function write(portal: FreshPortal, queryCode: string, text: string) {
  const sent = await portal.call('/api/follow-up/messages', { json: { queryCode, text } });
  expect(sent.status).toBe(204);
}

const SAME = { basis: 'SAME_ACCUSED', reason: '同一件事。' };

test('what a merged lead says reaches the case workers of the other, each reporter an own answer', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const first = await fileLead(portal);
  const second = await fileLead(portal, { ...STALLING, text: '邻居也被推了三次，有录音。' });
  for (const { reference } of [first, second]) {
    await desk.take('intake', reference, 'claim', 'RECEIVED');
  }
  await write(portal, second.queryCode, '录音在手机里。');
  await desk.take('triage', second.reference, 'merge', 'TRIAGE', {
    ...SAME,
    parent: first.reference,
  });
  await write(portal, second.queryCode, '又被推了一次。');
  const parent = await desk.open('triage', first.reference);
  const taken = parent.events.filter((event) => event.event === 'take-in');
  expect(taken.map((event) => event.words.map(({ value }) => value))).toEqual([
    [second.reference, '邻居也被推了三次，有录音。', '录音在手机里。'],
    [second.reference, '又被推了一次。'],
  ]);
  const reply = '已责令当场受理，请带户口簿前去。';
  await desk.take('triage', first.reference, 'ask-question', 'TRIAGE', { question: '哪一天？' });
  await desk.take('triage', first.reference, 'reply', 'TRIAGE', { reply });
  const told = await followUp(portal, second.queryCode);
  expect(told.messages.map(({ kind, text }) => [kind, text])).toEqual([
    ['supplement', '录音在手机里。'],
    ['supplement', '又被推了一次。'],
    ['reply', reply],
  ]);
  // Nothing the one reporter wrote is shown to the other.
  const other = await followUp(portal, first.queryCode);
  expect(other.messages.map(({ text }) => text)).toEqual(['哪一天？', reply]);
  expect(told.status).toBe(other.status);
});

test('a lead is not merged where its accused may read', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const open = await fileLead(portal, {
    ...STALLING,
    subjectRole: 'RECIPIENT',
    subjectBody: undefined,
  });
  const closed = await fileLead(portal, { ...STALLING, text: '镇上经办人的事。' });
  for (const { reference } of [open, closed]) {
    await desk.take('intake', reference, 'claim', 'RECEIVED');
  }
  const merging = { ...SAME, parent: open.reference };
  expect(await desk.refused('triage', closed.reference, 'merge', 'TRIAGE', merging)).toBe(
    'invalid-input',
  );
  await desk.take('triage', open.reference, 'merge', 'TRIAGE', {
    ...SAME,
    parent: closed.reference,
  });
});

test('a part that was split off asks and answers through the code of the lead it comes from', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference, queryCode } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const split = await desk.take('triage', reference, 'split', 'TRIAGE', {
    class: 'REPORT',
    problemTypes: ['EXTORT'],
    allegation: '经办人收过两条烟。',
  });
  const child = split.lead?.children[0]?.reference ?? '';
  await desk.take('triage', child, 'ask-info', 'TRIAGE', { question: '是哪一天给的？' });
  const asked = await followUp(portal, queryCode);
  expect(asked).toMatchObject({ hasOpenQuestion: true, messages: [{ text: '是哪一天给的？' }] });
  await write(portal, queryCode, '八月初。');
  const opened = await desk.open('triage', child);
  expect(opened.status).toBe('TRIAGE');
  expect(opened.messages.at(-1)).toMatchObject({ kind: 'answer', text: '八月初。' });
  await desk.take('triage', child, 'reply', 'TRIAGE', { reply: '这一部分已经查清。' });
  const rejection = {
    reasonCode: 'LEGAL_ROUTE',
    whereToGo: '向区人民法院起诉。',
    notice: '应当通过诉讼解决。',
  };
  await desk.take('triage', reference, 'reject', 'TRIAGE', rejection);
  await desk.take('section-chief', reference, 'reject', 'TRIAGE');
  const told = await followUp(portal, queryCode);
  expect(told.messages.map(({ text }) => text)).toContain('这一部分已经查清。');
  // The rest is answered, a part is not.
  expect(told.status).toBe('in-progress');
  expect(JSON.stringify(told)).not.toContain(child);
});
