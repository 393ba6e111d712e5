import type { HotlineItem } from '#routes/staff-hotline-schemas.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { TEST_EVERY_DAYS } from '#rules/hotline-tests.ts';
import { formatDate } from '#site/lib/format.ts';
import { describeResult } from '#site/lib/hotlines.ts';

export type HotlineNumber = HotlineItem['numbers'][number];
export const LEVEL_WORDS = { district: '县（区）级', town: '乡镇（街道）级' } as const;

/** 2026年11月18日，12秒接通 */
export function lastTestWords({ testedOn, verdict, seconds, isOutside }: HotlineNumber): string {
  if (testedOn === null || verdict === null) return '还没有拨测过';
  const result = `${formatDate(testedOn)}，${describeResult(verdict, seconds)}`;
  return isOutside ? `${result}（第三方拨测）` : result;
}

/** How a number stands, as a tag; null: as it should. */
export function stateTag({ state, days, attention }: HotlineNumber) {
  if (attention) return { kind: 'late' as const, words: '没有通过' };
  if (state === 'never') return { kind: 'active' as const, words: '没有拨测过' };
  if (state === 'failed') return { kind: 'active' as const, words: '接听慢，需复测' };
  if (state === 'stale') {
    return { kind: 'late' as const, words: `${days ?? ''}天没有拨测，超过${TEST_EVERY_DAYS}天` };
  }
  return null;
}

/** Numbers to call, with their hotline: those never tested first, then by the age of the last test. */
export function listToTest(items: readonly HotlineItem[]) {
  return items
    .filter(({ testing }) => testing === 'independent' || testing === 'own')
    .flatMap((item) => item.numbers.map((number) => ({ item, number })))
    .filter(({ number }) => number.state !== 'fresh')
    .toSorted((a, b) => (a.number.testedOn ?? '').localeCompare(b.number.testedOn ?? ''));
}

/** 9:05 */
export function formatTime(instant: number): string {
  const minutes = Math.floor(instant / 60_000) + 8 * 60;
  const minute = String(minutes % 60).padStart(2, '0');
  return `${Math.floor(minutes / 60) % 24}:${minute}`;
}

/** 2026年11月20日9:05 */
export function formatInstant(instant: number): string {
  return `${formatDate(civilDateOf(instant))}${formatTime(instant)}`;
}

/** Where a number is tested. */
export function testHref(id: string, phone: string): string {
  return `/staff/hotlines/test/?${new URLSearchParams({ hotline: id, phone }).toString()}`;
}

/** The page of a hotline below this one. */
export function hrefOf(page: 'record' | 'edit' | 'duty' | 'test', id: string): string {
  return `/staff/hotlines/${page}/?${new URLSearchParams({ hotline: id }).toString()}`;
}
