import type { ParsedList } from './parse-list.ts';

/**
 * The shape of a parsed list that may be printed: no full name, no ID number. Every field is named here, so
 * that nothing else gets out.
 */
export function toPublicList(list: ParsedList) {
  return {
    households: list.households,
    persons: list.persons,
    amountCents: list.amountCents,
    rows: list.rows.map((row) => ({
      ...(row.sheet === undefined ? {} : { sheet: row.sheet }),
      line: row.line,
      town: row.town,
      village: row.village,
      maskedName: row.maskedName,
      aidType: row.aidType,
      members: row.members,
      amountCents: row.amountCents,
      since: row.since,
    })),
    rejected: list.rejected.map((each) => ({
      ...(each.sheet === undefined ? {} : { sheet: each.sheet }),
      line: each.line,
      reason: each.reason,
    })),
    withheld: list.withheld.map((row) => row.line),
    warnings: list.warnings.map((each) => ({
      ...(each.file === undefined ? {} : { file: each.file }),
      ...(each.sheet === undefined ? {} : { sheet: each.sheet }),
      line: each.line,
      reason: each.reason,
    })),
  };
}
