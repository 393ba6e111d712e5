import { weekOf } from '#rules/hotline-duty.ts';
import { ANSWER_WITHIN_SECONDS, TEST_EVERY_DAYS, isStaleTest } from '#rules/hotline-tests.ts';
import type { CallVerdict } from '#rules/hotline-tests.ts';
import type { DutyLine, LastTest } from '#rules/public-hotlines.ts';
import { formatDate } from '#site/lib/format.ts';

const RESULTS: Record<CallVerdict, (seconds: number | null) => string> = {
  good: (seconds) => (seconds === null ? '接通' : `${seconds}秒接通`),
  slow: (seconds) => `${seconds ?? ''}秒接通，超过${ANSWER_WITHIN_SECONDS}秒`,
  unanswered: () => '未接通',
  unused: () => '接通，但没有受理',
  outside: () => '非接听时间',
};

/** 12秒接通, 未接通 */
export function describeResult(verdict: CallVerdict, seconds: number | null): string {
  return RESULTS[verdict](seconds);
}

/** What the public is told of the last test of a number, in parts: the result, and that it is old. */
export function describeLastTest(test: LastTest | undefined, today: string) {
  if (!test) return { words: '还没有拨测过', kind: 'plain' as const, stale: null };
  const { testedOn, verdict, seconds, isOutside } = test;
  const who = isOutside ? '第三方拨测' : '拨测';
  return {
    words: `${formatDate(testedOn)}${who}：${describeResult(verdict, seconds)}`,
    kind: verdict === 'good' ? ('done' as const) : ('late' as const),
    stale: isStaleTest(testedOn, today) ? `已超过${TEST_EVERY_DAYS}天未拨测` : null,
  };
}

/** Who is on duty from today to the end of the week. */
export function listThisWeek(duty: readonly DutyLine[], today: string): DutyLine[] {
  const { to } = weekOf(today);
  return duty.filter((line) => line.to >= today && line.from <= to);
}

/** 11月16日至22日, 11月30日至12月6日, 11月20日 */
export function formatDays(from: string, to: string): string {
  const [, fromMonth, fromDay] = from.split('-').map(Number);
  const [, toMonth, toDay] = to.split('-').map(Number);
  const start = `${fromMonth}月${fromDay}日`;
  if (from === to) return start;
  if (from.slice(0, 7) === to.slice(0, 7)) return `${start}至${toDay}日`;
  return `${start}至${toMonth}月${toDay}日`;
}
