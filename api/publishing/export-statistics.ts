import type { Reader } from '#db/store.ts';
import { listPlaces } from '#db/queries/places.ts';
import { listCountedMonths } from '#db/queries/statistics.ts';
import { CountedMonth, MONTHS_TOLD } from '#rules/counted-month.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import { monthsOfQuarter, quarterOf, tellMonth, tellQuarter } from '#rules/told-statistics.ts';
import type { Directory } from './export-directory.ts';
import { newest } from './export-directory.ts';
import type { Sink } from './export-sink.ts';
import { BASIS_OF_COUNTS } from './legal-basis.ts';

/** Where a complaint named no township. */
const NOWHERE = '未指明乡镇（街道）';

/**
 * What is told of complaints: from months that were counted long before, a few dozen rows, so that a
 * publication neither waits for counting nor changes a number.
 */
export async function exportStatistics(
  db: Reader,
  sink: Sink,
  { bureauName }: Pick<Directory, 'bureauName'>,
): Promise<void> {
  const rows = await listCountedMonths(db, MONTHS_TOLD);
  const last = newest(rows.map((row) => row.countedOn));
  if (!last) return sink.remove(PUBLIC_FILES.statistics.path(), null);
  const months = new Map(
    rows.map((row) => [row.month, CountedMonth.parse(JSON.parse(row.numbers))]),
  );
  const names = new Map((await listPlaces(db)).map((place) => [place.code, place.name]));
  const nameOf = (code: string) => (code === '' ? NOWHERE : (names.get(code) ?? code));
  const quarters = [...new Set(rows.map((row) => quarterOf(row.month)))].flatMap((quarter) => {
    const parts = monthsOfQuarter(quarter).flatMap((month) => months.get(month) ?? []);
    return parts.length === 3 ? [tellQuarter(quarter, parts, nameOf)] : [];
  });
  await sink.put(
    { kind: 'statistics' },
    {
      publisher: bureauName,
      legalBasis: BASIS_OF_COUNTS,
      updatedOn: last,
      months: [...months].map(([month, counted]) => tellMonth(month, counted)),
      quarters,
    },
  );
}
