import { expect, test } from 'vitest';
import { insertEvent } from '#db/queries/lead-events.ts';
import { insertMessage } from '#db/queries/complaints.ts';
import { updateLeadInState } from '#db/queries/leads.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead } from '#support/leads.ts';
import { sealMessage } from '#services/lead-keys.ts';

const DAY = '2026-11-20';

async function lookUp(portal: FreshPortal, queryCode: string) {
  const answer = await portal.call('/api/follow-up', { json: { queryCode } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function write(portal: FreshPortal, queryCode: string, text: string) {
  return portal.call('/api/follow-up/messages', { json: { queryCode, text } });
}

/** A question that stops the clock, as the staff side leaves it behind. */
async function ask(portal: FreshPortal, question: string) {
  const { db } = portal.context;
  const [lead] = await db.select().from(db.t.lead);
  if (!lead) throw new Error('no lead');
  const sealed = await sealMessage(lead, question);
  const base = { leadId: lead.id, onDate: DAY, epoch: 1 };
  await db.transaction(async (tx) => {
    await updateLeadInState(tx, lead.id, lead.state, { state: 'NEED_INFO' });
    await insertEvent(tx, {
      ...base,
      seq: 2,
      event: 'ask-info',
      fromState: 'TRIAGE',
      toState: 'NEED_INFO',
      personId: null,
      bodyCode: null,
      status: 'done',
      sealed: null,
    });
    await insertMessage(tx, { ...base, kind: 'question', sealed });
  });
}

test('a query code shows where the matter stands and never what was complained of', async () => {
  await using portal = await createPortal();
  const { reference, queryCode } = await fileLead(portal);
  const { status, body } = await lookUp(portal, queryCode);
  expect(status).toBe(200);
  expect(body).toEqual({
    reference,
    status: 'received',
    statusLabel: '已收到',
    nextStep: expect.any(String),
    receivedOn: DAY,
    dueOn: '2026-12-07',
    history: [],
    messages: [],
    hasOpenQuestion: false,
    mayWrite: true,
    wishes: ['withdraw', 'recusal'],
    remindFrom: '2026-11-27',
  });
});

test('a code is read as people type it', async () => {
  await using portal = await createPortal();
  const { reference, queryCode } = await fileLead(portal);
  const groups =
    queryCode
      .toLowerCase()
      .match(/.{1,4}/g)
      ?.join(' ') ?? '';
  expect((await lookUp(portal, ` ${groups}`)).body).toMatchObject({ reference });
});

test('a mistyped code and an unknown one are told apart', async () => {
  await using portal = await createPortal();
  const { queryCode } = await fileLead(portal);
  const wrong = `${queryCode.slice(0, -1)}${queryCode.endsWith('0') ? '1' : '0'}`;
  expect(await lookUp(portal, wrong)).toMatchObject({
    status: 404,
    body: { error: { code: 'code-mistyped', fields: { queryCode: expect.any(String) } } },
  });
  await using other = await createPortal();
  expect(await lookUp(other, queryCode)).toMatchObject({
    status: 404,
    body: { error: { code: 'code-unknown' } },
  });
  expect((await write(other, queryCode, '补充')).status).toBe(404);
});

test('each step that concerns the reporter is told with its day, and no other', async () => {
  await using portal = await createPortal();
  const { reference, queryCode } = await fileLead(portal);
  const desk = createDesk(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  expect((await lookUp(portal, queryCode)).body).toMatchObject({
    status: 'accepted',
    history: [{ onDate: DAY, note: '已受理。' }],
  });
});

test('an answer to a question takes the matter on', async () => {
  await using portal = await createPortal();
  const { queryCode } = await fileLead(portal);
  await ask(portal, '哪一天去的？');
  expect((await lookUp(portal, queryCode)).body).toMatchObject({
    status: 'need-info',
    hasOpenQuestion: true,
    messages: [{ kind: 'question', onDate: DAY, text: '哪一天去的？' }],
  });
  expect((await write(portal, queryCode, '十月八日上午。')).status).toBe(204);
  expect((await lookUp(portal, queryCode)).body).toMatchObject({
    status: 'in-progress',
    hasOpenQuestion: false,
    messages: [{ kind: 'question' }, { kind: 'answer', text: '十月八日上午。' }],
  });
});

test('a supplement can be added at any time, and a double click adds it once', async () => {
  await using portal = await createPortal();
  const { queryCode } = await fileLead(portal);
  await write(portal, queryCode, '又去了一次。');
  expect((await write(portal, queryCode, '又去了一次。')).status).toBe(204);
  await write(portal, queryCode, '今天又去了。');
  expect((await lookUp(portal, queryCode)).body).toMatchObject({
    status: 'received',
    messages: [
      { kind: 'supplement', text: '又去了一次。' },
      { kind: 'supplement', text: '今天又去了。' },
    ],
  });
});

test('an empty message is refused at its field', async () => {
  await using portal = await createPortal();
  const { queryCode } = await fileLead(portal);
  const answer = await write(portal, queryCode, ' \u3000\n');
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ error: { fields: { text: '填写内容' } } });
});
