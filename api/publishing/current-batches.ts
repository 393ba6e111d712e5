import type { Reader } from '#db/store.ts';
import { listNewestBatches } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listApprovedAmong } from '#db/queries/notices.ts';
import { listBatchPlaces } from '#db/queries/public-data.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { keyOf } from './export-state.ts';
import type { ExportState } from './export-state.ts';

/** A batch that stands on the site. */
export type CurrentBatch = {
  id: string;
  aidType: AidType;
  period: string;
  publisher: string;
  updatedOn: string;
  salt: string;
  /** Places for which another body's newer list stands instead. */
  yields: ReadonlySet<string>;
  key: string;
};

/**
 * The batches that stand on the site. Where two bodies list the same place (a county and its township)
 * the newer list stands, so that no household is shown or counted twice.
 */
export async function listCurrentBatches(
  db: Reader,
  places: readonly PlaceEntry[],
): Promise<CurrentBatch[]> {
  // Ended ones too: an old list keeps its publisher.
  const bodies = new Map((await listBodies(db)).map((body) => [body.code, body]));
  const newest = await listNewestBatches(db);
  const parents = new Map(places.map((place) => [place.code, place.parentCode]));
  const current: CurrentBatch[] = [];
  for (const [index, batch] of newest.entries()) {
    const body = bodies.get(batch.bodyCode);
    const rivals = newest
      .slice(0, index)
      .filter(
        (other) =>
          other.aidType === batch.aidType &&
          mayOverlap(parents, body?.placeCode, bodies.get(other.bodyCode)?.placeCode),
      );
    const taken = await Promise.all(rivals.map((rival) => listBatchPlaces(db, rival.id)));
    const yields = new Set(taken.flat());
    const facts = factsOf(batch, body);
    current.push({ ...facts, yields, key: keyOf(facts, [...yields].sort()) });
  }
  return current;
}

/**
 * The batches that were on the site after the last publication and are approved still. Where one gave way
 * to another it goes on doing so: nothing appears that was not there.
 */
export async function listStandingBatches(
  db: Reader,
  before: Pick<ExportState, 'batches'>,
): Promise<CurrentBatch[]> {
  const bodies = new Map((await listBodies(db)).map((body) => [body.code, body]));
  const found = await listApprovedAmong(db, Object.keys(before.batches));
  const approved = new Map(found.map((batch) => [batch.id, batch]));
  return Object.entries(before.batches).flatMap(([id, { key, yields }]) => {
    const batch = approved.get(id);
    if (!batch) return [];
    return [{ ...factsOf(batch, bodies.get(batch.bodyCode)), yields: new Set(yields), key }];
  });
}

function factsOf(batch: Batch, body: { name: string } | undefined) {
  return {
    id: batch.id,
    aidType: batch.aidType as AidType,
    period: batch.period,
    publisher: body?.name ?? '',
    updatedOn: batch.decidedOn ?? batch.uploadedOn,
    salt: batch.salt,
  };
}

/** Whether one of the bodies' places is the other's or lies below it. */
export function mayOverlap(
  parents: ReadonlyMap<string, string | null>,
  one: string | undefined,
  other: string | undefined,
): boolean {
  return one === undefined || other === undefined || isIn(one, other) || isIn(other, one);

  function isIn(place: string, area: string): boolean {
    for (let code: string | null | undefined = place; code; code = parents.get(code)) {
      if (code === area) return true;
    }
    return false;
  }
}
