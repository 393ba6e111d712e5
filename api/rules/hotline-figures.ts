import { CALL_OUTCOMES, CALL_VERDICTS } from './hotline-tests.ts';
import type { CallOutcome, CallVerdict } from './hotline-tests.ts';

type Call = {
  month: string;
  level: 'district' | 'town';
  outcome: CallOutcome;
  verdict: CallVerdict;
  isOutside: boolean;
};
export type CallFigures = {
  month: string;
  level: 'district' | 'town';
  /** Calls that count; those outside the hours that nobody answered do not. */
  calls: number;
  answered: number;
  /** Answered in time, and by somebody who took the matter up. */
  good: number;
  defects: number;
  /** Made by an outside body. */
  outside: number;
};

/** Test calls by month and level, the newest month first, the county before the townships. */
export function sumCalls(calls: readonly Call[]): CallFigures[] {
  const sums = new Map<string, CallFigures>();
  for (const { month, level, outcome, verdict, isOutside } of calls) {
    if (!CALL_VERDICTS[verdict].isCounted) continue;
    const key = `${month} ${level}`;
    const sum = sums.get(key) ?? {
      ...{ month, level, calls: 0, answered: 0, good: 0, defects: 0, outside: 0 },
    };
    sums.set(key, sum);
    sum.calls += 1;
    if (CALL_OUTCOMES[outcome].answered) sum.answered += 1;
    if (verdict === 'good') sum.good += 1;
    if (CALL_VERDICTS[verdict].isDefect) sum.defects += 1;
    if (isOutside) sum.outside += 1;
  }
  return [...sums.values()].toSorted(
    (a, b) => b.month.localeCompare(a.month) || a.level.localeCompare(b.level),
  );
}
