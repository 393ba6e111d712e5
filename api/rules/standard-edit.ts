import { z } from 'zod';
import { isImplausible } from './aid-standard.ts';
import { readAmount } from './amount.ts';
import { addDays, formatDate, isDate } from './civil-date.ts';
import { cleanLine } from './text.ts';
import { AID_TYPES, AREA_TYPES, codesOf } from './vocabulary.ts';
import type { AidType, AreaType } from './vocabulary.ts';

/** What a standard is for. */
export type StandardKind = { aidType: AidType; areaType: AreaType };
export type StandardRow = StandardKind & {
  id: string;
  amountCents: number;
  effectiveFrom: string;
  documentNumber: string;
};

/** 城市低保 is for towns and 农村低保 for the country; what is paid once has no standard a month. */
export const STANDARD_KINDS: readonly StandardKind[] = (
  [
    ['URBAN_DIBAO', ['urban']],
    ['RURAL_DIBAO', ['rural']],
    ['TEKUN', ['urban', 'rural']],
    ['EDGE', ['urban', 'rural']],
  ] as const
).flatMap(([aidType, areas]) => areas.map((areaType) => ({ aidType, areaType })));

/** 城市低保 and 农村低保 say themselves which area they are for. */
export function nameStandard({ aidType, areaType }: StandardKind): string {
  const areas = STANDARD_KINDS.filter((kind) => kind.aidType === aidType);
  if (areas.length === 1 && areas[0]?.areaType === areaType) return AID_TYPES[aidType];
  return `${AID_TYPES[aidType]}（${AREA_TYPES[areaType]}）`;
}

/** Aid of this form is older than its standards on the web. */
const FIRST_DAY = '1993-01-01';
const DAYS_AHEAD = 2 * 366;
const LARGE_CHANGE = 0.5;

const amount = z.string().transform((text, context) => {
  const read = readAmount({ kind: 'text', value: text });
  if ('cents' in read && read.cents > 0) return read.cents;
  const message = 'cents' in read ? '金额要大于0。' : '填写每人每月的金额，例如 680 或 680.50。';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** What staff fill in for an amount. */
export const StandardFields = z.strictObject({
  amount,
  effectiveFrom: z.string().trim().refine(isDate, '填写日期，例如 2026-07-01。'),
  documentNumber: z
    .string()
    .transform(cleanLine)
    .refine((value) => value !== '', '填写文号。')
    .refine((value) => value.length <= 60, '文号不超过60个字。'),
});
export type StandardFields = z.infer<typeof StandardFields>;

export const StandardKindField = z.strictObject({
  aidType: z.enum(codesOf(AID_TYPES), '选择救助类型和地区。'),
  areaType: z.enum(codesOf(AREA_TYPES), '选择救助类型和地区。'),
});

/**
 * What cannot be right about an amount among the others of its kind. `isEarlier`: it is said to be one of
 * before, entered to complete the history.
 */
export function findStandardErrors(
  fields: StandardFields,
  others: readonly StandardRow[],
  isEarlier: boolean,
): Partial<Record<'effectiveFrom', string>> {
  const { effectiveFrom } = fields;
  if (effectiveFrom < FIRST_DAY) return { effectiveFrom: '这个日期太早，核对年份。' };
  const same = others.find((row) => row.effectiveFrom === effectiveFrom);
  if (same) {
    const day = formatDate(effectiveFrom);
    return { effectiveFrom: `${day}起已经有一条标准。那一条有误的，请更正那一条。` };
  }
  const newest = latestOf(others);
  if (newest && effectiveFrom < newest.effectiveFrom && !isEarlier) {
    const day = formatDate(newest.effectiveFrom);
    return {
      effectiveFrom: `比最新的一条（${day}起）还早。确实是补录以前的标准，请勾选“补录以前的标准”。`,
    };
  }
  return {};
}

/** What may be right and has to be looked at once more. */
export function findStandardDoubts(
  kind: StandardKind,
  fields: StandardFields,
  others: readonly StandardRow[],
  today: string,
): string[] {
  const { amount: cents, effectiveFrom } = fields;
  const doubts: string[] = [];
  const before = latestOf(others.filter((row) => row.effectiveFrom < effectiveFrom));
  const after = earliestOf(others.filter((row) => row.effectiveFrom > effectiveFrom));
  for (const [row, word] of [
    [before, '前一条'],
    [after, '后一条'],
  ] as const) {
    if (!row) continue;
    const change = cents / row.amountCents - 1;
    if (Math.abs(change) > LARGE_CHANGE) {
      const direction = change > 0 ? '高' : '低';
      doubts.push(
        `比${word}（${(row.amountCents / 100).toFixed(2)}元）${direction}${Math.round(Math.abs(change) * 100)}%，核对一下是不是多写或者少写了一位。`,
      );
    } else if (word === '前一条' && change < 0) {
      doubts.push(`比前一条（${(row.amountCents / 100).toFixed(2)}元）低，核对一下。`);
    }
  }
  if (isImplausible({ aidType: kind.aidType, members: 1, amountCents: cents })) {
    doubts.push('金额特别大，核对单位是不是元、是不是每人每月。');
  }
  if (effectiveFrom > addDays(today, DAYS_AHEAD)) doubts.push('施行日期在两年以后，核对年份。');
  return doubts;
}

function latestOf(rows: readonly StandardRow[]): StandardRow | undefined {
  return rows.toSorted((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom))[0];
}

function earliestOf(rows: readonly StandardRow[]): StandardRow | undefined {
  return rows.toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))[0];
}
