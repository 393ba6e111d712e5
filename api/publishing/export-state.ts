import { sha256, readIfThere, writeStaged } from './disk.ts';
import type { PublishingPaths } from './paths.ts';

/** Households, persons and money of a batch in one township (or at the county itself: its code). */
export type BatchSum = {
  households: number;
  persons: number;
  /** Of listed rows. */
  listedCents: number;
  allCents: number;
  /** Against the list before; null where none is known. */
  joined: number | null;
  left: number | null;
  /** Villages whose board is to show it. */
  boards: number;
};

/** A batch as it was exported. */
export type ExportedBatch = {
  /** Changes when anything a list takes from its batch does. */
  key: string;
  /** By code of the township. */
  sums: Record<string, BatchSum>;
  /** Places for which another list stands instead. */
  yields: string[];
};

/**
 * What the last publication exported. Without it, or where `source` or `build` differs, everything is
 * exported anew; files that come out the same are left alone either way.
 */
export type ExportState = {
  version: typeof VERSION;
  /** Contents of the places file. */
  source: string;
  /** Build of the site. */
  build: string;
  /** Below so many households a list showed counts only. */
  countsOnlyBelow: number;
  /** Single rows changed after this audit entry are not exported yet. */
  auditSeq: number;
  /** Lists decided after this one do not count for their months yet. */
  historySeq: number;
  /** Long-term lists, in the order of the export. */
  batches: Record<string, ExportedBatch>;
  /** Key of each notice that the site tells of, by id. */
  notices: Record<string, string>;
  /** End of each notice whose names are on the site. */
  running: Record<string, number>;
};
const VERSION = 3;

/** Null where there is none, or one of another version of the code. */
export async function readExportState(paths: PublishingPaths): Promise<ExportState | null> {
  const data = await readIfThere(paths.state);
  const state = data ? (JSON.parse(data.toString('utf8')) as ExportState) : null;
  return state?.version === VERSION ? state : null;
}

export function stageExportState(
  paths: PublishingPaths,
  state: Omit<ExportState, 'version'>,
): void {
  writeStaged(paths.stagedState, `${JSON.stringify({ version: VERSION, ...state })}\n`);
}

export function keyOf(...parts: unknown[]): string {
  return sha256(JSON.stringify(parts)).slice(0, 32);
}

/** Batches with names that may stand on the pages of the places looked at again. */
export function findTouched(
  batches: Record<string, ExportedBatch>,
  places: readonly { town: string | null }[],
): string[] {
  const towns = new Set(places.map((place) => place.town));
  return Object.keys(batches).filter((id) =>
    Object.keys(batches[id]?.sums ?? {}).some((town) => towns.has(town)),
  );
}
