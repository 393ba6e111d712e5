import { writeCsv } from '#rules/csv.ts';
import type { CsvCell } from '#rules/csv.ts';
import { TOWN_COLUMNS, VILLAGE_COLUMNS } from '#rules/data-files.ts';
import type { DataRow } from '#rules/data-files.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import type { ChildCount, MonthCount } from '#rules/public-lists.ts';
import type { PublicReader } from '#rules/publication.ts';
import { AID_TYPES } from '#rules/vocabulary.ts';
import { findPlace, listChildren } from './places.ts';

type DataFile = {
  /** Address of the data dictionary. */
  dictionary: string;
  publisher: string;
  updatedOn: string;
  code: string;
  name: string;
  rows: DataRow[];
};

/** What a county's or township's data file says; null where the place has none. */
export async function readDataFile(
  read: PublicReader,
  code: string | undefined,
): Promise<DataFile | null> {
  const file = await read('places');
  const places = file?.places ?? [];
  const place = findPlace(places, code);
  if (!file || !place || place.level === 'village') return null;
  const children = listChildren(places, place.code);
  const own = await read('counts', place.code);
  const rows: DataRow[] = [];
  for (const child of children) {
    const counts =
      place.level === 'district'
        ? (await read('counts', child.code))?.months
        : own?.children.find((each) => each.code === child.code)?.totals;
    rows.push(...(counts ?? []).map((count) => rowOf(child, count)));
  }
  return {
    dictionary: `${(await read('site'))?.publicUrl ?? ''}/data/`,
    publisher: (own ?? file).publisher,
    updatedOn: (own ?? file).updatedOn,
    code: place.code,
    name: place.name,
    rows,
  };
}

function rowOf({ code, name }: PlaceEntry, count: ChildCount | MonthCount): DataRow {
  const { aidType, period, ...counts } = count;
  return {
    placeCode: code,
    placeName: name,
    aidType,
    aidTypeName: AID_TYPES[aidType],
    period,
    ...counts,
  };
}

export function writeDataCsv(rows: readonly DataRow[], ofTowns: boolean): string {
  const columns = ofTowns ? TOWN_COLUMNS : VILLAGE_COLUMNS;
  return writeCsv([
    columns.map((column) => column.heading),
    ...rows.map((row) => columns.map((column) => cellOf(row, column.key as keyof DataRow))),
  ]);
}

function cellOf(row: DataRow, key: keyof DataRow): CsvCell {
  const { amountCents } = row;
  if (key !== 'amountCents') return row[key] ?? null;
  return amountCents === null ? null : (amountCents / 100).toFixed(2);
}
