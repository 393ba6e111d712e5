import { writeXlsx } from 'hucre/xlsx';
import { checkCharacterOf } from '#rules/id-number.ts';
import type { Region } from '#rules/place-names.ts';
import { type ListContext, parseList } from '#spreadsheets/parse-list.ts';
import { readSheets } from '#spreadsheets/read-sheets.ts';

type Value = string | number | Date | null;
type Table = { name?: string; hidden?: boolean; rows: Value[][]; merges?: number[][] };

export const regions: Region[] = [
  { code: '1', name: '示范区', level: 'district', parentCode: null },
  { code: '11', name: '青山镇', level: 'town', parentCode: '1' },
  { code: '111', name: '柳树村', level: 'village', parentCode: '11' },
  { code: '112', name: '东河村', level: 'village', parentCode: '11' },
  { code: '12', name: '龙湾乡', level: 'town', parentCode: '1' },
  { code: '121', name: '东河村', level: 'village', parentCode: '12' },
];
const standard = { regionCode: '1', aidType: 'RURAL_DIBAO', areaType: 'rural' } as const;
export const standards = [
  { ...standard, amountCents: 64_000, effectiveFrom: '2025-07-01' },
  { ...standard, amountCents: 68_000, effectiveFrom: '2026-07-01' },
];
export const HEADER = [
  '序号',
  '乡镇',
  '村',
  '户主姓名',
  '身份证号',
  '家庭人口',
  '保障人口',
  '月保障金额(元)',
  '批准时间',
  '与户主关系',
  '备注',
];

export function idNumber(order: number, birth = '19600101'): string {
  const digits = `990101${birth}${String(order).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
}

/** A row of HEADER; `changes` by column name. */
export function row(order: number, changes: Record<string, Value> = {}): Value[] {
  const values: Record<string, Value> = {
    序号: order,
    乡镇: '青山镇',
    村: '柳树村',
    户主姓名: `王${'一二三四五六七八九'[order % 9]}明`,
    身份证号: idNumber(order),
    家庭人口: 1,
    保障人口: 1,
    '月保障金额(元)': 500,
    批准时间: '2021-06',
    ...changes,
  };
  return HEADER.map((name) => values[name] ?? null);
}

/** `merges` as [first line, last line, first column, last column], columns from 0. */
export async function parse(
  tables: Table[],
  context: Partial<ListContext> = {},
  dateSystem?: '1904',
) {
  const bytes = await writeXlsx({
    sheets: tables.map(({ name, hidden, rows, merges }) => ({
      name: name ?? '农村低保',
      rows,
      ...(hidden ? { hidden } : {}),
      merges: (merges ?? []).map(([from = 1, to = 1, startCol = 0, endCol = 0]) => ({
        startRow: from - 1,
        endRow: to - 1,
        startCol,
        endCol,
      })),
    })),
    ...(dateSystem ? { dateSystem } : {}),
  });
  return parseList(await readSheets(bytes), { regions, standards, period: '2026-10', ...context });
}

/** A list's problems without the columns they are about. */
export function withoutColumns<T extends { column?: string }>(problems: T[]) {
  return problems.map((problem) => {
    const copy = { ...problem };
    delete copy.column;
    return copy;
  });
}

export const lines = (items: { line: number }[]) => items.map((item) => item.line);
