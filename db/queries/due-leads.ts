import { eq } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';

/** Leads a person works on. */
export async function listAssignedLeads(db: Reader, personId: string): Promise<string[]> {
  const { leadWorker } = db.t;
  const rows = await db
    .select({ leadId: leadWorker.leadId })
    .from(leadWorker)
    .where(eq(leadWorker.personId, personId));
  return rows.map((row) => row.leadId);
}
