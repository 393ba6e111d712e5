import { asc, desc, gt } from 'drizzle-orm';
import { insertRows, prepareOnce } from '#db/prepared.ts';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type AuditEntry = Schema['auditEntry']['$inferSelect'];

export async function readAuditHead(db: Reader): Promise<AuditEntry | null> {
  const { auditEntry } = db.t;
  const statement = prepareOnce(db, 'audit head', () =>
    db.select().from(auditEntry).orderBy(desc(auditEntry.seq)).limit(1).prepare(),
  );
  const [head] = await statement.all();
  return head ?? null;
}

export async function insertAuditEntry(tx: Tx, entry: AuditEntry): Promise<void> {
  await insertRows(tx, tx.t.auditEntry, [entry]);
}

/** The chain in order, a page at a time. */
export async function listAuditEntries(db: Reader, after: number, limit: number) {
  const { auditEntry } = db.t;
  return db
    .select()
    .from(auditEntry)
    .where(gt(auditEntry.seq, after))
    .orderBy(asc(auditEntry.seq))
    .limit(limit);
}
