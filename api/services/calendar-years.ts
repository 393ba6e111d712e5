import { createHash } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listCalendarYears, saveCalendarYear } from '#db/queries/calendar-years.ts';
import { readPersonNames } from '#db/queries/lead-details.ts';
import type { Reader } from '#db/store.ts';
import { calendarOf, missingYears, nextVersion } from '#rules/calendar.ts';
import type { CalendarYear } from '#rules/calendar.ts';
import { civilDateOf, formatDate } from '#rules/civil-date.ts';
import { daysOf, rangesOf, readHolidayNotice } from '#rules/holiday-notice.ts';
import { appendAudit } from './audit.ts';
import { loadCalendars } from './calendars.ts';
import { requirePostAt } from './list-access.ts';
import { recomputeDeadlines } from './recompute-deadlines.ts';

export type YearInput = {
  year: number;
  /** Title and date of the State Council's notice. */
  title: string;
  noticeOn: string;
  /** Its sentences, or a list of dates. */
  text: string;
  /** The token of the preview that was looked at. */
  confirm?: string | undefined;
};

const FIRST_YEAR = 2018;
const UNCHANGED = '与现有安排一致，不用再装入。';
const OTHER_CALENDAR = '这一年的安排刚被别人更新过，重新核对后再装入。';

/** The calendars in use, the newest year first, and the years that should be here and are not. */
export async function listCalendars({ db, now }: Context) {
  const loaded = new Map((await listCalendarYears(db)).map((row) => [row.year, row]));
  const names = await readPersonNames(db);
  const calendars = await loadCalendars(db);
  return {
    missing: missingYears(civilDateOf(now()), calendars),
    years: calendars.toReversed().map((calendar) => {
      const row = loaded.get(calendar.year);
      return {
        ...describe(calendar),
        /** Null: it ships with the portal. */
        loadedOn: row?.onDate ?? null,
        loadedBy: row ? (names.get(row.personId) ?? null) : null,
      };
    }),
  };
}

/**
 * Reads a year's holiday notice; with the token of its preview, loads it as a new version of that year and
 * computes anew every running deadline that rests on the year. Throws `invalid-input`, `state-changed`.
 */
export async function loadCalendarYear(context: Context, actor: Actor, input: YearInput) {
  const { db } = context;
  const post = requirePostAt(actor, 'settings.manage', undefined);
  const today = civilDateOf(context.now());
  refuseOddNotice(input, today);
  const draft = await readDraft(db, input);
  const { confirm } = input;
  if (confirm === undefined || draft.problems.length > 0) return { ...draft, saved: false };
  if (confirm !== draft.token) throw new CodedError('state-changed', {}, OTHER_CALENDAR);
  const { calendar } = draft;
  await db.transaction(async (tx) => {
    if (nextVersion(calendar.year, await loadCalendars(tx)) !== calendar.version) {
      throw new CodedError('state-changed', {}, OTHER_CALENDAR);
    }
    await saveCalendarYear(tx, {
      ...calendar,
      holidays: JSON.stringify(calendar.holidays),
      workingWeekends: JSON.stringify(calendar.workingWeekends),
      personId: actor.personId,
      onDate: today,
    });
    const recomputed = await recomputeDeadlines(tx, await loadCalendars(tx));
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'calendar.load',
      subjectKind: 'calendar',
      subjectId: calendar.version,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { ...calendar, ...recomputed },
    });
  });
  return { ...draft, saved: true };
}

function refuseOddNotice({ year, title, noticeOn }: YearInput, today: string): void {
  const fields: Record<string, string> = {};
  const newest = Number(today.slice(0, 4)) + 1;
  if (year < FIRST_YEAR || year > newest) fields['year'] = `填写${FIRST_YEAR}至${newest}之间的年份`;
  const named = /(\d{4})年/.exec(title)?.[1];
  if (named && named !== String(year)) fields['title'] = `标题写的是${named}年，与年份不一致`;
  if (noticeOn > today) fields['noticeOn'] = '发文日期不能晚于今天';
  else if (noticeOn.slice(0, 4) < String(year - 1)) fields['noticeOn'] = '发文日期早于上一年，核对';
  if (Object.keys(fields).length > 0) throw new CodedError('invalid-input', fields);
}

async function readDraft(db: Reader, { year, title, noticeOn, text }: YearInput) {
  const calendars = await loadCalendars(db);
  const present = calendarOf(year, calendars);
  const notice = readHolidayNotice(year, text);
  const calendar: CalendarYear = {
    year,
    version: nextVersion(year, calendars),
    source: `${title}（${formatDate(noticeOn)}）`,
    holidays: daysOf(notice.holidays),
    workingWeekends: notice.workingWeekends,
  };
  const problems = [...notice.problems];
  if (present && problems.length === 0 && hasSameDays(present, calendar)) problems.push(UNCHANGED);
  const token = createHash('sha256').update(JSON.stringify(calendar)).digest('hex');
  return {
    calendar,
    described: describe(calendar),
    replaces: present ? describe(present) : null,
    problems,
    warnings: notice.warnings,
    token,
  };
}

function hasSameDays(one: CalendarYear, other: CalendarYear): boolean {
  return (['source', 'holidays', 'workingWeekends'] as const).every(
    (key) => String(one[key]) === String(other[key]),
  );
}

function describe({ year, version, source, holidays, workingWeekends }: CalendarYear) {
  return {
    year,
    version,
    source,
    holidays: rangesOf(holidays),
    workingWeekends: [...workingWeekends],
  };
}
