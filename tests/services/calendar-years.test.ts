import { expect, test } from 'vitest';
import type { CalendarDraft } from '#routes/staff-calendar.ts';
import type { z } from 'zod';
import { listDeadlines } from '#db/queries/lead-events.ts';
import { sweep } from '#jobs/sweep.ts';
import { loadCalendars } from '#services/calendars.ts';
import { lapseQuestions } from '#services/lapse-questions.ts';
import { verifyAuditChain } from '#services/verify.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead } from '#support/leads.ts';
import type { Failure } from '#support/leads.ts';
import { readReferrals, referLead } from '#support/referrals.ts';

const DAY = 86_400_000;
/** Invented, as nobody knows it yet: 1 January 2027 is a Friday. */
const NOTICE_2027 = {
  year: 2027,
  title: '国务院办公厅关于2027年部分节假日安排的通知',
  noticeOn: '2026-11-18',
  text: `元旦：1月1日（周五）至3日（周日）放假，共3天。
春节：2月5日至11日放假调休，共7天。2月20日（周六）上班。
清明节：4月3日至5日放假。劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。
端午节：6月9日放假。中秋节：9月15日放假。
国庆节：10月1日至7日放假调休，共7天。9月26日（周日）、10月9日（周六）上班。`,
};

const cookies = new WeakMap<FreshPortal, Map<string, string>>();
async function post(portal: FreshPortal, login: string, json: object) {
  const known = cookies.get(portal) ?? new Map<string, string>();
  cookies.set(portal, known);
  const cookie = known.get(login) ?? (await portal.signIn(login));
  known.set(login, cookie);
  return portal.call('/api/staff/calendar', { cookie, json });
}

async function readDecide(portal: FreshPortal, reference: string) {
  const { db } = portal.context;
  const lead = (await db.select().from(db.t.lead)).find((each) => each.reference === reference);
  const clocks = await listDeadlines(db, lead?.id ?? '');
  return clocks.find(({ ruleCode }) => ruleCode === 'DECIDE')?.dueOn;
}

async function draftOf(answer: Response) {
  expect(answer.status).toBe(200);
  return (await answer.json()) as z.infer<typeof CalendarDraft>;
}

async function load(portal: FreshPortal, notice: object = NOTICE_2027) {
  const { token } = await draftOf(await post(portal, 'security', notice));
  return draftOf(await post(portal, 'security', { ...notice, confirm: token }));
}

/** An appeal accepted today: it is to be decided after 60 days, in the next year. */
async function acceptAppeal(portal: FreshPortal) {
  const desk = createDesk(portal);
  const { reference, queryCode } = await fileLead(portal, { ...STALLING, class: 'APPEAL' });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const fields = { ...ACCEPTANCE, class: 'APPEAL' };
  const { lead } = await desk.take('triage', reference, 'accept', 'TRIAGE', fields);
  return { reference, queryCode, lead, open: () => createDesk(portal).open('triage', reference) };
}

function decideOf(lead: { deadlines: { code: string; dueOn: string; provisional: boolean }[] }) {
  const clock = lead.deadlines.find(({ code }) => code === 'DECIDE');
  return clock && { dueOn: clock.dueOn, provisional: clock.provisional };
}

test('a deadline that meets a year without a notice is provisional until the year is loaded, and moves then', async () => {
  await using portal = await createPortal();
  portal.advance(13 * DAY);
  const { lead, open } = await acceptAppeal(portal);
  expect(lead && decideOf(lead)).toEqual({ dueOn: '2027-02-01', provisional: true });
  portal.advance(60_000);
  const working = NOTICE_2027.text
    .replace('2月5日至11日', '2月1日至11日')
    .replace('共7天', '共11天');
  const saved = await load(portal, { ...NOTICE_2027, text: working });
  expect(saved).toMatchObject({ saved: true, year: { version: '2027-1' } });
  const after = await open();
  expect(decideOf(after)).toEqual({ dueOn: '2027-02-12', provisional: false });
  expect(after.dueOn).toBe('2027-02-12');
  expect(await verifyAuditChain(portal.context.db, null)).not.toBeNull();
});

test('a correction is a new version, and nobody loads over what they did not see', async () => {
  await using portal = await createPortal();
  const { token } = await draftOf(await post(portal, 'security', NOTICE_2027));
  await load(portal);
  const late = await post(portal, 'security', { ...NOTICE_2027, confirm: token });
  expect((await draftOf(late)).problems.join('')).toContain('与现有安排一致');
  const corrected = {
    ...NOTICE_2027,
    text: NOTICE_2027.text.replace('6月9日放假', '6月9日至10日放假'),
  };
  const draft = await draftOf(await post(portal, 'security', corrected));
  expect(draft.warnings.join('')).toContain('法定节假日是13天');
  const stale = await post(portal, 'security', { ...corrected, confirm: token });
  expect(((await stale.json()) as Failure).error.code).toBe('state-changed');
  portal.advance(60_000);
  expect((await load(portal, corrected)).year.version).toBe('2027-2');
  const calendars = await loadCalendars(portal.context.db);
  expect(calendars.map(({ version }) => version)).toEqual(['2026-1', '2027-2']);
});

test('only who manages settings loads a year, and a wrong year is said beside its field', async () => {
  await using portal = await createPortal();
  expect((await post(portal, 'triage', NOTICE_2027)).status).toBe(403);
  const odd = await post(portal, 'security', {
    ...NOTICE_2027,
    year: 2028,
    noticeOn: '2026-12-01',
  });
  const { error } = (await odd.json()) as Failure;
  expect(Object.keys(error.fields)).toEqual(['year', 'title', 'noticeOn']);
});

test('a wrong system clock does not move a deadline already set', async () => {
  await using portal = await createPortal();
  const { reference, lead } = await acceptAppeal(portal);
  const set = lead && decideOf(lead);
  for (const jump of [-400 * DAY, 800 * DAY]) {
    portal.advance(jump);
    await sweep(portal.context);
    await lapseQuestions(portal.context);
    expect(await readDecide(portal, reference)).toBe(set?.dueOn);
    portal.advance(-jump);
  }
});

test.each([
  // No more than the 15 days that the reporter had, and one to the Monday they end on.
  ['a year ahead', 365 * DAY, '2027-02-08'],
  ['a year behind', -365 * DAY, '2027-01-19'],
])('a clock that is %s gives no other rest than the question had', async (_, jump, dueOn) => {
  await using portal = await createPortal();
  const { reference, queryCode } = await acceptAppeal(portal);
  portal.advance(60_000);
  await createDesk(portal).take('triage', reference, 'ask-info', 'ACCEPTED', {
    question: '几月？',
  });
  portal.advance(jump);
  const json = { queryCode, text: '三月。' };
  expect((await portal.call('/api/follow-up/messages', { json })).status).toBe(204);
  expect(await readDecide(portal, reference)).toBe(dueOn);
});

test('the day on which to ask about a letter moves with its clock', async () => {
  await using portal = await createPortal();
  portal.advance(13 * DAY);
  await referLead(portal, createDesk(portal));
  expect(await readReferrals(portal)).toMatchObject([{ remindOn: '2027-01-04' }]);
  portal.advance(60_000);
  const text = NOTICE_2027.text.replace('至3日（周日）放假，共3天', '至5日（周二）放假，共5天');
  expect(await load(portal, { ...NOTICE_2027, text })).toMatchObject({ saved: true });
  expect(await readReferrals(portal)).toMatchObject([{ remindOn: '2027-01-06' }]);
});
