import { eq, inArray } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type BacklogImport = Schema['backlogImport']['$inferSelect'];

export async function findBacklogImport(db: Reader, fileHash: string) {
  const { backlogImport } = db.t;
  const [found] = await db
    .select()
    .from(backlogImport)
    .where(eq(backlogImport.fileHash, fileHash))
    .limit(1);
  return found ?? null;
}

export async function insertBacklogImport(tx: Tx, taken: BacklogImport): Promise<void> {
  await tx.insert(tx.t.backlogImport).values(taken);
}

const CHUNK = 500;

/** Which of these rows were taken in before. */
export async function listKnownSameness(db: Reader, sameness: string[]): Promise<Set<string>> {
  const { lead } = db.t;
  const known = new Set<string>();
  for (let at = 0; at < sameness.length; at += CHUNK) {
    const rows = await db
      .select({ sameness: lead.sameness })
      .from(lead)
      .where(inArray(lead.sameness, sameness.slice(at, at + CHUNK)));
    for (const row of rows) known.add(row.sameness);
  }
  return known;
}
