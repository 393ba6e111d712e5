import { addMonths } from '#rules/civil-date.ts';
import { countingDayOf } from '#rules/counted-month.ts';
import type { CountedMonth } from '#rules/counted-month.ts';
import type { PublicFile } from '#rules/publication.ts';
import { monthsOfQuarter, tellMonth, tellQuarter } from '#rules/told-statistics.ts';
import { TOWN, provenance } from './sample-county.ts';

/** Complaints of an invented year, through the same rules as real ones. */
const TOWNS: Record<string, string> = {
  '': '未指明乡镇（街道）',
  '990101001000': '云水街道',
  [TOWN]: '青山镇',
  '990101101000': '白河乡',
  '990101102000': '柳林镇',
  '990101103000': '石桥乡',
};
const RECEIVED = [4, 12, 21, 17, 30, 26, 19, 41, 38, 22];

function countedMonth(at: number): CountedMonth {
  const all = RECEIVED[at] ?? 0;
  const share = (part: number) => Math.floor(all * part);
  const byTown = {
    '': 0,
    '990101001000': share(0.3),
    '990101101000': 1,
    '990101102000': 2,
    '990101103000': share(0.1),
  };
  const rest = Object.values(byTown).reduce((sum, count) => sum + count, 0);
  const [aid, conduct, process] = [share(0.4), share(0.3), share(0.1)];
  return {
    byTown: { ...byTown, [TOWN]: all - rest },
    byMatter: {
      aid,
      conduct,
      process,
      phone: 1,
      overpub: 0,
      discipline: all - aid - conduct - process - 1,
    },
    concluded: share(0.9),
    inTime: share(0.7),
    firstTime: share(0.75),
    supervised: at % 3,
    ratings: { GOOD: share(0.4), FAIR: share(0.2), BAD: share(0.15) },
    overdue: {
      onDate: countingDayOf(monthAt(at)),
      byKind: { bureau: share(0.3), township: share(0.1), village: 0, discipline: 1 },
    },
  };
}
function monthAt(at: number): string {
  return addMonths('2026-01', at);
}

const quarters = ['2026-Q3', '2026-Q2', '2026-Q1'];
export const STATISTICS: Record<string, PublicFile<'statistics'>> = {
  '': {
    ...provenance,
    updatedOn: '2026-11-15',
    months: RECEIVED.map((_, at) => tellMonth(monthAt(at), countedMonth(at))).toReversed(),
    quarters: quarters.map((quarter) =>
      tellQuarter(
        quarter,
        monthsOfQuarter(quarter).map((month) => countedMonth(Number(month.slice(5)) - 1)),
        (code) => TOWNS[code] ?? code,
      ),
    ),
  },
};
