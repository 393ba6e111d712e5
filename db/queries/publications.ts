import { and, desc, eq } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Publication = Schema['publication']['$inferSelect'];
type Change = Partial<Omit<Publication, 'id' | 'startedAt' | 'startedBy'>>;

export async function insertPublication(tx: Tx, publication: Publication): Promise<void> {
  await tx.insert(tx.t.publication).values(publication);
}

/** Changes a publication that is still running; false where it is not. */
export async function changeRunningPublication(
  tx: Tx,
  id: string,
  change: Change,
): Promise<boolean> {
  const { publication } = tx.t;
  const changed = await tx
    .update(publication)
    .set(change)
    .where(and(eq(publication.id, id), eq(publication.status, 'running')))
    .returning({ id: publication.id });
  return changed.length === 1;
}

export async function listRunningPublications(db: Reader): Promise<Publication[]> {
  const { publication } = db.t;
  return db.select().from(publication).where(eq(publication.status, 'running'));
}

/** The latest publications, the newest first. */
export async function listPublications(db: Reader, limit: number): Promise<Publication[]> {
  const { publication } = db.t;
  return db.select().from(publication).orderBy(desc(publication.startedAt)).limit(limit);
}
