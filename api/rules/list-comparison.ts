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

/** Households of one village, against what stands on the site. */
export type VillageComparison = {
  placeCode: string;
  households: number;
  persons: number;
  amountCents: number;
  withheld: number;
  joined: number;
  left: number;
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
 * another village left the one and joined the other.
 */
export function compareLists(before: ComparedRow[], after: ComparedRow[]): VillageComparison[] {
  const places = new Set([...before, ...after].map((row) => row.placeCode));
  const old = groupRows(before);
  const now = groupRows(after);
  return [...places]
    .toSorted()
    .map((placeCode) =>
      compareVillage(placeCode, old.get(placeCode) ?? [], now.get(placeCode) ?? []),
    );
}

function compareVillage(
  placeCode: string,
  before: ComparedRow[],
  after: ComparedRow[],
): VillageComparison {
  const old = new Map(before.map((row) => [row.idMac, row]));
  const now = new Set(after.map((row) => row.idMac));
  const listed = after.filter((row) => row.visibility === 'listed');
  const stayed = after.filter((row) => old.has(row.idMac));
  return {
    placeCode,
    households: after.length,
    persons: sum(after, (row) => row.members),
    amountCents: sum(after, (row) => row.amountCents),
    withheld: after.length - listed.length,
    joined: after.length - stayed.length,
    left: before.filter((row) => !now.has(row.idMac)).length,
    changed: stayed.filter((row) => differs(row, old.get(row.idMac))).length,
    small: listed.length > 0 && listed.length < SMALL_VILLAGE,
    uniqueNames: countUnique(listed.map((row) => row.maskedName ?? '')),
  };
}

function differs(row: ComparedRow, old: ComparedRow | undefined): boolean {
  return row.members !== old?.members || row.amountCents !== old.amountCents;
}

function countUnique(names: string[]): number {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts.values()].filter((count) => count === 1).length;
}

function groupRows(rows: ComparedRow[]): Map<string, ComparedRow[]> {
  return Map.groupBy(rows, (row) => row.placeCode);
}

function sum<T>(rows: T[], value: (row: T) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}
