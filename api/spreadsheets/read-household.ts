import type { AmountReading } from '#rules/amount.ts';
import { EMPTY_CELL, textOfCell } from '#rules/cell.ts';
import { type IdReading, ageOn, readIdNumber } from '#rules/id-number.ts';
import type { PlaceIndex, PlaceReading } from '#rules/place-names.ts';
import {
  type Person,
  type RejectionReason,
  type WarningReason,
  type WithheldReason,
  comparableName,
  readName,
  saysDeceased,
} from '#rules/recipient.ts';
import { readStartMonth } from '#rules/start-month.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { checkIdentity } from './check-identity.ts';
import type { SheetFacts } from './list-facts.ts';
import type { CellReader } from './cell-reader.ts';
import type { HouseholdRows } from './list-rows.ts';
import { readCount } from './read-count.ts';
import {
  checkMemberRows,
  idCellOf,
  readListedMembers,
  readMemberRows,
  readSideways,
} from './read-members.ts';
import { columnAt } from './problem-columns.ts';
import { readPlace } from './read-place.ts';
import { findProtection } from './read-protection.ts';
import type { SheetRow } from './sheet.ts';

/** What a head's row and its member rows say, before the list is looked at as a whole. */
export type HouseholdReading = {
  line: number;
  seq: string;
  /** The printed id, readable or not, to match a persons file. */
  idText: string;
  id: IdReading;
  name: string;
  place: PlaceReading;
  members: number | null;
  family: number | null;
  aidType: AidType;
  cents: number | null;
  since: string | null;
  /** The first thing that stands against the row, in the order of the columns. */
  problem: RejectionReason | null;
  withheld: { reason: WithheldReason; column?: string } | null;
  memberPersons: Person[];
  memberRowCount: number;
  /** For comparison within the list only; leaves it never. */
  account: string;
  warnings: { line: number; reason: WarningReason; column?: string }[];
};

export type ReadingContext = {
  facts: SheetFacts;
  places: PlaceIndex;
  date1904: boolean;
  /** Civil date on which ages are taken where the list has no period. */
  asOf: string | null;
  aidType: AidType;
  /** All rows of the list must be of this kind. */
  onlyAidType: AidType | null;
  /** The list names members below their heads: a head alone is a household of one. */
  listsMembers: boolean;
};

export function readHousehold(
  entry: HouseholdRows,
  reader: CellReader,
  context: ReadingContext,
): HouseholdReading {
  const { row, memberRows } = entry;
  const head = entry.head ?? reader.header.head;
  const name = readName(row.cells[head.name] ?? EMPTY_CELL);
  const idCell = entry.head ? (row.cells[head.id ?? -1] ?? EMPTY_CELL) : idCellOf(row, reader);
  const id = readIdNumber(idCell);
  const place = readPlace(row, reader, context.facts, context.places);
  const sideways = readSideways(row, reader, id);
  const listed = readListedMembers(row, reader, 'problem' in name ? '' : name.name);
  const family = readCount(reader.text(row, 'family'));
  const members = countMembers(
    entry,
    reader,
    { count: sideways.persons.length + listed.length, unclear: sideways.unclear },
    family,
    context,
  );
  const amount = reader.amount(row);
  const since = readStartMonth(reader.cell(row, 'since'), context.date1904);
  const problems = [
    'problem' in name && name.problem,
    'problem' in id && id.problem,
    isBornLater(id, context) && ('id-date' as const),
    'problem' in place && place.problem,
    context.onlyAidType !== null &&
      context.aidType !== context.onlyAidType &&
      ('aid-type-other' as const),
    members === null && ('members-missing' as const),
    'problem' in amount && amount.problem,
    !entry.head && haveOwnAmounts(memberRows, amount, reader) && ('amount-per-person' as const),
    reader.has('since') && since === null && ('date-unreadable' as const),
  ];
  const reading: HouseholdReading = {
    line: row.line,
    seq: reader.text(row, 'seq'),
    idText: textOfCell(idCell).toUpperCase(),
    id,
    name: 'problem' in name ? '' : name.name,
    place,
    members,
    family,
    aidType: context.aidType,
    cents: 'problem' in amount ? null : amount.cents,
    since,
    problem: problems.find((problem) => problem !== false) ?? null,
    withheld: readWithholding(entry, reader, id, context),
    memberPersons: [...sideways.persons, ...listed, ...readMemberRows(memberRows, reader)],
    memberRowCount: memberRows.length === 0 ? 0 : memberRows.length + listed.length,
    account: readAccount(reader, row),
    warnings: sideways.warnings,
  };
  // Where the head has columns of its own, sex and age beside it are the member's.
  for (const each of entry.head ? memberRows : [row, ...memberRows]) {
    const readingId = each === row && !entry.head ? id : readIdNumber(idCellOf(each, reader));
    const [sex, age] = [reader.text(each, 'sex'), reader.text(each, 'age')];
    for (const reason of checkIdentity(readingId, sex, age, context.facts.period)) {
      reading.warnings.push({ line: each.line, reason });
    }
  }
  reading.warnings.push(...checkMemberRows(memberRows, reader));
  const holder = comparableName(reader.text(row, 'holder'));
  if (holder !== '' && !/^(本人|同上|户主)$/.test(holder) && holder !== reading.name) {
    warn(reading, 'payee-differs');
  }
  if (!('problem' in id) && id.fifteenDigits) warn(reading, 'id-15-digit');
  if ('alias' in place && place.alias) warn(reading, 'village-alias');
  if (since !== null && context.facts.period !== null && since > context.facts.period) {
    warn(reading, 'start-month-later');
  }
  const note = 'problem' in name ? '' : name.note;
  if (saysDeceased(reader.text(row, 'remark')) || saysDeceased(note)) {
    warn(reading, 'deceased-noted');
  }
  if (row.hidden) warn(reading, 'row-hidden');
  return reading;
}

function warn(reading: HouseholdReading, reason: WarningReason): void {
  reading.warnings.push({ line: reading.line, reason });
}

/** True where members have other amounts than the head: nobody says what the household's is. */
function haveOwnAmounts(members: SheetRow[], head: AmountReading, reader: CellReader): boolean {
  return members.some((row) => {
    const own = reader.amount(row);
    return 'cents' in own && own.cents > 0 && 'cents' in head && own.cents !== head.cents;
  });
}

function countMembers(
  entry: HouseholdRows,
  reader: CellReader,
  beside: { count: number; unclear: boolean },
  family: number | null,
  context: ReadingContext,
): number | null {
  if (reader.has('insured')) return readCount(reader.text(entry.row, 'insured'));
  if (reader.header.members.length > 0) {
    return beside.unclear ? null : 1 + beside.count;
  }
  const isCounted = context.listsMembers && !reader.has('family');
  if (entry.memberRows.length > 0 || isCounted) return 1 + beside.count + entry.memberRows.length;
  // 特困 is granted to persons, one a row.
  if (!reader.has('family') && context.aidType === 'TEKUN') return 1;
  return family;
}

function readWithholding(
  { row, memberRows, head }: HouseholdRows,
  reader: CellReader,
  id: IdReading,
  context: ReadingContext,
): HouseholdReading['withheld'] {
  const { header } = reader;
  const day = context.facts.period ? `${context.facts.period}-01` : context.asOf;
  if (!('problem' in id) && day !== null && ageOn(id.birth, day) < 18) {
    return { reason: 'minor-head', ...columnAt(head?.id ?? header.head.id ?? 0) };
  }
  for (const each of [row, ...memberRows]) {
    const column = findProtection(each, reader);
    // A member's row is not the line that is withheld.
    if (column !== null) return { reason: 'protected', ...(each === row && columnAt(column)) };
  }
  return null;
}

function isBornLater(id: IdReading, context: ReadingContext): boolean {
  const { period } = context.facts;
  return !('problem' in id) && period !== null && id.birth > `${period}-31`;
}

/** Account numbers with all their digits; a number cell or scientific notation has lost some. */
function readAccount(reader: CellReader, row: SheetRow): string {
  const cell = reader.cell(row, 'account');
  const text = textOfCell(cell);
  return /^\d{8,25}$/.test(text) && (cell.kind === 'text' || text.length <= 15) ? text : '';
}
