import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import type { Slip } from '#services/registration.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { QINGSHAN, VILLAGE } from '#support/complaints.ts';
import { makePhoto, uploadFile } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk, personOf } from '#support/leads.ts';
import type { Failure } from '#support/leads.ts';
import { findInFolder } from '#support/scan-folder.ts';

const PATH = '/api/staff/registrations';
const WORDS = '老人来访说补发的钱一直没有到账，去了三次。';

const visit = (changes: object = {}, complaint: object = {}) => ({
  token: randomBytes(32).toString('hex'),
  source: 'VISIT',
  receivedOn: '2026-11-18',
  handsCode: true,
  ...changes,
  complaint: {
    class: 'APPEAL',
    problemTypes: ['PAY'],
    placeCode: VILLAGE,
    text: WORDS,
    reporter: { name: '演示来访人', contact: '100-0000-0007' },
    ...complaint,
  },
});

test('a visit of two days ago is a lead like any other, with its source, its day and the reporter’s code', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const told = { acknowledgedOn: '2026-11-19', level: 'COUNTY' };
  const answer = await desk.call('intake', PATH, visit(told));
  expect(answer.status).toBe(201);
  const slip = (await answer.json()) as Slip;
  expect(slip).toMatchObject({ receivedOn: '2026-11-18', dueOn: '2026-12-03' });
  const lead = await desk.open('triage', slip.reference);
  expect(lead).toMatchObject({
    status: 'RECEIVED',
    sourceLabel: '来访',
    mode: 'NAMED',
    text: WORDS,
  });
  expect(lead.events[0]).toMatchObject({ event: 'register', onDate: '2026-11-20' });
  expect(lead.events[0]?.words).toContainEqual({ label: '来源', value: '来访' });
  expect(lead.events[0]?.words).toContainEqual({
    label: '告知反映人已经收到',
    value: '2026年11月19日',
  });
  const ledger = await desk.call(
    'section-chief',
    '/api/staff/ledgers/leads?from=2026-01-01&to=2026-11-20',
  );
  expect(await ledger.text()).toContain('来访');
  const followed = await portal.call('/api/follow-up', { json: { queryCode: slip.queryCode } });
  expect(await followed.json()).toMatchObject({ reference: slip.reference, status: 'received' });
  expect(findInFolder(portal.root, [WORDS, '演示来访人', '100-0000-0007'])).toEqual([]);
});

test('a form that is sent twice at once is one lead, one with other content is refused', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await desk.call('intake', '/api/staff/session');
  const form = visit();
  const answers = await Promise.all([1, 2, 3].map(() => desk.call('intake', PATH, form)));
  const slips = await Promise.all(answers.map(async (answer) => (await answer.json()) as Slip));
  expect(new Set(slips.map((slip) => JSON.stringify(slip))).size).toBe(1);
  const other = await desk.call('intake', PATH, { ...form, source: 'PHONE' });
  expect(other.status).toBe(409);
  const byOther = await desk.call('triage', PATH, form);
  expect(((await byOther.json()) as Slip).reference).not.toBe(slips[0]?.reference);
});

test('a form sent again after the reporter changed the code is no second lead', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const form = visit();
  const { queryCode } = (await (await desk.call('intake', PATH, form)).json()) as Slip;
  const newCode = makeQueryCode(randomBytes(CODE_BYTES));
  const changed = await portal.call('/api/follow-up/code', { json: { queryCode, newCode } });
  expect(changed.status).toBe(200);
  const again = await desk.call('intake', PATH, form);
  expect(await again.json()).toMatchObject({ error: { code: 'code-replaced' } });
});

test('what a superior assigned has its number and the day by which it is to be answered', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const superior = { source: 'SUPERIOR', handsCode: false, receivedOn: '2026-11-20' };
  const without = await desk.call('triage', PATH, visit(superior, { reporter: undefined }));
  expect(Object.keys(((await without.json()) as Failure).error.fields).toSorted()).toEqual([
    'dueOn',
    'number',
    'sender',
  ]);
  const sent = { sender: '某某市民政局', number: '某民督〔2026〕7号', dueOn: '2026-11-23' };
  const answer = await desk.call(
    'triage',
    PATH,
    visit({ ...superior, ...sent }, { reporter: undefined }),
  );
  const slip = (await answer.json()) as Slip;
  expect(slip).toMatchObject({ queryCode: null, dueOn: '2026-11-23' });
  const lead = await desk.open('triage', slip.reference);
  expect(lead.deadlines).toContainEqual(
    expect.objectContaining({ label: '上级要求报结', dueOn: '2026-11-23' }),
  );
  expect(lead.events[0]?.words).toContainEqual({
    label: '文号、工单号',
    value: '某民督〔2026〕7号',
  });
});

test('a day to come is refused, and who does not register is', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const early = await desk.call('intake', PATH, visit({ receivedOn: '2026-11-21' }));
  expect(early.status).toBe(422);
  expect(((await early.json()) as Failure).error.fields).toEqual({ receivedOn: '不能晚于今天' });
  for (const login of ['publisher', 'township-qingshan', 'leader']) {
    expect((await desk.call(login, PATH, visit())).status).toBe(403);
  }
  expect((await portal.call(PATH, { json: visit() })).status).toBe(401);
});

test('a clerk who writes down a matter about themselves gets its number and never sees it again', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { db } = portal.context;
  const id = await personOf(portal, 'intake');
  const clerk = (await db.select().from(db.t.person)).find((person) => person.id === id);
  const before = await (await desk.call('intake', '/api/staff/leads')).text();
  const subjects = [{ role: 'CIVIL_STAFF', bodyCode: DEMO_BODIES.bureau, name: clerk?.name }];
  const form = visit({ handsCode: false }, { class: 'REPORT', problemTypes: ['INACT'], subjects });
  const answer = await desk.call('intake', PATH, form);
  expect(answer.status).toBe(201);
  const { reference } = (await answer.json()) as Slip;
  expect((await desk.call('intake', `/api/staff/leads/${reference}`)).status).toBe(404);
  expect(await (await desk.call('intake', '/api/staff/leads')).text()).toBe(before);
  expect((await desk.call('liaison', `/api/staff/leads/${reference}`)).status).toBe(200);
});

test('a matter about a township is not shown to it, whoever registered it', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const subjects = [{ role: 'TOWN_HANDLER', bodyCode: QINGSHAN }];
  const answer = await desk.call(
    'liaison',
    PATH,
    visit({ source: 'DISCIPLINE', number: '12' }, { subjects }),
  );
  const { reference } = (await answer.json()) as Slip;
  expect((await desk.call('township-qingshan', `/api/staff/leads/${reference}`)).status).toBe(404);
});

test('the slip stays fifteen minutes, for the person who registered', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('intake');
  const filed = await portal.call(PATH, { cookie, json: visit() });
  const slip = filed.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const read = (by: string) => portal.call(`${PATH}/slip`, { cookie: `${by}; ${slip}` });
  expect(await (await read(cookie)).json()).toEqual(await filed.json());
  expect((await read(await portal.signIn('triage'))).status).toBe(404);
  portal.advance(15 * 60_000 + 1000);
  expect((await read(cookie)).status).toBe(404);
});

test('a scan comes in with the letter, sealed like every other file, and with what it says', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { uploadId } = await uploadFile(portal, await makePhoto(), { name: '来信扫描.jpg' });
  const letter = visit({ source: 'LETTER' }, { evidence: [uploadId] });
  const without = visit({ source: 'LETTER' }, { evidence: [uploadId], text: undefined });
  const refused = await desk.call('intake', PATH, without);
  expect(((await refused.json()) as Failure).error.fields).toHaveProperty('complaint.text');
  const sent = await desk.call('intake', PATH, letter);
  const slip = (await sent.json()) as Slip;
  expect({ status: sent.status, slip }).toMatchObject({ status: 201 });
  const again = await desk.call('intake', PATH, letter);
  expect(await again.json()).toEqual(slip);
  const lead = await desk.open('triage', slip.reference);
  expect(lead.evidence).toMatchObject([{ number: 1 }]);
  const taken = visit({ source: 'LETTER' }, { evidence: [uploadId] });
  const late = await desk.call('intake', PATH, taken);
  expect(await late.json()).toMatchObject({ error: { code: 'evidence-gone' } });
  expect(findInFolder(portal.context.config.dataDir, ['来信扫描', uploadId])).toEqual([]);
});
