import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';
import type { SealedFile } from './batches.ts';

export async function readSealedFile(db: Reader, id: string): Promise<SealedFile | null> {
  const { sealedFile } = db.t;
  const [found] = await db.select().from(sealedFile).where(eq(sealedFile.id, id));
  return found ?? null;
}

/** The sealed files of one kind of a batch, by place; of these places only, where some are given. */
export async function listSealedOf(
  db: Reader,
  batchId: string,
  kind: SealedFile['kind'],
  placeCodes?: string[],
): Promise<SealedFile[]> {
  const { sealedFile } = db.t;
  const within = placeCodes && inArray(sealedFile.placeCode, placeCodes);
  return db
    .select()
    .from(sealedFile)
    .where(and(eq(sealedFile.batchId, batchId), eq(sealedFile.kind, kind), within))
    .orderBy(asc(sealedFile.placeCode));
}
