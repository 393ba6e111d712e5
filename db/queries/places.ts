import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, max, ne, or, sql } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import { recall } from '#db/store.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Place = Schema['place']['$inferSelect'];
export type FormerName = Schema['formerName']['$inferSelect'];

/** The whole division tree in code order, ended places too. */
export async function listPlaces(db: Reader): Promise<Place[]> {
  const { place } = db.t;
  return db.select().from(place).orderBy(asc(place.code));
}

/** Places that exist on that day, in code order. */
export async function listPlacesOn(db: Reader, day: string): Promise<Place[]> {
  const { place } = db.t;
  return db
    .select()
    .from(place)
    .where(and(lte(place.validFrom, day), or(isNull(place.validTo), gt(place.validTo, day))))
    .orderBy(asc(place.code));
}

/** Counties and townships that exist on that day, in code order. */
export async function listAreasOn(db: Reader, day: string): Promise<Place[]> {
  const { place } = db.t;
  const exists = or(isNull(place.validTo), gt(place.validTo, day));
  return db
    .select()
    .from(place)
    .where(and(ne(place.level, 'village'), lte(place.validFrom, day), exists))
    .orderBy(asc(place.code));
}

/** Places that have not ended, in code order. */
export async function listCurrentPlaces(db: Reader): Promise<Place[]> {
  const { place } = db.t;
  return db.select().from(place).where(isNull(place.validTo)).orderBy(asc(place.code));
}

export async function readPlace(db: Reader, code: string): Promise<Place | null> {
  const { place } = db.t;
  const [found] = await recall(db, `place ${code}`, [place], () =>
    db.select().from(place).where(eq(place.code, code)),
  );
  return found ?? null;
}

/** Adds places that are not there yet and returns their codes. */
export async function insertPlaces(tx: Tx, places: Place[]): Promise<string[]> {
  const { place } = tx.t;
  const added: string[] = [];
  // 500 rows of 7 values stay far below the parameters a statement may have.
  for (let at = 0; at < places.length; at += 500) {
    const rows = await tx
      .insert(place)
      .values(places.slice(at, at + 500))
      .onConflictDoNothing()
      .returning({ code: place.code });
    added.push(...rows.map((row) => row.code));
  }
  return added;
}

/** Changes a place that has not ended; false where it has. */
export async function updatePlace(
  tx: Tx,
  code: string,
  change: Partial<Omit<Place, 'code' | 'validFrom'>>,
): Promise<boolean> {
  const { place } = tx.t;
  const changed = await tx
    .update(place)
    .set(change)
    .where(and(eq(place.code, code), isNull(place.validTo)))
    .returning({ code: place.code });
  return changed.length === 1;
}

/** Puts the places below an ended one under its successor. */
export async function moveChildren(tx: Tx, from: string, to: string): Promise<void> {
  const { place } = tx.t;
  await tx
    .update(place)
    .set({ parentCode: to })
    .where(and(eq(place.parentCode, from), isNull(place.validTo)));
}

export async function insertFormerName(tx: Tx, former: FormerName): Promise<void> {
  await tx.insert(tx.t.formerName).values(former);
}

/** Former names of a place or body, the oldest first. */
export async function listFormerNames(
  db: Reader,
  kind: FormerName['kind'],
  code: string,
): Promise<FormerName[]> {
  const { formerName } = db.t;
  return db
    .select()
    .from(formerName)
    .where(and(eq(formerName.kind, kind), eq(formerName.code, code)))
    .orderBy(asc(formerName.until));
}

/** Places that ended in favour of another, in code order. */
export async function listMergedPlaces(db: Reader): Promise<Place[]> {
  const { place } = db.t;
  return db.select().from(place).where(isNotNull(place.successorCode)).orderBy(asc(place.code));
}

/**
 * Puts the households of an ended place under its successor, in lists that wait or stand; their sealed
 * names go along. Lists whose names are forgotten have left the site and keep the old place.
 */
export async function moveRowsOnSite(tx: Tx, from: string, to: string): Promise<void> {
  const { batch, listRow, sealedFile } = tx.t;
  const open = tx
    .select({ id: batch.id })
    .from(batch)
    .where(and(inArray(batch.status, ['review', 'approved']), ne(batch.salt, '')));
  // A notice's rows are named by their number: no two of one place may have the same.
  const [last] = await tx
    .select({ no: max(listRow.no) })
    .from(listRow)
    .where(and(eq(listRow.placeCode, to), inArray(listRow.batchId, open)));
  const ofPlace = and(eq(listRow.placeCode, from), inArray(listRow.batchId, open));
  await tx
    .update(listRow)
    .set({ no: sql`${listRow.no} + ${last?.no ?? 0}` })
    .where(and(ofPlace, gt(listRow.no, 0)));
  await tx.update(listRow).set({ placeCode: to }).where(ofPlace);
  await tx
    .update(sealedFile)
    .set({ placeCode: to })
    .where(and(eq(sealedFile.placeCode, from), inArray(sealedFile.batchId, open)));
}

/** Every former name of a place, the oldest first. */
export async function listFormerPlaceNames(db: Reader): Promise<FormerName[]> {
  const { formerName } = db.t;
  return db
    .select()
    .from(formerName)
    .where(eq(formerName.kind, 'place'))
    .orderBy(asc(formerName.until));
}
