import type { PublicFile } from '#rules/publication.ts';
import { COUNTY, TOWN, VILLAGE, count, provenance } from './sample-county.ts';

/** Households, persons and money of the sample county. */
export const COUNTS: Record<string, PublicFile<'counts'>> = {
  [COUNTY]: {
    ...provenance,
    code: COUNTY,
    totals: [count('RURAL_DIBAO', 1264, 2381, 81234550), count('TEKUN', 88, 91, 9701200)],
    children: [
      { code: '990101001000', totals: [count('RURAL_DIBAO', 1, 1, 64000)] },
      { code: TOWN, totals: [count('RURAL_DIBAO', 1263, 2380, 81170550)] },
    ],
    months: [
      { ...count('RURAL_DIBAO', 1264, 2381, 81234550), joined: 12, left: 3 },
      { ...count('TEKUN', 88, 91, 9701200), joined: 0, left: 0 },
      {
        ...count('RURAL_DIBAO', 1255, 2368, 80764550),
        period: '2026-09',
        joined: null,
        left: null,
      },
    ],
  },
  [TOWN]: {
    ...provenance,
    code: TOWN,
    totals: [count('RURAL_DIBAO', 1263, 2380, 81170550), count('TEKUN', 3, 3, 319800)],
    children: [
      {
        code: VILLAGE,
        totals: [count('RURAL_DIBAO', 12, 21, 123450), count('TEKUN', 2, 2, 213200)],
      },
    ],
    months: [],
  },
};

/** How far its publishing is. */
export const HEALTH: Record<string, PublicFile<'health'>> = {
  '': {
    ...provenance,
    onDate: '2026-11-20',
    timerRanOn: '2026-11-20',
    towns: [
      {
        code: TOWN,
        lastUpdatedOn: '2026-11-05',
        runningNotices: 1,
        boardsPosted: 1,
        boardsDue: 2,
        overdue: [{ aidType: 'TEKUN', period: '2026-09', dueOn: '2026-11-03' }],
      },
      {
        code: '990101001000',
        lastUpdatedOn: null,
        runningNotices: 0,
        boardsPosted: 0,
        boardsDue: 0,
        overdue: [],
      },
    ],
  },
};
