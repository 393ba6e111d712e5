import { randomUUID } from 'node:crypto';
import { listNewestBatches } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import {
  findMatches,
  insertHits,
  listRelativesWithId,
  listWaitingBatchIds,
} from '#db/queries/relatives.ts';
import type { RelativeMatch } from '#db/queries/relatives.ts';
import type { Tx } from '#db/store.ts';

/** A member of a household beside its head: both by the keyed hashes of their ID numbers. */
type Member = { householdMac: string; idMac: string };

/**
 * Registered relatives in a list that came in just now, heads and members. Of members nothing is kept: they
 * are looked for while the file is in memory.
 */
export async function recordHitsOfList(
  tx: Tx,
  { id: batchId, aidType }: Pick<Batch, 'id' | 'aidType'>,
  members: Member[],
  foundOn: string,
): Promise<number> {
  const entries = await listRelativesWithId(
    tx,
    members.map(({ idMac }) => idMac),
  );
  const byId = Map.groupBy(entries, (entry) => entry.idMac);
  const amongMembers = members.flatMap(({ householdMac, idMac }) =>
    (byId.get(idMac) ?? []).map((entry) => ({
      relativeId: entry.id,
      batchId,
      householdMac,
      aidType,
    })),
  );
  return record(tx, [...(await findMatches(tx, [batchId])), ...amongMembers], foundOn);
}

/** Registered relatives among the heads in every list that stands or waits for its review. */
export async function recordHitsOfRegister(tx: Tx, foundOn: string): Promise<number> {
  const standing = (await listNewestBatches(tx)).map((batch) => batch.id);
  const batchIds = [...standing, ...(await listWaitingBatchIds(tx))];
  return record(tx, await findMatches(tx, batchIds), foundOn);
}

async function record(tx: Tx, matches: RelativeMatch[], foundOn: string): Promise<number> {
  const undecided = { status: 'open', decidedBy: null, decidedOn: null } as const;
  const hits = matches.map((match) => ({ ...match, ...undecided, id: randomUUID(), foundOn }));
  return insertHits(tx, hits);
}
