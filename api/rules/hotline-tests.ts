import { daysBetween } from './civil-date.ts';

/**
 * Test calls (拨测): what a published number did when somebody called it, and what follows. A number that
 * is published but not answered (开而不通), or answered by somebody who turns people away (开而不用), is a
 * defect by itself; a slow answer becomes one when it happens again.
 */

/** A recommendation of good duty, not law. */
export const ANSWER_WITHIN_SECONDS = 15;
/** A number that nobody tested for longer is said to be untested. */
export const TEST_EVERY_DAYS = 30;
/** How far back a call may be recorded that was made earlier. */
export const RECORD_WITHIN_DAYS = 92;

export const CALL_OUTCOMES = {
  SERVED: { label: '接通，正常受理', answered: true },
  TURNED_AWAY: { label: '接通，但推诿、不受理', answered: true },
  NO_ANSWER: { label: '响铃无人接听', answered: false },
  BUSY: { label: '一直占线', answered: false },
  DEAD: { label: '空号、停机或者无法接通', answered: false },
} as const;
export type CallOutcome = keyof typeof CALL_OUTCOMES;

export const CALL_VERDICTS = {
  good: { label: '合格', isDefect: false, isFailed: false, isCounted: true },
  slow: { label: '接听慢', isDefect: false, isFailed: true, isCounted: true },
  unanswered: { label: '开而不通', isDefect: true, isFailed: true, isCounted: true },
  unused: { label: '开而不用', isDefect: true, isFailed: true, isCounted: true },
  outside: { label: '非接听时间', isDefect: false, isFailed: false, isCounted: false },
} as const;
export type CallVerdict = keyof typeof CALL_VERDICTS;

type VerdictRow = {
  outcomes: readonly CallOutcome[];
  /** Only of calls within the hours published, or only of others. */
  inHours?: boolean;
  /** Only of calls answered within so many seconds. */
  within?: number;
  verdict: CallVerdict;
};
/** The first row that fits decides; the last of an outcome fits always. */
const VERDICT_ROWS: readonly VerdictRow[] = [
  { outcomes: ['DEAD'], verdict: 'unanswered' },
  { outcomes: ['TURNED_AWAY'], verdict: 'unused' },
  { outcomes: ['SERVED'], inHours: true, within: ANSWER_WITHIN_SECONDS, verdict: 'good' },
  { outcomes: ['SERVED'], inHours: true, verdict: 'slow' },
  { outcomes: ['SERVED'], verdict: 'good' },
  { outcomes: ['NO_ANSWER', 'BUSY'], inHours: true, verdict: 'unanswered' },
  { outcomes: ['NO_ANSWER', 'BUSY'], verdict: 'outside' },
];

/** What a call is worth. `seconds` until somebody answered, null where nobody did. */
export function judgeCall(call: {
  outcome: CallOutcome;
  seconds: number | null;
  inHours: boolean;
}): CallVerdict {
  const row = VERDICT_ROWS.find(
    ({ outcomes, inHours, within }) =>
      outcomes.includes(call.outcome) &&
      (inHours === undefined || inHours === call.inHours) &&
      (within === undefined || (call.seconds ?? Infinity) <= within),
  );
  return row?.verdict ?? 'unanswered';
}

/** Whether a superior has to know: the last test that counts found a defect, or the last two failed. */
export function needsAttention(newestFirst: readonly CallVerdict[]): boolean {
  const [last, before] = newestFirst.map((code) => CALL_VERDICTS[code]).filter((v) => v.isCounted);
  return last !== undefined && (last.isDefect || (last.isFailed && before?.isFailed === true));
}

/** How a number stands with its tests on a civil date. */
export type TestState = 'never' | 'stale' | 'failed' | 'fresh';

export function testStateOf(
  last: { testedOn: string; verdict: CallVerdict } | null,
  today: string,
): TestState {
  if (!last) return 'never';
  if (isStaleTest(last.testedOn, today)) return 'stale';
  return CALL_VERDICTS[last.verdict].isFailed ? 'failed' : 'fresh';
}

/** Whether more than thirty days have gone by since a test. */
export function isStaleTest(testedOn: string, today: string): boolean {
  return daysBetween(testedOn, today) > TEST_EVERY_DAYS;
}
