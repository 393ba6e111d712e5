import { expect, test } from 'vitest';
import { sweep } from '#api/jobs/sweep.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import type { FollowUp } from '#services/follow-up.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';
import type { Failure } from '#support/leads.ts';

const DAY = 86_400_000;
const NEW_CODE = makeQueryCode(new Uint8Array(CODE_BYTES).fill(9));
const SAID = '我当时写的是去了五次，每次都说材料不全。';

async function post(portal: FreshPortal, path: string, json: object) {
  const answer = await portal.call(path, { json });
  return { status: answer.status, body: answer.status === 204 ? null : await answer.json() };
}

async function read(portal: FreshPortal, queryCode: string) {
  const { status, body } = await post(portal, '/api/follow-up', { queryCode });
  return { status, body: body as FollowUp };
}

/** A lead whose code was changed between two answers of the staff. */
async function changeCode(portal: FreshPortal) {
  const desk = createDesk(portal);
  const receipt = await fileLead(portal);
  const { reference, queryCode } = receipt;
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'reply', 'TRIAGE', { reply: '换码以前的答复。' });
  await post(portal, '/api/follow-up/code', { queryCode, newCode: NEW_CODE });
  await desk.take('triage', reference, 'reply', 'TRIAGE', { reply: '换码以后的答复。' });
  return { desk, reference, queryCode };
}

const textsOf = ({ body }: { body: FollowUp }) => body.messages.map(({ text }) => text);
const DISPUTE = '/api/follow-up/code/dispute';

test('a replaced code shows what it showed before, says so, and asks for nothing', async () => {
  await using portal = await createPortal();
  const { queryCode } = await changeCode(portal);
  const old = await read(portal, queryCode);
  expect(textsOf(old)).toEqual(['换码以前的答复。']);
  expect(old.body).toMatchObject({
    mayWrite: false,
    wishes: [],
    codes: { mine: 'old', changedOn: '2026-11-20', until: '2027-02-18', disputed: false },
  });
  const again = { queryCode, newCode: makeQueryCode(new Uint8Array(CODE_BYTES).fill(3)) };
  expect((await post(portal, '/api/follow-up/code', again)).status).toBe(404);
  const text = { queryCode, text: '旧码写的。' };
  expect((await post(portal, '/api/follow-up/messages', text)).status).toBe(404);
  const present = await read(portal, NEW_CODE);
  expect(textsOf(present)).toEqual(['换码以前的答复。', '换码以后的答复。']);
  expect(present.body.codes).toMatchObject({ mine: 'new', disputed: false });
});

test('after 90 days a replaced code opens nothing, and the sweep forgets it', async () => {
  await using portal = await createPortal();
  const { queryCode } = await changeCode(portal);
  portal.advance(90 * DAY);
  expect((await read(portal, queryCode)).status).toBe(200);
  portal.advance(DAY);
  expect((await read(portal, queryCode)).status).toBe(404);
  expect((await sweep(portal.context)).codes).toBe(1);
  expect((await read(portal, NEW_CODE)).body).not.toHaveProperty('codes');
});

test('who was locked out says so unseen by the new code, and gets the old one back from staff', async () => {
  await using portal = await createPortal();
  const { desk, reference, queryCode } = await changeCode(portal);
  expect((await post(portal, DISPUTE, { queryCode, text: ' ' })).status).toBe(422);
  expect((await post(portal, DISPUTE, { queryCode: NEW_CODE, text: SAID })).status).toBe(404);
  expect((await post(portal, DISPUTE, { queryCode, text: SAID })).status).toBe(204);
  expect((await post(portal, DISPUTE, { queryCode, text: SAID })).status).toBe(409);
  const present = await read(portal, NEW_CODE);
  expect(JSON.stringify(present.body)).not.toContain(SAID);
  expect(present.body.codes?.disputed).toBe(true);
  const lead = await desk.open('triage', reference);
  expect(JSON.stringify(lead.events.at(-1))).toContain(SAID);
  const restore = { decision: 'RESTORE', reason: '说得出当时写的细节。' };
  await desk.take('triage', reference, 'settle-code', 'TRIAGE', restore);
  expect((await read(portal, NEW_CODE)).status).toBe(404);
  const own = await read(portal, queryCode);
  expect(textsOf(own)).toEqual(['换码以前的答复。', '换码以后的答复。']);
  expect(own.body).toMatchObject({ mayWrite: true });
  expect(own.body).not.toHaveProperty('codes');
  await desk.take('triage', reference, 'reply', 'TRIAGE', { reply: '查询码已经恢复。' });
  expect(textsOf(await read(portal, queryCode)).at(-1)).toBe('查询码已经恢复。');
});

test('where the reporter had changed the code, the old one is closed and the new one goes on', async () => {
  await using portal = await createPortal();
  const { desk, reference, queryCode } = await changeCode(portal);
  await post(portal, DISPUTE, { queryCode, text: '这是我的。' });
  const keep = { decision: 'KEEP', reason: '原码持有人说不出反映的内容。' };
  await desk.take('triage', reference, 'settle-code', 'TRIAGE', keep);
  expect((await read(portal, queryCode)).status).toBe(404);
  expect(textsOf(await read(portal, NEW_CODE))).toHaveLength(2);
  expect(await desk.refused('triage', reference, 'settle-code', 'TRIAGE', keep)).toBe('not-now');
});

test('the first of several codes finds its way back past all that came after it', async () => {
  await using portal = await createPortal();
  const { desk, reference, queryCode } = await changeCode(portal);
  const third = makeQueryCode(new Uint8Array(CODE_BYTES).fill(3));
  await post(portal, '/api/follow-up/code', { queryCode: NEW_CODE, newCode: third });
  await post(portal, DISPUTE, { queryCode, text: SAID });
  const restore = { decision: 'RESTORE', reason: '说得出当时写的细节。' };
  await desk.take('triage', reference, 'settle-code', 'TRIAGE', restore);
  expect((await read(portal, third)).status).toBe(404);
  expect((await read(portal, NEW_CODE)).status).toBe(404);
  expect(textsOf(await read(portal, queryCode))).toEqual(['换码以前的答复。', '换码以后的答复。']);
});

test.each([
  [9, 3, 1],
  [3, 9, 1],
  [9, 3, 2],
  [3, 9, 2],
])(
  'where several speak up for codes of one day, staff say which comes back (%i, %i: the code %i)',
  async (one, two, wanted) => {
    await using portal = await createPortal();
    const desk = createDesk(portal);
    const { reference, queryCode } = await fileLead(portal);
    await desk.take('intake', reference, 'claim', 'RECEIVED');
    const [second = '', third = ''] = [one, two].map((byte) =>
      makeQueryCode(new Uint8Array(CODE_BYTES).fill(byte)),
    );
    await post(portal, '/api/follow-up/code', { queryCode, newCode: second });
    await post(portal, '/api/follow-up/code', { queryCode: second, newCode: third });
    expect((await post(portal, DISPUTE, { queryCode: second, text: '是我的。' })).status).toBe(204);
    expect((await post(portal, DISPUTE, { queryCode, text: SAID })).status).toBe(204);
    const restore = { decision: 'RESTORE', reason: '说得出当时写的细节。' };
    for (const formerCode of [undefined, '3']) {
      const step = { ...restore, formerCode };
      const answer = await desk.press('triage', reference, 'settle-code', 'TRIAGE', step);
      const { error } = (await answer.json()) as Failure;
      expect(error.fields).toEqual({ formerCode: '有几个查询码都有人说明，选择恢复哪一个' });
    }
    const lead = await desk.open('triage', reference);
    const step = lead.transitions.find(({ event }) => event === 'settle-code');
    expect(step?.fields.find(({ name }) => name === 'formerCode')?.options).toEqual({
      1: '第1个（提交时得到的）：2026年11月20日换下，2026年11月20日说明',
      2: '第2个：2026年11月20日换下，2026年11月20日说明',
    });
    const codes = [queryCode, second];
    const [back = '', other = ''] = wanted === 1 ? codes : codes.toReversed();
    const chosen = { ...restore, formerCode: String(wanted) };
    await desk.take('triage', reference, 'settle-code', 'TRIAGE', chosen);
    expect((await read(portal, back)).body).toMatchObject({ mayWrite: true });
    for (const made of [other, third]) expect((await read(portal, made)).status).toBe(404);
  },
);
