import { CALENDARS } from '#rules/calendar-2026.ts';
import { isWorkday } from '#rules/calendar.ts';
import { addDays, civilDateOf } from '#rules/civil-date.ts';
import { weekOf } from '#rules/hotline-duty.ts';
import { accountOf, expectStatus, postJson, signIn } from './portal-client.ts';
import type { Account, Call, Tell } from './portal-client.ts';

type Desk = { items: { id: string; numbers: { phone: string; testedOn: string | null }[] }[] };

const SERVED = { outcome: 'SERVED', outsideBody: '', remark: '' };
/** By number: one was not answered, one is too old, one was slow; the last township was never called. */
const CALLS = [
  { ...SERVED, phone: '0000-8000001', daysAgo: 3, seconds: 12 },
  { ...SERVED, phone: '0000-8000002', daysAgo: 3, seconds: 38, remark: '转接了一次。' },
  { ...SERVED, phone: '0000-8000009', daysAgo: 8, seconds: 6 },
  {
    ...SERVED,
    phone: '0000-8000101',
    daysAgo: 40,
    seconds: 9,
    outsideBody: '示范区社会救助第三方评估组',
  },
  {
    ...SERVED,
    phone: '0000-8000201',
    daysAgo: 2,
    seconds: null,
    outcome: 'NO_ANSWER',
    remark: '响铃一分钟，隔半小时再拨仍无人接听。',
  },
  { ...SERVED, phone: '0000-8000202', daysAgo: 2, seconds: 10 },
];
const ON_DUTY = [
  { phone: '0000-8000001', who: '社会救助科值班岗' },
  { phone: '0000-8000201', who: '社会事务办公室值班岗' },
];

/** Test calls and a duty roster, unless there are some. */
export async function ensureTestCalls(call: Call, accounts: Account[], tell: Tell): Promise<void> {
  const cookie = await signIn(call, accountOf(accounts, 'hotline'));
  const answer = await call('/api/staff/hotlines', { headers: { cookie } });
  await expectStatus(answer, 200);
  const { items } = (await answer.json()) as Desk;
  const known = new Map(
    items.flatMap(({ id, numbers }) => numbers.map((number) => [number.phone, { id, ...number }])),
  );
  if ([...known.values()].some(({ testedOn }) => testedOn !== null)) return;
  const today = civilDateOf(Date.now());
  const send = async (phone: string, path: string, body: object, status: number) => {
    const line = encodeURIComponent(known.get(phone)?.id ?? '');
    const sent = await postJson(call, `/api/staff/hotlines/${line}${path}`, body, cookie);
    await expectStatus(sent, status);
  };
  for (const { daysAgo, ...made } of CALLS) {
    const calledOn = lastWorkday(addDays(today, -daysAgo));
    await send(made.phone, '/tests', { ...made, calledOn, calledAt: '9:30', inHours: null }, 201);
  }
  const { from } = weekOf(today);
  for (const { phone, who } of ON_DUTY) {
    for (const start of [from, addDays(from, 7)]) {
      const days = { fromDate: start, toDate: addDays(start, 4) };
      await send(phone, '/duty', { ...days, hours: '8:30-17:30', who }, 204);
    }
  }
  tell('监督电话拨测记录和值班表已登记');
}

/** The day itself or the last one before on which offices worked. */
function lastWorkday(day: string): string {
  return isWorkday(day, CALENDARS).workday ? day : lastWorkday(addDays(day, -1));
}
