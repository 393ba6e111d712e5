import { z } from 'zod';
import { DESTINATIONS, type DestinationKind, type RoutingRow } from './routing-table.ts';
import type { AccusedRole } from './subjects.ts';
import { codesOf, MATTERS, PETITION_CLASSES, PROBLEM_TYPES, SUBJECT_ROLES } from './vocabulary.ts';

/**
 * The routing table as the county may edit it. What would be unsafe cannot be written: exclusions are no
 * part of it, some accused have a floor, and its last row takes whatever no other row takes.
 */

export const DESTINATION_LABELS: Record<DestinationKind, string> = {
  superior: '上级纪检监察机关',
  discipline: '本级纪检监察机关（驻组）',
  bureau: '县级民政部门',
  township: '乡镇（街道）',
};
export const MATTER_LABELS: Record<(typeof MATTERS)[number], string> = {
  discipline: '违纪违法',
  conduct: '推诿、不作为、态度差',
  process: '程序和公示',
  aid: '救助待遇和发放',
  phone: '投诉电话',
  overpub: '过度公开',
};
export const ACCUSED_LABELS: Record<AccusedRole, string> = {
  ...SUBJECT_ROLES,
  NOBODY: '没有反映具体人',
};

const MOST_ROWS = 60;
const words = z.string().trim().max(200, '不超过200字。');

/** One row as it may be written; a draft of several need not be safe yet. */
export const DraftRow = z.strictObject({
  accused: z.union([
    z.literal('any'),
    z
      .array(z.enum(codesOf(ACCUSED_LABELS)))
      .min(1, '至少选一类被反映人。')
      .readonly(),
  ]),
  matters: z.union([
    z.literal('any'),
    z.array(z.enum(MATTERS)).min(1, '至少选一类事项。').readonly(),
  ]),
  classes: z
    .array(z.enum(codesOf(PETITION_CLASSES)))
    .min(1)
    .readonly()
    .optional(),
  problems: z
    .array(z.enum(codesOf(PROBLEM_TYPES)))
    .min(1)
    .readonly()
    .optional(),
  unlessTownshipDecides: z.literal(true).optional(),
  to: z.enum(codesOf(DESTINATION_LABELS), '选择送到哪里。'),
  alongside: words.min(1).optional(),
  basis: words.min(1, '填写依据。'),
});

/** Accused who may be sent to nobody milder than this, whatever the matter. */
export const FLOORS: Partial<Record<AccusedRole, DestinationKind>> = {
  COUNTY_LEADER: 'superior',
  CIVIL_STAFF: 'discipline',
  TOWN_LEADER: 'discipline',
};

export const DraftRows = z.array(DraftRow).max(MOST_ROWS);

/** A whole table, safe; issues carry the row they concern, counted from 0. */
export const RoutingRows = z
  .array(DraftRow)
  .min(1, '至少要有一行。')
  .max(MOST_ROWS, `不超过${MOST_ROWS}行。`)
  .superRefine((rows, issues) => {
    for (const { at, message } of findUnsafeRows(rows)) {
      issues.addIssue({ code: 'custom', path: [at], message });
    }
  });

/** What makes a table unsafe or senseless, row by row. */
export function findUnsafeRows(rows: readonly RoutingRow[]): { at: number; message: string }[] {
  const last = rows.length - 1;
  const found = rows.flatMap((row, at) =>
    at < last && isCatchAll(row)
      ? [{ at, message: '这一行对任何线索都适用，后面的行都不起作用，只能放在最后。' }]
      : [],
  );
  const end = rows[last];
  if (end && !isCatchAll(end)) {
    found.push({
      at: last,
      message: '最后一行要对任何被反映人、任何事项、任何性质都适用，否则有的线索没有去处。',
    });
  }
  for (const [role, floor] of Object.entries(FLOORS) as [AccusedRole, DestinationKind][]) {
    for (const at of rowsReaching(rows, role)) {
      const to = rows[at]?.to ?? floor;
      if (DESTINATIONS.indexOf(to) <= DESTINATIONS.indexOf(floor)) continue;
      const message = `被反映人是${ACCUSED_LABELS[role]}的，要送${DESTINATION_LABELS[floor]}或者更高，不能送${DESTINATION_LABELS[to]}。`;
      found.push({ at, message });
    }
  }
  return found;
}

/** Rows that may decide about an accused of this role: up to the first that always does. */
function rowsReaching(rows: readonly RoutingRow[], role: AccusedRole): number[] {
  const reaching: number[] = [];
  for (const [at, row] of rows.entries()) {
    if (row.accused !== 'any' && !row.accused.includes(role)) continue;
    reaching.push(at);
    if (isUnconditional(row)) break;
  }
  return reaching;
}

function isCatchAll(row: RoutingRow): boolean {
  return row.accused === 'any' && isUnconditional(row);
}

function isUnconditional(row: RoutingRow): boolean {
  return row.matters === 'any' && !row.classes && !row.problems && !row.unlessTownshipDecides;
}

/** 初始版 is what the portal came with: nobody has saved a table yet. */
export function nameVersion(version: number): string {
  return version === 0 ? '初始版' : `第${version}版`;
}
