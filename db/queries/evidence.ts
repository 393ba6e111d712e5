import { and, asc, count, eq, inArray, lt, sum } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Upload = Schema['upload']['$inferSelect'];
export type LeadEvidence = Schema['leadEvidence']['$inferSelect'];
/** A file for a lead, numbered where it is stored. */
export type NewEvidence = Omit<LeadEvidence, 'leadId' | 'seq'>;

export async function insertUpload(tx: Tx, upload: Upload): Promise<void> {
  await tx.insert(tx.t.upload).values(upload);
}

export async function findUpload(db: Reader, lookup: string): Promise<Upload | null> {
  const { upload } = db.t;
  const [found] = await db.select().from(upload).where(eq(upload.lookup, lookup));
  return found ?? null;
}

/** False where it was taken or swept meanwhile. */
export async function deleteUpload(tx: Tx, lookup: string): Promise<boolean> {
  const { upload } = tx.t;
  const gone = await tx
    .delete(upload)
    .where(eq(upload.lookup, lookup))
    .returning({ fileId: upload.fileId });
  return gone.length > 0;
}

/** Forgets slots that have died; their files are referred to by nothing any more. */
export async function deleteExpiredUploads(tx: Tx, now: number): Promise<number> {
  const { upload } = tx.t;
  const gone = await tx
    .delete(upload)
    .where(lt(upload.expiresAt, now))
    .returning({ fileId: upload.fileId });
  return gone.length;
}

/** Bytes of the files waiting for a complaint that were paid for by waiting alone. */
export async function sumUnproved(db: Reader): Promise<number> {
  const { upload } = db.t;
  const [row] = await db
    .select({ held: sum(upload.bytes) })
    .from(upload)
    .where(eq(upload.proved, 0));
  return Number(row?.held ?? 0);
}

/** Adds files to a lead after those it has; one that it has already (a part that comes back) is not added. */
export async function insertEvidence(tx: Tx, leadId: string, files: NewEvidence[]): Promise<void> {
  if (files.length === 0) return;
  const { leadEvidence } = tx.t;
  const has = await listEvidence(tx, leadId);
  const known = new Set(has.map(({ fileId }) => fileId));
  const fresh = files.filter(({ fileId }) => !known.has(fileId));
  if (fresh.length === 0) return;
  const last = has.at(-1)?.seq ?? 0;
  await tx
    .insert(leadEvidence)
    .values(fresh.map((file, at) => ({ ...file, leadId, seq: last + at + 1 })));
}

export async function listEvidence(db: Reader, leadId: string): Promise<LeadEvidence[]> {
  const { leadEvidence } = db.t;
  return db
    .select()
    .from(leadEvidence)
    .where(eq(leadEvidence.leadId, leadId))
    .orderBy(asc(leadEvidence.seq));
}

export async function countEvidence(db: Reader, leadId: string): Promise<number> {
  const { leadEvidence } = db.t;
  const [row] = await db
    .select({ found: count() })
    .from(leadEvidence)
    .where(eq(leadEvidence.leadId, leadId));
  return row?.found ?? 0;
}

export async function readEvidence(
  db: Reader,
  leadId: string,
  seq: number,
): Promise<LeadEvidence | null> {
  const { leadEvidence } = db.t;
  const [found] = await db
    .select()
    .from(leadEvidence)
    .where(and(eq(leadEvidence.leadId, leadId), eq(leadEvidence.seq, seq)));
  return found ?? null;
}

/** Every file that a slot or a lead refers to, with the hash of its sealed bytes. */
export async function listKnownFiles(db: Reader): Promise<Map<string, string>> {
  const { leadEvidence, upload } = db.t;
  const kept = await db
    .selectDistinct({ fileId: leadEvidence.fileId, fileHash: leadEvidence.fileHash })
    .from(leadEvidence);
  const waiting = await db
    .select({ fileId: upload.fileId, fileHash: upload.fileHash })
    .from(upload);
  return new Map([...kept, ...waiting].map(({ fileId, fileHash }) => [fileId, fileHash]));
}

/** Which of these files something refers to. */
export async function filterKnownFiles(db: Reader, fileIds: string[]): Promise<Set<string>> {
  const { leadEvidence, upload } = db.t;
  const kept = await db
    .selectDistinct({ fileId: leadEvidence.fileId })
    .from(leadEvidence)
    .where(inArray(leadEvidence.fileId, fileIds));
  const waiting = await db
    .select({ fileId: upload.fileId })
    .from(upload)
    .where(inArray(upload.fileId, fileIds));
  return new Set([...kept, ...waiting].map(({ fileId }) => fileId));
}

/** Null: it came without files, or before receipts told of them. */
export async function readReceiptFiles(db: Reader, leadId: string): Promise<Buffer | null> {
  const { receiptFiles } = db.t;
  const [row] = await db.select().from(receiptFiles).where(eq(receiptFiles.leadId, leadId));
  return row?.sealed ?? null;
}

export async function insertReceiptFiles(tx: Tx, leadId: string, sealed: Buffer): Promise<void> {
  await tx.insert(tx.t.receiptFiles).values({ leadId, sealed });
}
