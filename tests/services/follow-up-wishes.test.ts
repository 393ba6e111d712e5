import { expect, test } from 'vitest';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import type { FollowUp } from '#services/follow-up.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead } from '#support/leads.ts';
import { findInFolder } from '#support/scan-folder.ts';

const DAY = 86_400_000;
const NEW_CODE = makeQueryCode(new Uint8Array(CODE_BYTES).fill(9));

async function post(portal: FreshPortal, path: string, json: object) {
  const answer = await portal.call(path, { json });
  return { status: answer.status, body: answer.status === 204 ? null : await answer.json() };
}

async function read(portal: FreshPortal, queryCode: string): Promise<FollowUp> {
  return (await post(portal, '/api/follow-up', { queryCode })).body as FollowUp;
}

async function wish(portal: FreshPortal, queryCode: string, what: object) {
  return post(portal, '/api/follow-up/messages', { queryCode, text: '', ...what });
}

test('a new code opens what was said before and after, and the old one nothing of what came after', async () => {
  await using portal = await createPortal();
  const { reference, queryCode } = await fileLead(portal);
  await wish(portal, queryCode, { text: '第一次补充的话。' });
  const change = { queryCode, newCode: NEW_CODE };
  expect(await post(portal, '/api/follow-up/code', change)).toEqual({
    status: 200,
    body: { reference, queryCode: NEW_CODE },
  });
  await wish(portal, NEW_CODE, { text: '第二次补充的话。' });
  const texts = (await read(portal, NEW_CODE)).messages.map(({ text }) => text);
  expect(texts).toEqual(['第一次补充的话。', '第二次补充的话。']);
  const before = (await read(portal, queryCode)).messages.map(({ text }) => text);
  expect(before).toEqual(texts.slice(0, 1));
  expect((await wish(portal, queryCode, { text: '旧码写的。' })).status).toBe(404);
  // A second press of the same page.
  expect((await post(portal, '/api/follow-up/code', change)).body).toEqual({
    reference,
    queryCode: NEW_CODE,
  });
  const third = makeQueryCode(new Uint8Array(CODE_BYTES).fill(3));
  await post(portal, '/api/follow-up/code', { queryCode: NEW_CODE, newCode: third });
  expect((await read(portal, third)).messages.map(({ text }) => text)).toEqual(texts);
  expect(findInFolder(portal.context.config.dataDir, [queryCode, NEW_CODE, third])).toEqual([]);
});

test('what staff answer after the change is read with the new code', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference, queryCode } = await fileLead(portal);
  await post(portal, '/api/follow-up/code', { queryCode, newCode: NEW_CODE });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'reply', 'TRIAGE', { reply: '已经收到，正在看。' });
  const { messages } = await read(portal, NEW_CODE);
  expect(messages.at(-1)?.text).toBe('已经收到，正在看。');
});

test('a code that cannot be one is no new code', async () => {
  await using portal = await createPortal();
  const { queryCode } = await fileLead(portal);
  const answer = await post(portal, '/api/follow-up/code', { queryCode, newCode: 'ABC' });
  expect(answer.status).toBe(404);
  expect((await read(portal, queryCode)).status).toBe('received');
});

test('a reminder is taken after a week and once a week, and seen by staff', async () => {
  await using portal = await createPortal();
  const { reference, queryCode } = await fileLead(portal);
  expect((await wish(portal, queryCode, { wish: 'remind' })).status).toBe(409);
  expect((await read(portal, queryCode)).remindFrom).toBe('2026-11-27');
  portal.advance(7 * DAY);
  expect((await read(portal, queryCode)).wishes).toContain('remind');
  expect((await wish(portal, queryCode, { wish: 'remind' })).status).toBe(204);
  // The same press again.
  expect((await wish(portal, queryCode, { wish: 'remind' })).status).toBe(204);
  const again = await read(portal, queryCode);
  expect(again.messages).toHaveLength(1);
  expect(again.history.at(-1)?.note).toContain('催办');
  expect(again).toMatchObject({ remindFrom: '2026-12-04' });
  portal.advance(6 * DAY);
  expect((await read(portal, queryCode)).wishes).not.toContain('remind');
  portal.advance(1 * DAY);
  expect((await wish(portal, queryCode, { wish: 'remind' })).status).toBe(204);
  const desk = createDesk(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const lead = await desk.open('triage', reference);
  expect(lead.messages.map(({ text }) => text)).toEqual(['催办', '催办']);
});

test('an answered matter is rated once, and a review asked for until its last day', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference, queryCode } = await fileLead(portal, { ...STALLING, class: 'APPEAL' });
  expect((await wish(portal, queryCode, { wish: 'rate', rating: 'GOOD' })).status).toBe(409);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', { ...ACCEPTANCE, class: 'APPEAL' });
  await wish(portal, queryCode, { wish: 'withdraw', text: '不反映了。' });
  await desk.take('triage', reference, 'conclude-withdrawn', 'ACCEPTED', { reply: '已撤回。' });
  expect((await wish(portal, queryCode, { wish: 'rate' })).status).toBe(422);
  expect((await wish(portal, queryCode, { wish: 'rate', rating: 'GOOD' })).status).toBe(204);
  expect((await read(portal, queryCode)).wishes).not.toContain('rate');
  expect((await wish(portal, queryCode, { wish: 'rate', rating: 'BAD' })).status).toBe(409);
  expect((await read(portal, queryCode)).messages.at(-1)?.text).toBe('评价：满意');
});

test('only a wish that says enough does without words', async () => {
  await using portal = await createPortal();
  const { queryCode } = await fileLead(portal);
  expect((await wish(portal, queryCode, {})).status).toBe(422);
  expect((await wish(portal, queryCode, { wish: 'withdraw' })).status).toBe(422);
  expect((await wish(portal, queryCode, { text: '字', rating: 'GOOD' })).status).toBe(422);
});
