import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, CONCLUSION, REPORT, createDesk, fileLead, personOf } from '#support/leads.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { readLedger } from '#support/ledgers.ts';

const NAMED = {
  ...STALLING,
  mode: 'NAMED',
  reporter: { name: '申小满', contact: '100-0000-0001' },
};
type Desk = ReturnType<typeof createDesk>;

async function acceptLead(portal: FreshPortal, desk: Desk, complaint: object) {
  const receipt = await fileLead(portal, complaint);
  await desk.take('intake', receipt.reference, 'claim', 'RECEIVED');
  await desk.take('triage', receipt.reference, 'accept', 'TRIAGE', ACCEPTANCE);
  return receipt;
}

async function concludeLead(portal: FreshPortal, desk: Desk, complaint: object) {
  const receipt = await acceptLead(portal, desk, complaint);
  const { reference } = receipt;
  const caseWorkers = [await personOf(portal, 'handler'), await personOf(portal, 'handler-2')];
  await desk.take('section-chief', reference, 'assign', 'ACCEPTED', {
    body: DEMO_BODIES.bureau,
    caseWorkers,
    dueOn: '2026-12-10',
  });
  await desk.take('handler', reference, 'start', 'ASSIGNED', { noInterest: true });
  await investigate(desk, reference);
  return receipt;
}

async function investigate(desk: Desk, reference: string) {
  await desk.take('handler', reference, 'report', 'INVESTIGATING', REPORT);
  await desk.take('handler-2', reference, 'report', 'INVESTIGATING');
  await desk.take('section-chief', reference, 'conclude', 'IN_REVIEW', CONCLUSION);
}

async function clockOf(desk: Desk, reference: string, code: string) {
  const { deadlines } = await desk.open('section-chief', reference);
  return deadlines.findLast((clock) => clock.code === code);
}

test('who left a name is told by an act of its own, and the day it was done stops the clock', async () => {
  await using portal = await createPortal();
  const before = createDesk(portal);
  const { reference, queryCode } = await acceptLead(portal, before, NAMED);
  expect(await clockOf(before, reference, 'ACK_PET')).toMatchObject({ metOn: null });
  portal.advance(3 * 86_400_000);
  const desk = createDesk(portal);
  const told = { toldOn: '2026-11-21', method: 'PHONE', note: '说知道了。' };
  const early = { ...told, toldOn: '2026-11-19' };
  expect(await desk.refused('triage', reference, 'record-acknowledgement', 'ACCEPTED', early)).toBe(
    'invalid-input',
  );
  const late = { ...told, toldOn: '2026-11-29' };
  expect(await desk.refused('triage', reference, 'record-acknowledgement', 'ACCEPTED', late)).toBe(
    'invalid-input',
  );
  await desk.take('triage', reference, 'record-acknowledgement', 'ACCEPTED', told);
  expect(await clockOf(desk, reference, 'ACK_PET')).toMatchObject({ metOn: '2026-11-21' });
  expect(await desk.refused('triage', reference, 'record-acknowledgement', 'ACCEPTED', told)).toBe(
    'not-now',
  );
  const answer = await portal.call('/api/follow-up', { json: { queryCode } });
  const { history } = (await answer.json()) as { history: { note: string }[] };
  expect(history.at(-1)?.note).toContain('没有接到告知的');
});

test('without a name the follow-up page tells that it was accepted, and no act is asked for', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await acceptLead(portal, desk, STALLING);
  expect(await clockOf(desk, reference, 'ACK_PET')).toMatchObject({ metOn: '2026-11-20' });
});

test('a refusal stays due until its reporter was told', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, NAMED);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'reject', 'TRIAGE', {
    reasonCode: 'LEGAL_ROUTE',
    whereToGo: '向区人民法院起诉。',
    notice: '这件事应当通过诉讼解决。',
  });
  const rejected = await desk.take('section-chief', reference, 'reject', 'TRIAGE');
  expect(rejected.lead).toMatchObject({ status: 'REJECTED', dueOn: '2026-12-07' });
  const told = { toldOn: '2026-11-20', method: 'WRITTEN' };
  const done = await desk.take('triage', reference, 'record-acknowledgement', 'REJECTED', told);
  expect(done.lead?.dueOn).toBeNull();
});

test('an objection is answered or looked into before a lead is struck off', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference, queryCode } = await concludeLead(portal, desk, NAMED);
  const given = { givenOn: '2026-11-20', method: 'FACE', response: 'OBJECTS' };
  const by = ['section-chief', reference, 'record-feedback', 'CONCLUDED'] as const;
  expect(await desk.refused(...by, given)).toBe('invalid-input');
  const objection = { ...given, objection: '经办人没有还我五百元。' };
  await desk.take(...by, objection);
  expect(await clockOf(desk, reference, 'FB_RN')).toMatchObject({ metOn: '2026-11-20' });
  expect(await clockOf(desk, reference, 'OBJECT15')).toMatchObject({ metOn: null });
  expect((await desk.open('leader', reference)).missing).toEqual([
    { label: '销号', missing: ['反映人有异议，先答复或者重新核查。'] },
  ]);
  await desk.take('section-chief', reference, 'look-again', 'CONCLUDED', { reason: '查退款。' });
  expect(await clockOf(desk, reference, 'OBJECT15')).toMatchObject({ metOn: '2026-11-20' });
  await investigate(desk, reference);
  await desk.take(...by, objection);
  await desk.take('leader', reference, 'answer-objection', 'CONCLUDED', {
    reason: '两次核查的结论一致。',
    reply: '再次核对了收据，没有收过您的钱。',
  });
  const closed = await desk.take('leader', reference, 'close', 'CONCLUDED', {
    recoveredCents: '0',
  });
  expect(closed.lead).toMatchObject({ status: 'CLOSED', dueOn: null });
  const answer = await portal.call('/api/follow-up', { json: { queryCode } });
  expect(JSON.stringify(await answer.json())).toContain('没有收过您的钱');
});

test('the ledger says how and when a reporter was told, and what they thought of the result', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await concludeLead(portal, desk, NAMED);
  const told = { toldOn: '2026-11-20', method: 'PHONE' };
  await desk.take('triage', reference, 'record-acknowledgement', 'CONCLUDED', told);
  await desk.take('section-chief', reference, 'record-feedback', 'CONCLUDED', {
    givenOn: '2026-11-20',
    method: 'FACE',
    response: 'ACCEPTS',
  });
  const text = JSON.stringify(await readLedger(desk, 'section-chief'));
  expect(text).toContain('告知受理2026年11月20日（电话）');
  expect(text).toContain('反馈2026年11月20日（当面，没有异议）');
});

test('what a superior wants answered is reported, put off with another day, or keeps the lead open', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const registered = await desk.call('intake', '/api/staff/registrations', {
    token: randomBytes(32).toString('hex'),
    source: 'SUPERIOR',
    sender: '某某市民政局',
    number: '某民督〔2026〕7号',
    dueOn: '2026-12-01',
    receivedOn: '2026-11-20',
    handsCode: false,
    complaint: STALLING,
  });
  const { reference } = (await registered.json()) as { reference: string };
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  const report = {
    toldOn: '2026-11-20',
    method: 'WRITTEN',
    document: '示民函〔2026〕8号',
    said: '正在核查，请求延后。',
  };
  const later = { ...report, nextOn: '2026-12-20' };
  await desk.take('section-chief', reference, 'report-superior', 'ACCEPTED', later);
  expect(await clockOf(desk, reference, 'SUPERIOR')).toMatchObject({
    dueOn: '2026-12-20',
    metOn: null,
  });
  await desk.take('section-chief', reference, 'report-superior', 'ACCEPTED', report);
  expect(await clockOf(desk, reference, 'SUPERIOR')).toMatchObject({ metOn: '2026-11-20' });
  expect(
    await desk.refused('section-chief', reference, 'report-superior', 'ACCEPTED', report),
  ).toBe('not-now');
});
