import { isListed, isWithheld } from '#rules/list-lifecycle.ts';
import type { Batch } from '#db/queries/batches.ts';
import { listComparedRows } from '#db/queries/list-comparison.ts';
import { listProtectedAmong, listRegisteredAmong } from '#db/queries/protected-households.ts';
import type { Reader } from '#db/store.ts';
import { areManyProtected } from '#rules/disclosure-review.ts';
import type { ProtectionCheck } from '#rules/disclosure-review.ts';
import { isCounted } from '#rules/list-comparison.ts';
import type { ComparedRow } from '#rules/list-comparison.ts';

/** A question about protection that a list raises, in numbers and places. */
export type ProtectionQuestion = {
  check: ProtectionCheck;
  households: number;
  /** Of so many in the list. */
  of: number;
  placeCodes: string[];
};

/** What the reviewer of a waiting list is asked about protection, besides what every review declares. */
export async function askAboutProtection(
  db: Reader,
  batch: Batch,
  before: Batch | null,
): Promise<ProtectionQuestion[]> {
  const rows = (await listComparedRows(db, batch.id)).filter(isCounted);
  const old = before ? await listComparedRows(db, before.id) : [];
  const fresh = await listUnregistered(db, rows);
  const missing = await findMissing(db, old, rows);
  const of = rows.length;
  const questions = [
    { check: 'MANY_PROTECTED' as const, found: areManyProtected(fresh.length, of) ? fresh : [] },
    { check: 'PROTECTED_MISSING' as const, found: missing },
  ];
  return questions
    .filter(({ found }) => found.length > 0)
    .map(({ check, found }) => ({
      check,
      households: found.length,
      of,
      placeCodes: [...new Set(found.map((row) => row.placeCode))].toSorted(),
    }));
}

/** Households that the file withholds and that never were in the register. */
export async function listUnregistered<T extends Pick<ComparedRow, 'idMac' | 'visibility'>>(
  db: Reader,
  rows: T[],
): Promise<T[]> {
  const withheld = rows.filter(isWithheld);
  const known = await listRegisteredAmong(
    db,
    withheld.map((row) => row.idMac),
  );
  return withheld.filter((row) => !known.has(row.idMac));
}

/**
 * Protected households of the list before that are in this one no more, in villages where somebody joined by
 * name: the household may be there under another head.
 */
async function findMissing(db: Reader, before: ComparedRow[], rows: ComparedRow[]) {
  const now = new Set(rows.map((row) => row.idMac));
  const gone = before.filter((row) => isCounted(row) && !now.has(row.idMac));
  if (gone.length === 0) return [];
  const known = new Set(before.map((row) => row.idMac));
  const joined = rows.filter((row) => isListed(row) && !known.has(row.idMac));
  const places = new Set(joined.map((row) => row.placeCode));
  const isProtected = await listProtectedAmong(
    db,
    gone.map((row) => row.idMac),
  );
  return gone.filter((row) => isProtected.has(row.idMac) && places.has(row.placeCode));
}
