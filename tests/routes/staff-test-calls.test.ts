import { expect, test } from 'vitest';
import {
  ANSWERED,
  BUREAU_LINE,
  UNANSWERED,
  auditOf,
  openHotlines,
  refusalOf,
} from '#support/hotlines.ts';

const DAY_MS = 24 * 3_600_000;

test('a call is judged, stands with its number, and is in the log', async () => {
  await using portal = await openHotlines();
  expect(await portal.numberOf('hotline', '0000-8000201')).toMatchObject({ state: 'never' });
  const answer = await portal.record('hotline');
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ verdict: 'good' });
  expect(await portal.numberOf('hotline', '0000-8000201')).toEqual({
    phone: '0000-8000201',
    testedOn: '2026-11-20',
    verdict: 'good',
    seconds: 12,
    isOutside: false,
    days: 0,
    state: 'fresh',
    attention: false,
  });
  expect(await portal.numberOf('hotline', '0000-8000202')).toMatchObject({ state: 'never' });
  expect(await auditOf(portal, 'hotline.')).toEqual(['hotline.test']);
});

test('nobody of a township tests its number; the bureau may test its own, and that is recorded', async () => {
  await using portal = await openHotlines();
  const { db } = portal.context;
  await db.transaction((tx) => tx.update(tx.t.post).set({ role: 'hotline_manager' }));
  const refused = await refusalOf(await portal.record('township-qingshan'));
  expect(refused).toMatchObject({ status: 403, code: 'own-hotline' });
  expect(refused.message).toContain('请上级单位或者第三方拨测');
  const call = { ...ANSWERED, phone: '0000-8000001' };
  expect((await portal.record('intake', call, BUREAU_LINE)).status).toBe(201);
  expect((await portal.open('intake', BUREAU_LINE)).calls[0]).toMatchObject({ ownUnit: true });
});

test('an outside body’s call is told apart, and is nobody’s own', async () => {
  await using portal = await openHotlines();
  const call = { ...ANSWERED, phone: '0000-8000001', outsideBody: '某某调查公司' };
  expect((await portal.record('hotline', call, BUREAU_LINE)).status).toBe(201);
  expect((await portal.open('hotline', BUREAU_LINE)).calls[0]).toMatchObject({
    ownUnit: false,
    outsideBody: '某某调查公司',
  });
  expect(await portal.numberOf('hotline', '0000-8000001')).toMatchObject({ isOutside: true });
});

test('a number that is not answered is told to the superior and to the unit, not to others', async () => {
  await using portal = await openHotlines();
  await portal.record('hotline', UNANSWERED);
  const counts = async (login: string) => (await portal.read(login)).counts;
  expect(await counts('hotline')).toMatchObject({ failing: 1, own: 0 });
  expect(await counts('leader')).toMatchObject({ failing: 1, own: 0 });
  expect(await counts('liaison')).toMatchObject({ failing: 1, own: 0 });
  expect(await counts('township-qingshan')).toMatchObject({ failing: 0, own: 1, toTest: 0 });
  expect(await counts('township-yunshui')).toMatchObject({ failing: 0, own: 0 });
  await portal.record('hotline', { ...ANSWERED, calledAt: '8:59' });
  expect(await counts('leader')).toMatchObject({ failing: 0 });
});

test('a slow answer is told to the superior when it happens again', async () => {
  await using portal = await openHotlines();
  const slow = { ...ANSWERED, seconds: 40 };
  await portal.record('hotline', slow);
  expect((await portal.read('leader')).counts.failing).toBe(0);
  await portal.record('hotline', { ...slow, calledAt: '8:50' });
  expect((await portal.read('leader')).counts.failing).toBe(1);
});

test('a call outside the hours that nobody answers does not count', async () => {
  await using portal = await openHotlines();
  const answer = await portal.record('hotline', { ...UNANSWERED, calledAt: '7:10' });
  expect(await answer.json()).toMatchObject({ verdict: 'outside' });
  expect(await portal.numberOf('hotline', '0000-8000201')).toMatchObject({ state: 'never' });
});

test.each([
  ['seconds', { ...ANSWERED, seconds: null }],
  ['phone', { ...ANSWERED, phone: '0000-8000301' }],
  ['calledOn', { ...ANSWERED, calledOn: '2026-11-31' }],
  ['calledOn', { ...ANSWERED, calledAt: '9:01' }],
  ['calledOn', { ...ANSWERED, calledOn: '2026-08-01' }],
  ['calledAt', { ...ANSWERED, calledAt: '25:00' }],
  ['outcome', { ...ANSWERED, outcome: '' }],
])('what is wrong with %s is said there', async (field, call) => {
  await using portal = await openHotlines();
  const { status, fields } = await refusalOf(await portal.record('hotline', call));
  expect({ status, at: Object.keys(fields) }).toEqual({ status: 422, at: [field] });
  expect(fields[field]).toMatch(/\p{Script=Han}/u);
});

test('where the hours cannot be understood a person says whether the call was within them', async () => {
  await using portal = await openHotlines();
  const { db } = portal.context;
  await db.transaction((tx) => tx.update(tx.t.hotline).set({ hours: '上班时间' }));
  const { fields } = await refusalOf(await portal.record('hotline', UNANSWERED));
  expect(Object.keys(fields)).toEqual(['inHours']);
  const answer = await portal.record('hotline', { ...UNANSWERED, inHours: true });
  expect(await answer.json()).toMatchObject({ verdict: 'unanswered' });
});

test('a record is corrected or taken back with a reason, once, and the old one stays', async () => {
  await using portal = await openHotlines();
  await portal.record('hotline', UNANSWERED);
  const [wrong] = (await portal.open('hotline')).calls;
  const path = `/api/staff/test-calls/${wrong?.id}/correction`;
  const correction = { reason: '拨错了号码', call: ANSWERED };
  expect((await portal.desk.call('hotline', path, { ...correction, reason: ' ' })).status).toBe(
    422,
  );
  expect((await portal.desk.call('hotline', path, correction)).status).toBe(201);
  expect((await portal.desk.call('section-chief', path, correction)).status).toBe(409);
  expect(await portal.numberOf('leader', '0000-8000201')).toMatchObject({ verdict: 'good' });
  const { calls } = await portal.open('township-qingshan');
  expect(calls.map(({ status, reason }) => [status, reason])).toEqual(
    expect.arrayContaining([
      ['valid', ''],
      ['corrected', '拨错了号码'],
    ]),
  );
  const right = calls.find(({ status }) => status === 'valid');
  const cancel = `/api/staff/test-calls/${right?.id}/cancellation`;
  expect((await portal.desk.call('hotline', cancel, { reason: '没有拨过' })).status).toBe(204);
  expect(await portal.numberOf('leader', '0000-8000201')).toMatchObject({ state: 'never' });
  expect(await auditOf(portal, 'hotline.')).toEqual([
    'hotline.test',
    'hotline.correct-test',
    'hotline.cancel-test',
  ]);
});

test('who only watches records nothing; who has nothing to do with hotlines sees nothing', async () => {
  await using portal = await openHotlines();
  expect((await portal.record('leader')).status).toBe(403);
  expect((await portal.record('township-yunshui')).status).toBe(404);
  const asked = await portal.desk.call('intake', '/api/staff/hotlines');
  expect(asked.status).toBe(403);
  const items = (await portal.read('township-yunshui')).items.map(({ unit }) => unit);
  expect(items).toEqual(['云水街道办事处']);
});

test('figures count answered calls by month and level', async () => {
  await using portal = await openHotlines();
  await portal.record('hotline', { ...UNANSWERED, calledOn: '2026-10-15', calledAt: '10:00' });
  await portal.record('hotline', { ...ANSWERED, outsideBody: '某某调查公司' });
  await portal.record('hotline', { ...ANSWERED, seconds: 30 });
  await portal.record('hotline', { ...UNANSWERED, calledAt: '7:00' });
  const answer = await portal.desk.call('leader', '/api/staff/hotline-figures');
  const none = { level: 'town', calls: 1, answered: 0, good: 0, defects: 1, outside: 0 };
  expect(await answer.json()).toEqual({
    items: [
      { ...none, month: '2026-11', calls: 2, answered: 2, good: 1, defects: 0, outside: 1 },
      { ...none, month: '2026-10' },
    ],
  });
});

test('a number grows old with its test', async () => {
  await using portal = await openHotlines();
  await portal.record('hotline');
  portal.advance(31 * DAY_MS);
  // Everybody was signed out meanwhile.
  const cookie = await portal.signIn('liaison');
  const answer = await portal.call('/api/staff/hotlines', { cookie });
  const { items } = (await answer.json()) as Awaited<ReturnType<typeof portal.read>>;
  const number = items.flatMap((item) => item.numbers).find((n) => n.phone === '0000-8000201');
  expect(number).toMatchObject({ state: 'stale', days: 31 });
});
