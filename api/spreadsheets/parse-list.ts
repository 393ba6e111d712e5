import { aidTypeInText } from '#rules/list-title.ts';
import type { ListExit } from '#rules/list-exits.ts';
import { type PlaceAlias, type PlaceIndex, type Region, indexPlaces } from '#rules/place-names.ts';
import type { Standard } from '#rules/aid-standard.ts';
import type { MaskStyle } from '#rules/masking.ts';
import type { ListRow, RejectionReason, WarningReason, WithheldReason } from '#rules/recipient.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { checkHouseholds } from './check-households.ts';
import { findWrongTotals } from './check-totals.ts';
import { SpreadsheetError } from './errors.ts';
import { forgetMarks } from './forget-marks.ts';
import { type SheetFacts, readSheetFacts } from './list-facts.ts';
import { type CellReader, createCellReader } from './cell-reader.ts';
import { type TotalRow, readEntries } from './list-rows.ts';
import { columnOfReason } from './problem-columns.ts';
import { type ExitReading, readExit } from './read-exit.ts';
import { type HouseholdReading, readHousehold } from './read-household.ts';
import { type PersonsFile, readPersons } from './read-persons.ts';
import { type Spelling, countSpellings, namesPlaces } from './read-place.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { type FoundList, findMissingColumn, sortSheets } from './sort-sheets.ts';
import { splitSheets } from './split-sheets.ts';

/** What the importer states and what the portal knows. */
export type ListContext = {
  aidType?: AidType | undefined;
  /** `YYYY-MM`. */
  period?: string | undefined;
  town?: string | undefined;
  fileName?: string | undefined;
  /** Civil date for the minority of heads where the list has no period. */
  asOf?: string | undefined;
  /** True where rows of another kind of aid than `aidType` must not be accepted. */
  onlyAidType?: boolean | undefined;
  maskStyle?: MaskStyle | undefined;
  regions: Region[];
  /** Spellings of villages that were confirmed before. */
  aliases?: PlaceAlias[] | undefined;
  standards: Standard[];
  /** The sheets of the persons file that belongs to a file of households. */
  persons?: Sheet[] | undefined;
};

/** `column` is the letters of the column it is about, as a spreadsheet program shows them. */
export type ListProblem<Reason> = {
  sheet?: string;
  line: number;
  column?: string;
  reason: Reason;
};
export type ListWarning = ListProblem<WarningReason> & { file?: 'persons' };

/** A list as it was understood. Holds full names and ID numbers: keep it in memory. */
export type ParsedList = {
  aidType: AidType;
  period: string | null;
  /** Month and aid type that the title names: the importer may have stated others. */
  titled: SheetFacts['titled'];
  rows: ListRow[];
  rejected: ListProblem<RejectionReason>[];
  withheld: ListProblem<WithheldReason>[];
  warnings: ListWarning[];
  /** Households that the list itself calls exits; neither rows nor rejected. */
  exits: ListExit[];
  /** Villages that are not written as in the division table. */
  spellings: Spelling[];
  households: number;
  persons: number;
  amountCents: number;
};

/** One sheet's households with all that is needed to judge them. */
export type SheetReading = {
  label: { sheet?: string };
  facts: SheetFacts;
  places: PlaceIndex;
  hasStartMonth: boolean;
  households: HouseholdReading[];
  exits: ExitReading[];
  totals: TotalRow[];
  strays: SheetRow[];
  reader: CellReader;
};

/**
 * Reads recipient lists from sheets: every row is accepted, rejected with a reason, or withheld from the web;
 * nothing is guessed. Throws SpreadsheetError `header-missing`, `name-column-missing`, `id-column-missing`,
 * `persons-header-missing`, `aid-type-missing`.
 */
export function parseList(sheets: Sheet[], context: ListContext): ParsedList {
  const { lists, personSheets, others } = sortSheets(splitSheets(forgetMarks(sheets)));
  const readings = readLists(lists, context);
  const [first] = readings;
  if (!first) throw new SpreadsheetError(findMissingColumn(others));
  const { period } = first.facts;
  const aidType = first.facts.aidType ?? readings.flatMap(listAidTypes)[0] ?? null;
  if (aidType === null) throw new SpreadsheetError('aid-type-missing');
  const persons = readPersonsBeside(context.persons, personSheets, period);
  const judged = checkHouseholds(readings, persons, context);
  const warnings: ListWarning[] = [...judged.warnings];
  for (const { name, hidden } of others) {
    warnings.push({ sheet: name, line: 1, reason: hidden ? 'sheet-hidden' : 'sheet-without-list' });
  }
  for (const { label, facts, hasStartMonth, reader, exits } of readings) {
    const line = reader.header.lastLine;
    if (facts.period === null) warnings.push({ ...label, line, reason: 'period-missing' });
    if (!hasStartMonth) warnings.push({ ...label, line, reason: 'start-month-missing' });
    if (!reader.has('amount')) warnings.push({ ...label, line, reason: 'amount-column-missing' });
    if (!namesPlaces(reader, facts)) {
      warnings.push({ ...label, line, reason: 'village-column-missing' });
    }
    for (const exit of exits) {
      if (!('problem' in exit.id)) continue;
      const reason = 'exit-id-unreadable';
      const column = columnOfReason(reader.header, reason);
      warnings.push({ ...label, line: exit.line, reason, ...column });
    }
  }
  const counted = judged.counted;
  for (const [at, { label, totals, reader }] of readings.entries()) {
    for (const line of findWrongTotals(totals, reader, counted[at] ?? [], counted.flat())) {
      warnings.push({ ...label, line, reason: 'totals-disagree' });
    }
  }
  warnings.push(...(persons?.warnings ?? []));
  const { rows, rejected } = judged;
  return {
    aidType,
    period,
    titled: first.facts.titled,
    rows,
    rejected,
    withheld: judged.withheld,
    warnings,
    exits: readings.flatMap(({ label, exits }) =>
      exits.flatMap(({ line, id, reason }) =>
        'problem' in id ? [] : [{ ...label, line, idNumber: id.idNumber, reason }],
      ),
    ),
    spellings: countSpellings(
      readings.flatMap(({ households }) => households.map((household) => household.place)),
    ),
    households: rows.length,
    persons: rows.reduce((total, row) => total + row.members, 0),
    amountCents: rows.reduce((total, row) => total + row.amountCents, 0),
  };
}

function readPersonsBeside(
  file: Sheet[] | undefined,
  sameFile: Sheet[],
  period: string | null,
): PersonsFile | null {
  if (file) return readPersons(file, period, true);
  return sameFile.length > 0 ? readPersons(sameFile, period, false) : null;
}

function readLists(lists: FoundList[], context: ListContext): SheetReading[] {
  const places = indexPlaces(context.regions, context.aliases);
  const names = new Set(lists.map(({ sheet }) => sheet.name));
  return lists.map(({ sheet, header }) => {
    const reader = createCellReader(sheet, header);
    const entries = readEntries(sheet, reader);
    const facts = readSheetFacts(sheet, header.firstLine, context, places);
    const common = {
      facts,
      places,
      date1904: sheet.date1904,
      asOf: context.asOf ?? null,
      onlyAidType: (context.onlyAidType && context.aidType) || null,
      listsMembers: entries.some(
        (entry) => entry.kind === 'household' && entry.memberRows.length > 0,
      ),
    };
    const households = entries.flatMap((entry) => {
      if (entry.kind !== 'household') return [];
      // What the row itself says is nearer than what was said of the whole list.
      const aidType = aidTypeOfRow(entry.row, reader) ?? facts.aidType;
      if (aidType === null) throw new SpreadsheetError('aid-type-missing');
      return [readHousehold(entry, reader, { ...common, aidType })];
    });
    return {
      label: names.size > 1 ? { sheet: sheet.name } : {},
      facts,
      places,
      hasStartMonth: reader.has('since'),
      households,
      exits: entries.flatMap((entry) =>
        entry.kind === 'exit' ? [readExit(entry.row, reader)] : [],
      ),
      totals: entries.filter((entry) => entry.kind === 'total'),
      strays: entries.flatMap((entry) => (entry.kind === 'stray' ? [entry.row] : [])),
      reader,
    };
  });
}

function listAidTypes({ households }: SheetReading): AidType[] {
  return households.map((household) => household.aidType);
}

/** What a row says of its own kind of aid; a file may hold several kinds. */
function aidTypeOfRow(row: SheetRow, reader: CellReader): AidType | null {
  for (const field of ['aidType', 'category'] as const) {
    const text = reader.text(row, field);
    // 特困户 is a grade of dibao in some counties, 五保转低保 a history.
    const aidType = /特困户|转/.test(text) ? null : aidTypeInText(text);
    if (aidType !== null) return aidType;
  }
  return null;
}
