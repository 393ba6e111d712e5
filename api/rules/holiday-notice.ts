import { addDays, daysBetween, formatDate, isDate, weekdayOf } from './civil-date.ts';

/** Reads the yearly holiday notice of the State Council, as its own sentences or as a list of dates. */

export type DateRange = { from: string; to: string };
export type HolidayNotice = {
  holidays: DateRange[];
  workingWeekends: string[];
  /** What keeps it from being loaded. */
  problems: string[];
  /** What a person should look at twice. */
  warnings: string[];
};

const WEEKDAYS = '日一二三四五六';
/** Since 2025: days off that the law gives a year. What is worked on weekends buys the rest. */
const STATUTORY_DAYS = 13;
const LONGEST_HOLIDAY = 16;
/** Days off in every year, whatever the moon says. */
const FIXED = ['01-01', '05-01', '10-01', '10-02', '10-03'];
/** From here on, a December may be spoken of by next year's notice (rules/calendar). */
const EARLIEST = '12-26';

const date = (n: number) =>
  `(?:(?<y${n}>\\d{4})\\s*[年/.-]\\s*)?(?<m${n}>\\d{1,2})\\s*[月/.-]\\s*(?<d${n}>\\d{1,2})\\s*日?`;
const bracket = (n: number) => `\\s*(?:\\((?<b${n}>[^)]*)\\))?`;
const TOKEN = new RegExp(
  `${date(1)}${bracket(1)}(?:\\s*(?:至|到|~|—+)\\s*(?:${date(2)}|(?<end>\\d{1,2})\\s*日)${bracket(2)})?` +
    `|(?<off>放假)|(?<on>上班|补班)|共\\s*(?<days>\\d+)\\s*天`,
  'g',
);

type Reading = { holidays: DateRange[]; workingWeekends: string[]; problems: string[] };

/** `text` are sentences such as 1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。 */
export function readHolidayNotice(year: number, text: string): HolidayNotice {
  const reading: Reading = { holidays: [], workingWeekends: [], problems: [] };
  for (const sentence of text.normalize('NFKC').split(/[。;\n\r]+/)) {
    readSentence(year, sentence, reading);
  }
  const holidays = reading.holidays.toSorted((a, b) => a.from.localeCompare(b.from));
  const workingWeekends = [...new Set(reading.workingWeekends)].toSorted();
  const notice = { holidays, workingWeekends };
  const problems = [...reading.problems, ...problemsOf(year, notice)];
  return { ...notice, problems, warnings: problems.length > 0 ? [] : warningsOf(notice) };
}

/** Every day of the ranges, once. */
export function daysOf(ranges: readonly DateRange[]): string[] {
  const days = ranges.flatMap(({ from, to }) =>
    Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index)),
  );
  return [...new Set(days)].toSorted();
}

/** Days that follow one another as ranges. */
export function rangesOf(days: readonly string[]): DateRange[] {
  const ranges: DateRange[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
}

/** 周四 */
export function weekdayName(day: string): string {
  return `周${WEEKDAYS[weekdayOf(day)] ?? ''}`;
}

function readSentence(year: number, sentence: string, reading: Reading): void {
  let pending: DateRange[] = [];
  let leading: 'off' | 'on' | null = null;
  let taken: DateRange[] = [];
  function take(kind: 'off' | 'on') {
    if (kind === 'off') {
      reading.holidays.push(...pending);
      taken = pending;
    } else reading.workingWeekends.push(...daysOf(pending));
    pending = [];
  }
  for (const { groups = {} } of sentence.matchAll(TOKEN)) {
    const kind = groups['off'] ? 'off' : groups['on'] ? 'on' : null;
    if (groups['days']) {
      checkCount(Number(groups['days']), taken, reading.problems);
    } else if (!kind) {
      const range = readRange(year, groups, reading.problems);
      if (range) pending.push(range);
    } else if (pending.length > 0) take(kind);
    else leading = kind;
  }
  if (pending.length === 0) return;
  if (leading) take(leading);
  else if (pending.some((range) => isWithin(year, range.from))) {
    reading.problems.push(`“${sentence.trim()}”没有写明放假还是上班。`);
  }
}

type Groups = Record<string, string | undefined>;

function readRange(year: number, groups: Groups, problems: string[]): DateRange | null {
  const { y1, m1, d1, b1, y2, m2 = m1, d2, end, b2 } = groups;
  const last = d2 ?? end;
  // 12月30日至1月1日 begins in the year before.
  const turns = !y1 && last !== undefined && Number(m2) < Number(m1);
  const from = dateOf(y1 ? Number(y1) : turns ? year - 1 : year, m1, d1);
  const to = last ? dateOf(y2 ? Number(y2) : turns || !y1 ? year : Number(y1), m2, last) : from;
  if (!isDate(from) || !isDate(to) || to < from) {
    problems.push(`“${from}${last ? `至${to}` : ''}”不是一个日期或一段日期。`);
    return null;
  }
  checkWeekday(from, last ? b1 : (b2 ?? b1), problems);
  if (last) checkWeekday(to, b2, problems);
  return { from, to };
}

function dateOf(year: number, month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function checkWeekday(day: string, remark: string | undefined, problems: string[]): void {
  const said = /(?:周|星期)([日天一二三四五六])/.exec(remark ?? '')?.[1]?.replace('天', '日');
  if (!said || `周${said}` === weekdayName(day)) return;
  problems.push(`${formatDate(day)}是${weekdayName(day)}，写的是周${said}。`);
}

function checkCount(said: number, ranges: DateRange[], problems: string[]): void {
  const counted = daysOf(ranges).length;
  if (ranges.length === 0 || said === counted) return;
  problems.push(`${formatDate(ranges[0]?.from ?? '')}起的假期有${counted}天，写的是共${said}天。`);
}

function isWithin(year: number, day: string): boolean {
  return day.startsWith(`${year}-`) || (day >= `${year - 1}-${EARLIEST}` && day < `${year}-`);
}

function problemsOf(year: number, notice: Pick<HolidayNotice, 'holidays' | 'workingWeekends'>) {
  const off = daysOf(notice.holidays);
  const problems = [...off, ...notice.workingWeekends]
    .filter((day) => !isWithin(year, day))
    .map((day) => `${formatDate(day)}不在${year}年（或上一年12月26日以后）。`);
  for (const { from, to } of notice.holidays) {
    if (daysBetween(from, to) >= LONGEST_HOLIDAY) {
      problems.push(`${formatDate(from)}至${formatDate(to)}超过${LONGEST_HOLIDAY}天，核对日期。`);
    }
  }
  for (const day of notice.workingWeekends) {
    if (off.includes(day)) problems.push(`${formatDate(day)}既放假又上班。`);
    else if (!isWeekend(day))
      problems.push(`${formatDate(day)}是${weekdayName(day)}，本来就上班。`);
  }
  const missing = FIXED.map((day) => `${year}-${day}`).filter((day) => !off.includes(day));
  if (missing.length > 0) {
    problems.push(`没有找到${missing.map(formatDate).join('、')}放假，核对年份和内容是否完整。`);
  }
  return problems;
}

function warningsOf({
  holidays,
  workingWeekends,
}: Pick<HolidayNotice, 'holidays' | 'workingWeekends'>) {
  const off = daysOf(holidays);
  const weekdays = off.filter((day) => !isWeekend(day)).length;
  const net = weekdays - workingWeekends.length;
  const warnings = rangesOf(off)
    .filter(({ from, to }) => daysOf([{ from, to }]).every(isWeekend))
    .map(({ from }) => `${formatDate(from)}的假期只有周末，核对日期。`);
  if (net !== STATUTORY_DAYS) {
    warnings.push(
      `周一至周五放假${weekdays}天，周末上班${workingWeekends.length}天，净放假${net}天；法定节假日是${STATUTORY_DAYS}天。`,
    );
  }
  return warnings;
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(weekdayOf(day));
}
