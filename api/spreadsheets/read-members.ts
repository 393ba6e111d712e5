import { type Cell, EMPTY_CELL, textOfCell } from '#rules/cell.ts';
import { type IdProblem, type IdReading, readIdNumber } from '#rules/id-number.ts';
import { type Person, type WarningReason, readName } from '#rules/recipient.ts';
import type { CellReader } from './cell-reader.ts';
import { columnAt } from './problem-columns.ts';
import type { SheetRow } from './sheet.ts';

type MemberWarning = { line: number; reason: WarningReason; column?: string };

/**
 * Members beside the head in one row: layout C. The head named once more is no member; `unclear` where a cell
 * names two or a person stands under no heading, so that nobody can say how many they are.
 */
export function readSideways(row: SheetRow, reader: CellReader, head: IdReading) {
  let unclear = hasUnheadedPerson(row, reader);
  const persons: Person[] = [];
  const warnings: MemberWarning[] = [];
  for (const columns of reader.header.members) {
    const name = readName(row.cells[columns.name] ?? EMPTY_CELL);
    if ('problem' in name && name.problem === 'name-missing') continue;
    const id = readIdNumber(
      columns.id === null ? EMPTY_CELL : (row.cells[columns.id] ?? EMPTY_CELL),
    );
    const isHead = !('problem' in id) && !('problem' in head) && id.idNumber === head.idNumber;
    if (isHead) continue;
    unclear ||= 'problem' in name && name.problem === 'name-several';
    persons.push(personOf('problem' in name ? '' : name.name, id));
    if (columns.id === null || !('problem' in id)) continue;
    warnings.push({
      line: row.line,
      reason: memberWarning(id.problem),
      ...columnAt(columns.id),
    });
  }
  return { persons, warnings, unclear };
}

function hasUnheadedPerson({ cells }: SheetRow, { header }: CellReader): boolean {
  if (header.members.length === 0) return false;
  return cells.some(
    (cell, at) =>
      !header.headed.has(at) && cell.kind === 'text' && !('problem' in readIdNumber(cell)),
  );
}

/** The cell with the ID number of the person a row is about. */
export function idCellOf(row: SheetRow, reader: CellReader): Cell {
  const { head } = reader.header;
  const own = row.cells[head.id ?? -1] ?? EMPTY_CELL;
  const isMember = own.kind === 'empty' && textOfCell(row.cells[head.name] ?? EMPTY_CELL) === '';
  return isMember ? reader.cell(row, 'memberIds') : own;
}

export function checkMemberRows(rows: SheetRow[], reader: CellReader): MemberWarning[] {
  return rows.flatMap((row) => {
    const id = readIdNumber(idCellOf(row, reader));
    return 'problem' in id ? [{ line: row.line, reason: memberWarning(id.problem) }] : [];
  });
}

function memberWarning(problem: IdProblem): WarningReason {
  return problem === 'id-missing' ? 'member-id-missing' : 'member-id-invalid';
}

export function readMemberRows(rows: SheetRow[], reader: CellReader): Person[] {
  return rows.map((row) => {
    const own = row.cells[reader.header.head.name] ?? EMPTY_CELL;
    const name = readName(textOfCell(own) === '' ? reader.cell(row, 'memberNames') : own);
    return personOf('problem' in name ? '' : name.name, readIdNumber(idCellOf(row, reader)));
  });
}

/** Members other than the head in one cell, parted by commas: 家庭成员姓名, 家庭成员身份证号. */
export function readListedMembers(row: SheetRow, reader: CellReader, head: string): Person[] {
  const split = (text: string) => text.split(/[,、;/]/).filter((part) => part !== '');
  const ids = split(reader.text(row, 'memberIds'));
  const persons = split(reader.text(row, 'memberNames')).map((value, at) => {
    const name = readName({ kind: 'text', value });
    const id = readIdNumber({ kind: 'text', value: ids[at] ?? '' });
    return personOf('problem' in name ? '' : name.name, id);
  });
  return persons.filter((person) => person.name === '' || person.name !== head);
}

function personOf(name: string, id: IdReading): Person {
  return { name, idNumber: 'problem' in id ? null : id.idNumber };
}
