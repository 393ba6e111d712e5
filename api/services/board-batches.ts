import type { Context } from '#api/context.ts';
import { listStandingBatches } from '#publishing/current-batches.ts';
import { readExportState } from '#publishing/export-state.ts';
import { publishingPaths } from '#publishing/paths.ts';
import type { ListKind } from '#rules/list-kinds.ts';
import type { PublicReader } from '#rules/publication.ts';
import type { AidType } from '#rules/vocabulary.ts';

/** What boards need beside the store: what stands on the site. */
export type BoardContext = Context & { read: PublicReader };

/** A list or a running notice that stands on the site. */
export type BoardBatch = {
  id: string;
  kind: ListKind;
  aidType: AidType;
  /** Of a list: its month. */
  period: string | null;
  /** Of a notice: its term in epoch milliseconds, the end exclusive. */
  startsAt: number | null;
  endsAt: number | null;
  /** The day of its approval. */
  approvedOn: string;
  yields: ReadonlySet<string>;
};

/** The lists and running notices that the last publication brought to the site and nobody withdrew since. */
export async function listBoardBatches(context: BoardContext): Promise<BoardBatch[]> {
  const { db, read, config, now } = context;
  const state = await readExportState(publishingPaths(config.dataDir));
  const current = state ? await listStandingBatches(db, state) : [];
  const lists = current.map(({ id, aidType, period, updatedOn, yields }) => ({
    id,
    kind: 'LIST' as const,
    aidType,
    period,
    startsAt: null,
    endsAt: null,
    approvedOn: updatedOn,
    yields,
  }));
  const notices = ((await read('notices'))?.notices ?? [])
    .filter(({ state: each, endsAt }) => each === 'running' && endsAt > now())
    .map(({ notice, kind, aidType, startsAt, endsAt, updatedOn }) => ({
      id: notice,
      kind,
      aidType,
      period: null,
      startsAt,
      endsAt,
      approvedOn: updatedOn,
      yields: new Set<string>(),
    }));
  return [...notices, ...lists];
}
