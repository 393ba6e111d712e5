/** What offices write for when a hotline is answered: `工作日 8:30-12:00，14:00-17:30`. */

const ALWAYS = /^(?:每天|每日|全天|全年)?(?:24|二十四)小时(?:接听|值守|值班)?$/;
const DAYS: readonly { words: RegExp; isOn: (day: DayFacts) => boolean }[] = [
  { words: /^工作日/, isOn: ({ isWorkday }) => isWorkday },
  { words: /^(?:周|星期)一[至到-](?:周|星期)?五/, isOn: ({ weekday }) => weekday % 6 !== 0 },
  { words: /^(?:周|星期)一[至到-](?:周|星期)?六/, isOn: ({ weekday }) => weekday !== 0 },
  { words: /^(?:每天|每日|(?:周|星期)一[至到-](?:周|星期)?[日天])/, isOn: () => true },
];
const RANGE = /(\d{1,2})[:：](\d{2})\s*(?:-|—|–|~|至|到)+\s*(\d{1,2})[:：](\d{2})/g;
/** What may stand beside the times without changing them. */
const FILLING = /上午|下午|早上|晚上|[\s，,、；;。：:和]/g;

/** 下午2:00, which others would write 14:00. */
const TWELVE_HOURS = /(?:下午|晚上)\s*(?:\d|1[01])[:：]/;

type DayFacts = {
  /** 0 is Sunday. */
  weekday: number;
  isWorkday: boolean;
};

/**
 * Whether a moment lies within the hours as they are written; null where the words are not understood, for a
 * person to say. `minute` counts from midnight in Shanghai.
 */
export function isWithinHours(hours: string, day: DayFacts, minute: number): boolean | null {
  const text = hours.trim();
  if (ALWAYS.test(text)) return true;
  const days = DAYS.find(({ words }) => words.test(text));
  if (!days || TWELVE_HOURS.test(text)) return null;
  const rest = text.replace(days.words, '');
  const ranges = [...rest.matchAll(RANGE)].map(([, fromHour, from, toHour, to]) => ({
    from: Number(fromHour) * 60 + Number(from),
    to: Number(toHour) * 60 + Number(to),
  }));
  const isAll = rest.replaceAll(RANGE, '').replaceAll(FILLING, '') === '';
  const areSensible = ranges.every(({ from, to }) => from < to && to <= 24 * 60);
  if (ranges.length === 0 || !isAll || !areSensible) return null;
  return days.isOn(day) && ranges.some(({ from, to }) => from <= minute && minute < to);
}
