import { type Cell, EMPTY_CELL, isBlankText, textOfCell } from '#rules/cell.ts';
import { saysExit } from '#rules/exit-words.ts';
import type { Field } from '#rules/header-aliases.ts';
import { isHeadRelation, readName } from '#rules/recipient.ts';
import type { CellReader } from './cell-reader.ts';
import { isHeaderRow } from './find-header.ts';
import type { SheetRow } from './sheet.ts';

const TOTAL = /小计|合计|总计|共计|累计/;
const FOOTER = /制表|审核|填报|填表/;
const FOOTER_START = /^(经办人?|负责人|审批人?|复核人?|单位负责人|联系电话|说明|注|备注)[:：]/;
/** 联系电话：…, 分管领导：…: what a footer says, wherever it stands; no name, no ID number. */
const LABELLED = /^(?!.*身份证)\p{Script=Han}{2,8}(\([^)]*\))?[:：]/u;
/** What forms print below the last row. */
const NOTHING_FOLLOWS = /^(以下|此页|本页|以上)?(空白|无正文|无内容|无记录)$/;
/** The first row of a form, to show how it is filled in. */
const EXAMPLE = /^(填写|填报)?(示例|样例|举例|例)[:：]?$/;

/** True for a member's row that names, in columns of its own, another head than the rows before. */
export function startsHousehold(
  row: SheetRow,
  before: SheetRow | null,
  reader: CellReader,
): boolean {
  const { columns, head } = reader.header;
  const [name, id] = [columns.get('headName'), columns.get('headId')];
  if (name === undefined || id === undefined || name === head.name) return false;
  const keyOf = (each: SheetRow) => reader.text(each, 'headId') || reader.text(each, 'headName');
  return keyOf(row) !== '' && (before === null || keyOf(row) !== keyOf(before));
}

/** `head`: the head's columns stand beside empty ones of a member. */
export type RowKind = 'household' | 'head' | 'member' | 'total' | 'exit' | 'other';

export function classifyRow(row: SheetRow, reader: CellReader): RowKind {
  const { head } = reader.header;
  const nameCell = row.cells[head.name] ?? EMPTY_CELL;
  const name = textOfCell(nameCell);
  const id = head.id === null ? '' : textOfCell(row.cells[head.id] ?? EMPTY_CELL);
  const first = textOfCell(row.cells.find((cell) => cell.kind !== 'empty') ?? EMPTY_CELL);
  const labels = [reader.text(row, 'seq'), name];
  // A total may print a count where the ID number would be, a footer a phone number.
  const noId = isBlankText(id) || LABELLED.test(id);
  if (noId || !/\d{6}/.test(id)) {
    labels.push(id, first, ownText(row, reader, 'town'), ownText(row, reader, 'village'));
  }
  if (labels.some((label) => TOTAL.test(label))) return 'total';
  if (labels.some((label) => FOOTER.test(label))) return 'other';
  if (EXAMPLE.test(reader.text(row, 'seq'))) return 'other';
  const continues = reader.continued.has(row.line);
  if (noId && isNameless(nameCell)) {
    if (startsHousehold(row, null, reader)) return 'head';
    if (namesMemberBeside(row, reader)) return 'household';
    return isBlankText(reader.text(row, 'memberNames')) ? 'other' : 'member';
  }
  if (!/\d/.test(id) && LABELLED.test(name)) return 'other';
  if (noId && (FOOTER_START.test(first) || NOTHING_FOLLOWS.test(name))) return 'other';
  if (id === '' && isStrayNote(row, nameCell)) return 'other';
  if (isColumnNumbers(row) || isHeaderRow(row)) return 'other';
  const relation = reader.header.relationOfMembers ? '' : reader.text(row, 'relation');
  const exits = saysExit(reader.text(row, 'change'));
  const isMember = relation === '' ? continues : !isHeadRelation(relation);
  if (!isMember) return exits ? 'exit' : 'household';
  // A member who left while the household stays.
  return exits ? 'other' : 'member';
}

/** No name, or nothing but words in brackets: （盖章）. */
function isNameless(cell: Cell): boolean {
  const name = readName(cell);
  return 'problem' in name && name.problem === 'name-missing';
}

/** A sentence that happens to stand in the column of names. */
function isStrayNote(row: SheetRow, nameCell: Cell): boolean {
  const name = readName(nameCell);
  const filled = row.cells.filter((cell) => cell.kind !== 'empty').length;
  return filled <= 2 && 'problem' in name && name.problem === 'name-unreadable';
}

/** True where the head's cells are empty, but a member with an ID number stands beside them. */
function namesMemberBeside(row: SheetRow, { header }: CellReader): boolean {
  return header.members.some(({ name, id }) => {
    const isNamed = 'name' in readName(row.cells[name] ?? EMPTY_CELL);
    return isNamed && /\d{6}/.test(textOfCell(row.cells[id ?? -1] ?? EMPTY_CELL));
  });
}

function ownText(row: SheetRow, reader: CellReader, field: Field): string {
  return textOfCell(row.cells[reader.header.columns.get(field) ?? -1] ?? EMPTY_CELL);
}

const COLUMN_NUMBER =
  /^[(<]?\d{1,2}[)>]?$|^[甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]$|^[A-Z]{1,2}$|^栏次$|^非?(必填|选填)项?$|^(文本|数字|数值|日期)(型|格式)?$/;

/** The row of column numbers (1, 2, 3 … or 甲, 乙) or of hints (必填) that forms have under the header. */
function isColumnNumbers(row: SheetRow): boolean {
  const texts = row.cells.filter((cell) => cell.kind !== 'empty').map(textOfCell);
  return texts.length >= 4 && texts.every((text) => COLUMN_NUMBER.test(text));
}
