import { and, asc, desc, eq, inArray, lt, lte, max, ne } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Batch = Schema['batch']['$inferSelect'];
export type BatchProblem = Schema['batchProblem']['$inferSelect'];
export type SealedFile = Schema['sealedFile']['$inferSelect'];
export type NameHash = Schema['nameHash']['$inferSelect'];

/** Rows of one INSERT: drivers allow some 32,000 parameters in a statement. */
const CHUNK = 1000;

/** A new batch and its sealed spreadsheets; what was read from them is stored beside it. */
export async function insertBatch(tx: Tx, batch: Batch, uploads: SealedFile[]): Promise<void> {
  await tx.insert(tx.t.batch).values(batch);
  for (const file of uploads) await tx.insert(tx.t.sealedFile).values(file);
}

export async function readBatch(db: Reader, id: string): Promise<Batch | null> {
  const [found] = await db.select().from(db.t.batch).where(eq(db.t.batch.id, id));
  return found ?? null;
}

export async function listBatchProblems(db: Reader, batchId: string): Promise<BatchProblem[]> {
  const { batchProblem } = db.t;
  return db
    .select()
    .from(batchProblem)
    .where(eq(batchProblem.batchId, batchId))
    .orderBy(asc(batchProblem.seq));
}

/**
 * Of each body and aid type the long-term list that counts: of the newest approved period, and of several of one
 * period the one approved last. The newest first. `until`: as if no later period were there.
 */
export async function listNewestBatches(
  db: Reader,
  only?: Pick<Batch, 'bodyCode' | 'aidType'> & { until?: string },
): Promise<Batch[]> {
  const { auditEntry, batch } = db.t;
  const approved = and(
    eq(batch.status, 'approved'),
    eq(batch.kind, 'LIST'),
    only && eq(batch.bodyCode, only.bodyCode),
    only && eq(batch.aidType, only.aidType),
    only?.until === undefined ? undefined : lte(batch.period, only.until),
  );
  const newest = db.$with('newest').as(
    db
      .select({
        bodyCode: batch.bodyCode,
        aidType: batch.aidType,
        period: max(batch.period).as('newest_period'),
      })
      .from(batch)
      .where(approved)
      .groupBy(batch.bodyCode, batch.aidType),
  );
  const rows = await db
    .with(newest)
    .select({ batch })
    .from(batch)
    .innerJoin(
      newest,
      and(
        eq(batch.bodyCode, newest.bodyCode),
        eq(batch.aidType, newest.aidType),
        eq(batch.period, newest.period),
      ),
    )
    .innerJoin(
      auditEntry,
      and(
        eq(auditEntry.subjectKind, 'batch'),
        eq(auditEntry.subjectId, batch.id),
        eq(auditEntry.action, 'batch.approve'),
      ),
    )
    .where(approved)
    .orderBy(desc(batch.period), desc(batch.decidedOn), desc(auditEntry.seq));
  const kinds = Map.groupBy(rows, (row) => `${row.batch.bodyCode} ${row.batch.aidType}`);
  return [...kinds.values()].flatMap(([first]) => first?.batch ?? []);
}

/** Moves a batch on; false where it is no longer in the state it was read in. */
export async function moveBatch(
  tx: Tx,
  id: string,
  from: Batch['status'],
  change: Partial<
    Pick<Batch, 'status' | 'decidedBy' | 'decidedOn' | 'disclosureChecks' | 'startsAt' | 'endsAt'>
  >,
): Promise<boolean> {
  const { batch } = tx.t;
  const moved = await tx
    .update(batch)
    .set(change)
    .where(and(eq(batch.id, id), eq(batch.status, from)))
    .returning({ id: batch.id });
  return moved.length === 1;
}

/**
 * Withdraws the approved lists that this one replaced: without it the newest of them would stand on the
 * site again. Answers their ids.
 */
export async function withdrawEarlierBatches(tx: Tx, newest: Batch): Promise<string[]> {
  const { batch } = tx.t;
  const moved = await tx
    .update(batch)
    .set({ status: 'withdrawn' })
    .where(
      and(
        eq(batch.bodyCode, newest.bodyCode),
        eq(batch.aidType, newest.aidType),
        eq(batch.status, 'approved'),
        eq(batch.kind, 'LIST'),
        lte(batch.period, newest.period),
        ne(batch.id, newest.id),
      ),
    )
    .returning({ id: batch.id });
  return moved.map((row) => row.id);
}

/** The spreadsheets, and what they were called. */
const UPLOAD_KINDS: SealedFile['kind'][] = ['upload', 'upload-index'];

/** Destroys the sealed spreadsheets of a batch; the sealed names of its villages stay. */
export async function deleteSealedUpload(tx: Tx, batchId: string): Promise<number> {
  const { sealedFile } = tx.t;
  const gone = await tx
    .delete(sealedFile)
    .where(and(eq(sealedFile.batchId, batchId), inArray(sealedFile.kind, UPLOAD_KINDS)))
    .returning({ id: sealedFile.id });
  return gone.length;
}

export async function insertSealedFile(tx: Tx, file: SealedFile): Promise<void> {
  await tx.insert(tx.t.sealedFile).values(file);
}

/** Forgets why the file withheld a household; that it is withheld stands on its row. */
export async function deleteWithheldReasons(tx: Tx, batchId: string): Promise<void> {
  const { batchProblem } = tx.t;
  await tx
    .delete(batchProblem)
    .where(and(eq(batchProblem.batchId, batchId), eq(batchProblem.kind, 'withheld')));
}

/** Batches that still hold a sealed spreadsheet from before a civil date. */
export async function listBatchesWithUploadBefore(db: Reader, date: string): Promise<string[]> {
  const { sealedFile } = db.t;
  const found = await db
    .selectDistinct({ batchId: sealedFile.batchId })
    .from(sealedFile)
    .where(and(eq(sealedFile.kind, 'upload'), lt(sealedFile.createdOn, date)))
    .orderBy(asc(sealedFile.batchId));
  return found.map((row) => row.batchId);
}

/** Names of the people who uploaded or decided, by id. */
export async function readPersonNames(db: Reader, ids: string[]): Promise<Map<string, string>> {
  const { person } = db.t;
  const rows = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, ids));
  return new Map(rows.map((row) => [row.id, row.name]));
}

export function chunksOf<T>(rows: T[]): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < rows.length; at += CHUNK) chunks.push(rows.slice(at, at + CHUNK));
  return chunks;
}
