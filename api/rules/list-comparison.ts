import { ROW_VISIBILITIES } from './list-lifecycle.ts';
import type { RowVisibility } from './list-lifecycle.ts';

/** A household of a list as it is compared with another month; `idMac` tells which household it is. */
export type ComparedRow = {
  idMac: string;
  placeCode: string;
  maskedName: string | null;
  members: number;
  amountCents: number;
  visibility: RowVisibility;
};

/** What is counted of households. */
export type RowSums = { households: number; persons: number; amountCents: number };

/** Households of one village, against the list they follow. */
export type VillageComparison = RowSums & {
  placeCode: string;
  withheld: number;
  before: RowSums;
  joined: number;
  left: number;
  /** Those of `left` that are in no other village of the list: each needs a reason. */
  exits: number;
  changed: number;
  /** Fewer listed households than SMALL_VILLAGE. */
  small: boolean;
  /** Masked names that stand once in the village: easier to guess. */
  uniqueNames: number;
};

/** Below this many listed households neighbours can tell who is meant. */
const SMALL_VILLAGE = 3;

/**
 * Counts, per village of either list, of a new list against the one it follows. A household that moved to
 * another village left the one and joined the other, which is no exit. `places` are named even where
 * neither list has anybody.
 */
export function compareLists(
  before: ComparedRow[],
  after: ComparedRow[],
  places: string[] = [],
): VillageComparison[] {
  const old = Map.groupBy(before.filter(isCounted), (row) => row.placeCode);
  const now = Map.groupBy(after.filter(isCounted), (row) => row.placeCode);
  const staying = new Set(after.map((row) => row.idMac));
  return [...new Set([...old.keys(), ...now.keys(), ...places])]
    .toSorted()
    .map((placeCode) =>
      compareVillage(placeCode, old.get(placeCode) ?? [], now.get(placeCode) ?? [], staying),
    );
}

function compareVillage(
  placeCode: string,
  before: ComparedRow[],
  after: ComparedRow[],
  staying: ReadonlySet<string>,
): VillageComparison {
  const { rows, gone } = matchRows(before, after);
  const listed = after.filter((row) => row.visibility === 'listed');
  return {
    placeCode,
    ...sumRows(after),
    withheld: after.length - listed.length,
    before: sumRows(before),
    joined: rows.filter(({ change }) => change === 'joined').length,
    left: gone.length,
    exits: gone.filter((row) => !staying.has(row.idMac)).length,
    changed: rows.filter(({ change }) => change === 'changed').length,
    small: listed.length > 0 && listed.length < SMALL_VILLAGE,
    uniqueNames: findUniqueNames(after).size,
  };
}

export const ROW_DIFFERENCES = { joined: '新增', changed: '变更', same: '相同' } as const;
export type RowDifference = keyof typeof ROW_DIFFERENCES;

/** The rows of one village beside those of the list before, and those that are there no longer. */
export function matchRows<T extends ComparedRow>(before: T[], after: T[]) {
  const old = new Map(before.map((row) => [row.idMac, row]));
  const now = new Set(after.map((row) => row.idMac));
  return {
    rows: after.map((row) => {
      const was = old.get(row.idMac) ?? null;
      return { row, was, change: differenceOf(row, was) };
    }),
    gone: before.filter((row) => !now.has(row.idMac)),
  };
}

function differenceOf(row: ComparedRow, was: ComparedRow | null): RowDifference {
  if (!was) return 'joined';
  const isSame = row.members === was.members && row.amountCents === was.amountCents;
  return isSame ? 'same' : 'changed';
}

/** Masked names that only one listed household of a village has. */
export function findUniqueNames(
  village: readonly Pick<ComparedRow, 'maskedName' | 'visibility'>[],
): Set<string> {
  const counts = new Map<string, number>();
  for (const { maskedName, visibility } of village) {
    if (maskedName === null || visibility !== 'listed') continue;
    counts.set(maskedName, (counts.get(maskedName) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([name, count]) => (count === 1 ? [name] : [])));
}

/** Whether a household of a list still counts as aided. */
export function isCounted({ visibility }: Pick<ComparedRow, 'visibility'>): boolean {
  return ROW_VISIBILITIES[visibility].isCounted;
}

export function sumRows(rows: readonly Pick<ComparedRow, 'members' | 'amountCents'>[]): RowSums {
  const sums = { households: rows.length, persons: 0, amountCents: 0 };
  for (const { members, amountCents } of rows) {
    sums.persons += members;
    sums.amountCents += amountCents;
  }
  return sums;
}
