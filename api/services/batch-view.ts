import type { Actor, Context } from '#api/context.ts';
import { listBatchCounts } from '#db/queries/batch-counts.ts';
import { listNewestBatches } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { findListBefore, listComparedRows } from '#db/queries/list-comparison.ts';
import { readFirstRowId } from '#db/queries/list-rows.ts';
import { listExitsOf } from '#db/queries/list-exits.ts';
import { listSealedOf } from '#db/queries/sealed-files.ts';
import type { Reader } from '#db/store.ts';
import { readChecks } from '#rules/disclosure-review.ts';
import { compareLists } from '#rules/list-comparison.ts';
import type { VillageComparison } from '#rules/list-comparison.ts';
import { isNotice } from '#rules/list-kinds.ts';
import { isOpenTo } from '#rules/list-lifecycle.ts';
import { openSealed } from '#sealing/age.ts';
import { readVillageRows } from './batch-rows.ts';
import { findBatch, scopeOf } from './list-access.ts';
import { identitiesOf } from './list-keys.ts';
import { maySetExits } from './list-exits.ts';
import { askAboutProtection } from './protection-review.ts';
import { readListNames, readPlaceNames, summariseBatch } from './list-names.ts';

/**
 * What a reviewer looks at: counts and differences per village against what is published, and the
 * masked rows of one village.
 */
export async function readBatchView(
  context: Context,
  actor: Actor,
  id: string,
  { place: placeCode, rows: rowPage }: { place?: string | undefined; rows?: number | undefined },
) {
  const { db } = context;
  const batch = await findBatch(context, actor, id);
  const before = isOpenTo('approve', batch.status) ? await findListBefore(db, batch) : null;
  const { villages, held, isCompared } = await compareVillages(db, batch, before);
  const shown = placeCode ?? (villages.find(hasChanged) ?? villages[0])?.placeCode ?? '';
  const isWaiting = isOpenTo('approve', batch.status);
  const questions = isWaiting ? await askAboutProtection(db, batch, before) : [];
  const nameOf = await readPlaceNames(
    db,
    villages.map((village) => village.placeCode),
  );
  const { noticeDays, noticeUnit, noticeFrom, startsAt, endsAt } = batch;
  return {
    ...summariseBatch(batch, await readListNames(db, [batch])),
    noticeDays,
    noticeUnit,
    noticeFrom,
    startsAt,
    endsAt,
    disclosureChecks: readChecks(batch.disclosureChecks),
    comparedWith: before && { id: before.id, period: before.period },
    newerPeriod: isWaiting ? await readNewerPeriod(db, batch) : null,
    reading: await readFirstRowId(db, id),
    isCompared,
    held,
    villages: villages.map((village) => ({ ...village, place: nameOf(village.placeCode) })),
    questions: questions.map(({ placeCodes, ...question }) => ({
      ...question,
      places: placeCodes.map(nameOf),
    })),
    unexplained: await countUnexplained(db, batch, before, villages),
    placeCode: shown,
    place: nameOf(shown),
    ...(await readVillageRows(db, batch, before, shown, nameOf, rowPage)),
    note: await openNote(db, actor, id),
    may: {
      decide:
        isOpenTo('approve', batch.status) &&
        batch.uploadedBy !== actor.personId &&
        actor.posts.some((post) => post.bodyCode === batch.reviewBodyCode) &&
        scopeOf(actor, 'import.review').has(batch.reviewBodyCode),
      takeDown:
        isOpenTo('withdraw', batch.status) && scopeOf(actor, 'takedown').has(batch.bodyCode),
      setExits: maySetExits(actor, batch),
    },
  };
}

/** Against the list before while it waits; afterwards with the differences kept at its approval. */
async function compareVillages(db: Reader, batch: Batch, before: Batch | null) {
  const old = before ? await listComparedRows(db, before.id) : [];
  const rows = await listComparedRows(db, batch.id);
  const villages = compareLists(old, rows);
  const held = rows.filter(({ visibility }) => visibility === 'held').length;
  if (isOpenTo('approve', batch.status)) return { villages, held, isCompared: before !== null };
  const counts = await listBatchCounts(db, [batch.id]);
  const kept = new Map(counts.map((count) => [count.placeCode, count]));
  // A village that everybody left has a count and no row.
  const codes = counts.filter((count) => (count.left ?? 0) > 0).map((count) => count.placeCode);
  return {
    villages: compareLists([], rows, codes).map((village) => {
      const { joined, left, changed } = kept.get(village.placeCode) ?? {};
      return { ...village, joined: joined ?? 0, left: left ?? 0, changed: changed ?? 0 };
    }),
    held,
    isCompared: counts.some((count) => count.joined !== null),
  };
}

/** The month of the list that goes on standing whatever becomes of an older one; null where this is none. */
async function readNewerPeriod(db: Reader, batch: Batch): Promise<string | null> {
  if (isNotice(batch.kind)) return null;
  const [standing] = await listNewestBatches(db, batch);
  return standing && standing.period > batch.period ? standing.period : null;
}

function hasChanged({ joined, left, changed }: VillageComparison): boolean {
  return joined + left + changed > 0;
}

/** Households that left without a reason yet, and in how many villages. */
async function countUnexplained(
  db: Reader,
  batch: Batch,
  before: Batch | null,
  villages: VillageComparison[],
) {
  const hasExits = before && villages.some((village) => village.exits > 0);
  const exits = hasExits ? await listExitsOf(db, batch.id, before.id) : [];
  const unset = exits.filter((exit) => exit.reason === null);
  return {
    exits: exits.length,
    households: unset.length,
    villages: new Set(unset.map((exit) => exit.placeCode)).size,
  };
}

/** What the reviewer wrote, where the actor's body holds a key; else null. */
async function openNote(db: Reader, actor: Actor, batchId: string): Promise<string | null> {
  const [file] = await listSealedOf(db, batchId, 'note');
  const identity = file && (await identitiesOf(db, actor)(file.keyIds));
  return identity ? (await openSealed(identity, file.sealed)).toString('utf8') : null;
}
