import type { PublicFile } from '#rules/publication.ts';
import type { MonthStatistics, QuarterStatistics } from '#rules/public-statistics.ts';
import { RATINGS } from '#rules/follow-up.ts';
import { LEAST } from '#rules/small-numbers.ts';
import type { Split } from '#rules/small-numbers.ts';
import type { StatisticsRow } from '#rules/statistics-columns.ts';
import { BODY_KINDS } from '#rules/vocabulary.ts';
import type { Matter } from '#rules/vocabulary.ts';
import { formatCount } from './format.ts';

/** What complaints are about, in the words of the public. */
export const MATTER_LABELS: Record<Matter, string> = {
  discipline: '关系保、人情保、侵占等违规违纪',
  conduct: '推诿、不作为、态度',
  process: '公示、程序不规范',
  aid: '漏保、错保、标准、发放',
  phone: '电话无人接听',
  overpub: '公开过度、信息更正',
};

/** 2026年第3季度 */
export function formatQuarter(quarter: string): string {
  return `${quarter.slice(0, 4)}年第${quarter.slice(6)}季度`;
}

/** A count, or what is said in its place; `below` is null where not even that is said. */
export function wordsOfCount(count: number | null, below: number | null = LEAST): string {
  if (count !== null) return `${formatCount(count)}件`;
  return below === null ? '不单独公布' : `不足${below}件`;
}

/** The part of a whole with its share. */
export function wordsOfPart({ whole, part, few }: Split): string {
  if (whole !== null && part !== null) {
    return `${formatCount(part)}件，占${((part / whole) * 100).toFixed(1)}%`;
  }
  if (few === 'rest') return `除不足${LEAST}件以外的全部`;
  return few === 'part' ? `不足${LEAST}件` : '不单独公布';
}

/** What the rows of the open data say: the same as the page. */
export function listStatisticsRows(
  { months, quarters }: Pick<PublicFile<'statistics'>, 'months' | 'quarters'>,
  countyName: string,
): StatisticsRow[] {
  const county = { placeCode: '', placeName: countyName, item: '', below: null };
  return [
    ...months.flatMap((month) => rowsOfMonth(month, county)),
    ...quarters.flatMap((quarter) => rowsOfQuarter(quarter, county)),
  ];
}

type County = Pick<StatisticsRow, 'placeCode' | 'placeName' | 'item' | 'below'>;
const belowOf = (count: number | null, below: number | null = LEAST) =>
  count === null ? below : null;

function rowsOfMonth(
  { month, received, overdue }: MonthStatistics,
  county: County,
): StatisticsRow[] {
  const row = (measure: string, count: number | null, more: Partial<StatisticsRow> = {}) => ({
    ...county,
    period: month,
    measure,
    count,
    below: belowOf(count),
    ...more,
  });
  const late = `逾期未办结（截至${overdue?.onDate ?? ''}）`;
  return [
    row('收到', received),
    ...(overdue
      ? [
          row(late, overdue.total),
          ...overdue.kinds.map(({ kind, count }) =>
            row(late, count, { item: BODY_KINDS[kind], below: belowOf(count, overdue.below) }),
          ),
        ]
      : []),
  ];
}

function rowsOfQuarter(quarter: QuarterStatistics, county: County): StatisticsRow[] {
  const { received, matters, towns, inTime, firstTime, supervised, ratings } = quarter;
  const row = (measure: string, count: number | null, more: Partial<StatisticsRow> = {}) => ({
    ...county,
    period: quarter.quarter,
    measure,
    count,
    below: belowOf(count),
    ...more,
  });
  const ofSplit = (part: string, rest: string, split: Split) => [
    row(part, split.part, { below: split.few === 'part' ? LEAST : null }),
    row(rest, split.rest, { below: split.few === 'rest' ? LEAST : null }),
  ];
  return [
    row('收到', received, { below: null }),
    ...matters.items.map(({ matter, count }) =>
      row('收到', count, { item: MATTER_LABELS[matter], below: belowOf(count, matters.below) }),
    ),
    ...towns.items.map(({ code, name, count }) =>
      row('收到', count, { placeCode: code, placeName: name, below: belowOf(count, towns.below) }),
    ),
    row('办结', inTime.whole),
    ...ofSplit('按期办结', '逾期办结', inTime),
    ...ofSplit('一次性化解', '未能一次性化解', firstTime),
    row('列入督办', supervised),
    row('评价', ratings.total),
    ...ratings.items.map(({ rating, count }) =>
      row('评价', count, { item: RATINGS[rating], below: belowOf(count, ratings.below) }),
    ),
  ];
}
