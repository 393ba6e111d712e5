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
};

/** A batch as it was exported. */
export type ExportedBatch = {
  /** Changes when anything a list takes from its batch does. */
  key: string;
  /** By code of the township. */
  sums: Record<string, BatchSum>;
};

/**
 * What the last publication exported. Without it, or where `source` differs, everything is exported anew;
 * files that come out the same are left alone either way.
 */
export type ExportState = {
  /** Build of the site and contents of the places file. */
  source: string;
  /** Single rows changed after this audit entry are not exported yet. */
  auditSeq: number;
  batches: Record<string, ExportedBatch>;
};

export async function readExportState(paths: PublishingPaths): Promise<ExportState | null> {
  const data = await readIfThere(paths.state);
  return data ? (JSON.parse(data.toString('utf8')) as ExportState) : null;
}

export async function stageExportState(paths: PublishingPaths, state: ExportState): Promise<void> {
  await writeStaged(paths.stagedState, `${JSON.stringify(state)}\n`);
}

export function keyOf(...parts: unknown[]): string {
  return sha256(JSON.stringify(parts)).slice(0, 32);
}
