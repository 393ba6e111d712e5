import type { Reader } from '#db/store.ts';
import {
  listBatchPlaces,
  listBodyNames,
  listNewestBatches,
  readLastBatchSeq,
} from '#db/queries/public-data.ts';
import type { NewestBatch } from '#db/queries/public-data.ts';
import type { PlaceEntry } from '#rules/publication.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { keyOf } from './export-state.ts';

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
 * The batches that stand on the site: of each body and aid type the newest approved period, and of two of
 * one period the one approved last. Where two bodies list the same place (a county and its township) the
 * newer list stands, so that no household is shown or counted twice.
 */
export async function listCurrentBatches(
  db: Reader,
  places: readonly PlaceEntry[],
): Promise<CurrentBatch[]> {
  const bodies = new Map((await listBodyNames(db)).map((body) => [body.code, body]));
  const newest = await keepLastApproved(db, await listNewestBatches(db));
  const parents = new Map(places.map((place) => [place.code, place.parentCode]));
  const current: CurrentBatch[] = [];
  for (const batch of newest) {
    const body = bodies.get(batch.bodyCode);
    const rivals = newest.filter(
      (other) =>
        other.aidType === batch.aidType &&
        isNewer(other, batch) &&
        mayOverlap(parents, body?.placeCode, bodies.get(other.bodyCode)?.placeCode),
    );
    const taken = await Promise.all(rivals.map((rival) => listBatchPlaces(db, rival.id)));
    const yields = new Set(taken.flat());
    const facts = {
      id: batch.id,
      aidType: batch.aidType as AidType,
      period: batch.period,
      publisher: body?.name ?? '',
      updatedOn: batch.decidedOn ?? batch.uploadedOn,
      salt: batch.salt,
    };
    current.push({ ...facts, yields, key: keyOf(facts, [...yields].sort()) });
  }
  return current;
}

/** Of several batches of one body, aid type and period: the one approved last. */
async function keepLastApproved(db: Reader, batches: NewestBatch[]): Promise<NewestBatch[]> {
  const groups = Map.groupBy(batches, (batch) => `${batch.bodyCode} ${batch.aidType}`);
  const kept: NewestBatch[] = [];
  for (const group of groups.values()) {
    const [only] = group;
    if (group.length === 1 && only) kept.push(only);
    else kept.push(...(await sortByApproval(db, group)).slice(0, 1));
  }
  return kept;
}

async function sortByApproval(db: Reader, batches: NewestBatch[]): Promise<NewestBatch[]> {
  const dated = await Promise.all(
    batches.map(async (batch) => ({ batch, seq: await readLastBatchSeq(db, batch.id) })),
  );
  const order = dated.toSorted(
    (a, b) =>
      (b.batch.decidedOn ?? '').localeCompare(a.batch.decidedOn ?? '') ||
      b.seq - a.seq ||
      b.batch.id.localeCompare(a.batch.id),
  );
  return order.map((entry) => entry.batch);
}

function isNewer(a: NewestBatch, b: NewestBatch): boolean {
  return orderOf(a) > orderOf(b);
}

function orderOf(batch: NewestBatch): string {
  return `${batch.period} ${batch.decidedOn ?? ''} ${batch.id}`;
}

/** Whether one of the bodies' places is the other's or lies below it. */
function mayOverlap(
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
