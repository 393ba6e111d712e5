import { EMPTY_CELL, textOfCell } from '#rules/cell.ts';
import { readIdNumber } from '#rules/id-number.ts';
import { type Person, type WarningReason, isHeadRelation, readName } from '#rules/recipient.ts';
import { checkIdentity } from './check-identity.ts';
import { SpreadsheetError } from './errors.ts';
import { findHeader } from './find-header.ts';
import { createCellReader } from './cell-reader.ts';
import { columnOfReason } from './problem-columns.ts';
import { findProtection } from './read-protection.ts';
import type { Sheet, SheetRow } from './sheet.ts';

/** Where a person stands: `file` marks a persons file of its own. */
type PersonSource = { file?: 'persons'; sheet?: string };
type PersonWarning = PersonSource & { line: number; reason: WarningReason; column?: string };

/** The persons of one household, the head among them. */
export type PersonsOfHousehold = {
  first: PersonSource & { line: number; column?: string };
  count: number;
  others: Person[];
  isProtected: boolean;
};

export type PersonsFile = {
  /** By 户主身份证号: the 18 characters, or the text as printed where it is no ID number. */
  households: Map<string, PersonsOfHousehold>;
  warnings: PersonWarning[];
};

/** Reads the persons (layout A) beside a list of households, from a file of their own or from the same file. */
export function readPersons(sheets: Sheet[], period: string | null, ownFile: boolean): PersonsFile {
  const file: PersonsFile = { households: new Map(), warnings: [] };
  const lists = sheets.flatMap((sheet) => {
    const header = sheet.hidden ? null : findHeader(sheet);
    return header?.columns.has('headId') ? [{ sheet, header }] : [];
  });
  if (lists.length === 0) throw new SpreadsheetError('persons-header-missing');
  for (const { sheet, header } of lists) {
    // Several rows of persons may share one merged cell for their head.
    const reader = createCellReader(sheet, header, ['headId']);
    const source: PersonSource = {
      ...(ownFile ? { file: 'persons' } : {}),
      ...(lists.length > 1 || !ownFile ? { sheet: sheet.name } : {}),
    };
    for (const row of sheet.rows) {
      if (row.line > header.lastLine) readPersonRow(row, reader, file, source, period);
    }
  }
  return file;
}

function readPersonRow(
  row: SheetRow,
  reader: ReturnType<typeof createCellReader>,
  file: PersonsFile,
  source: PersonSource,
  period: string | null,
): void {
  // 家庭成员姓名, 家庭成员身份证号: every person is called a member, the head too.
  const nameField = reader.has('name') ? 'name' : 'memberNames';
  const idField = reader.has('idNumber') ? 'idNumber' : 'memberIds';
  const name = readName(reader.cell(row, nameField));
  const idText = reader.text(row, idField);
  if (
    ('problem' in name && name.problem === 'name-missing') ||
    reader.text(row, 'seq').endsWith('计')
  ) {
    if (idText === '') return;
  }
  const { header } = reader;
  const id = readIdNumber(reader.cell(row, idField));
  const isHead = isHeadRelation(reader.text(row, 'relation'));
  const warn = (reason: WarningReason) => {
    const column = columnOfReason(header, reason);
    file.warnings.push({ ...source, line: row.line, reason, ...column });
  };
  const [sex, age] = [reader.text(row, 'sex'), reader.text(row, 'age')];
  for (const reason of checkIdentity(id, sex, age, period)) warn(reason);
  // A head's number is reported where the household stands.
  if ('problem' in id && !isHead) {
    warn(id.problem === 'id-missing' ? 'member-id-missing' : 'member-id-invalid');
  }
  const headCell = reader.cell(row, 'headId');
  // The head's own number will do where the column repeats it badly or not at all.
  const key = isHead && 'problem' in readIdNumber(headCell) ? idText : textOfCell(headCell);
  const household = file.households.get(householdKey(key)) ?? {
    first: { ...source, line: row.line, ...columnOfReason(header, 'household-missing') },
    count: 0,
    others: [],
    isProtected: false,
  };
  household.count += 1;
  if (!isHead) {
    household.others.push({
      name: 'problem' in name ? '' : name.name,
      idNumber: 'problem' in id ? null : id.idNumber,
    });
  }
  if (findProtection(row, reader) !== null) {
    household.isProtected = true;
    household.first = { ...household.first, line: row.line };
  }
  file.households.set(householdKey(key), household);
}

/** The key under which a household's persons stand, for an ID as printed. */
export function householdKey(printed: string): string {
  const text = printed.toUpperCase();
  const id = readIdNumber(text === '' ? EMPTY_CELL : { kind: 'text', value: text });
  return 'problem' in id ? text : id.idNumber;
}
