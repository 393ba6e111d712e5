import { ACCUSED_LABELS, MATTER_LABELS } from '#rules/routing-rows.ts';
import type { RoutingRow } from '#rules/routing-table.ts';
import { PETITION_CLASSES, PROBLEM_TYPES } from '#rules/vocabulary.ts';
import type { Option } from '#site/lib/fields.ts';

/** Whom a row is about. */
export function describeAccused({ accused }: RoutingRow): string {
  if (accused === 'any') return '不论是谁';
  return accused.map((role) => ACCUSED_LABELS[role]).join('、');
}

/** What a row is about, one condition a line. */
export function describeMatter(row: RoutingRow): string[] {
  const { matters, classes, problems } = row;
  return [
    matters === 'any' ? '不论什么事' : matters.map((matter) => MATTER_LABELS[matter]).join('、'),
    classes ? `性质是${classes.map((each) => PETITION_CLASSES[each]).join('、')}` : '',
    problems ? `问题只有${problems.map((code) => PROBLEM_TYPES[code].label).join('、')}` : '',
    row.unlessTownshipDecides ? '乡镇自己确认或已经拒绝的除外' : '',
  ].filter(Boolean);
}

export function optionsOf(labels: Record<string, string>): Option[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}

export const PROBLEM_OPTIONS: Option[] = Object.entries(PROBLEM_TYPES).map(
  ([value, { label }]) => ({
    value,
    label,
  }),
);
