import { and, asc, count, eq, exists, inArray } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type BoardPosting = Schema['boardPosting']['$inferSelect'];

/** A batch as its boards need it; `yields` are places where another body's newer list stands instead. */
export type BoardBatch = { id: string; yields: ReadonlySet<string> };

/** A village's board that should show a batch. Both days are null until somebody has confirmed it. */
export type Board = {
  batchId: string;
  placeCode: string;
  postedOn: string | null;
  recordedOn: string | null;
};

/**
 * The boards of these batches: one for each village of which the batch lists a household, in the order of
 * place codes. A village all of whose households are withheld has no list and needs no board.
 */
export async function listBoards(db: Reader, batches: readonly BoardBatch[]): Promise<Board[]> {
  const boards: Board[] = [];
  for (const { id, yields } of batches) {
    const posted = new Map((await listPostings(db, id)).map((row) => [row.placeCode, row]));
    for (const placeCode of await listListedPlaces(db, id)) {
      if (yields.has(placeCode)) continue;
      const { postedOn = null, recordedOn = null } = posted.get(placeCode) ?? {};
      boards.push({ batchId: id, placeCode, postedOn, recordedOn });
    }
  }
  return boards.toSorted((a, b) => (a.placeCode < b.placeCode ? -1 : Number(a !== b)));
}

/**
 * How many boards each village should show, and how many are confirmed: for `health.json`, whose sums by
 * township are `boardsDue` and `boardsPosted`. `batches` are those that stand on the site (lists and
 * running notices; a `CurrentBatch` will do).
 */
export async function countBoards(
  db: Reader,
  batches: readonly BoardBatch[],
): Promise<Map<string, { due: number; posted: number }>> {
  const counts = new Map<string, { due: number; posted: number }>();
  for (const { placeCode, postedOn } of await listBoards(db, batches)) {
    const sum = counts.get(placeCode) ?? { due: 0, posted: 0 };
    counts.set(placeCode, { due: sum.due + 1, posted: sum.posted + (postedOn ? 1 : 0) });
  }
  return counts;
}

/** Confirmed boards of some batches by place. */
export async function countPostings(
  db: Reader,
  batchIds: string[],
): Promise<{ placeCode: string; postings: number }[]> {
  const { boardPosting } = db.t;
  return db
    .select({ placeCode: boardPosting.placeCode, postings: count() })
    .from(boardPosting)
    .where(inArray(boardPosting.batchId, batchIds))
    .groupBy(boardPosting.placeCode);
}

/** Households on the boards of some villages, by place code. */
export async function countListedHouseholds(
  db: Reader,
  batchId: string,
  placeCodes: string[],
): Promise<Map<string, number>> {
  const { listRow } = db.t;
  const rows = await db
    .select({ placeCode: listRow.placeCode, households: count() })
    .from(listRow)
    .where(
      and(
        eq(listRow.batchId, batchId),
        inArray(listRow.placeCode, placeCodes),
        eq(listRow.visibility, 'listed'),
      ),
    )
    .groupBy(listRow.placeCode);
  return new Map(rows.map((row) => [row.placeCode, row.households]));
}

/** The listed rows of some villages in the order of the list, for the sheets of their boards. */
export function listBoardRows(db: Reader, batchId: string, placeCodes: string[]) {
  const { listRow } = db.t;
  return db
    .select({
      id: listRow.id,
      placeCode: listRow.placeCode,
      maskedName: listRow.maskedName,
      members: listRow.members,
      amountCents: listRow.amountCents,
      idMac: listRow.idMac,
    })
    .from(listRow)
    .where(
      and(
        eq(listRow.batchId, batchId),
        inArray(listRow.placeCode, placeCodes),
        eq(listRow.visibility, 'listed'),
      ),
    )
    .orderBy(asc(listRow.placeCode), asc(listRow.seq));
}

/** Confirms boards; one that was confirmed before gets the new date. */
export async function upsertPostings(tx: Tx, postings: BoardPosting[]): Promise<void> {
  const { boardPosting } = tx.t;
  for (const posting of postings) {
    await tx
      .insert(boardPosting)
      .values(posting)
      .onConflictDoUpdate({
        target: [boardPosting.batchId, boardPosting.placeCode],
        set: posting,
      });
  }
}

function listPostings(db: Reader, batchId: string): Promise<BoardPosting[]> {
  const { boardPosting } = db.t;
  return db.select().from(boardPosting).where(eq(boardPosting.batchId, batchId));
}

/** Places with a listed household: distinct in the index first, since a list has sixty rows a place. */
async function listListedPlaces(db: Reader, batchId: string): Promise<string[]> {
  const { listRow } = db.t;
  const places = db
    .$with('places')
    .as(
      db
        .selectDistinct({ placeCode: listRow.placeCode })
        .from(listRow)
        .where(eq(listRow.batchId, batchId)),
    );
  const listed = db
    .select({ id: listRow.id })
    .from(listRow)
    .where(
      and(
        eq(listRow.batchId, batchId),
        eq(listRow.placeCode, places.placeCode),
        eq(listRow.visibility, 'listed'),
      ),
    );
  const rows = await db
    .with(places)
    .select({ placeCode: places.placeCode })
    .from(places)
    .where(exists(listed))
    .orderBy(asc(places.placeCode));
  return rows.map((row) => row.placeCode);
}
