import { and, asc, eq } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type ReporterRequest = Schema['reporterRequest']['$inferSelect'];

/** Requests to see who complained, in order. */
export async function listReporterRequests(db: Reader, leadId: string): Promise<ReporterRequest[]> {
  const { reporterRequest } = db.t;
  return db
    .select()
    .from(reporterRequest)
    .where(eq(reporterRequest.leadId, leadId))
    .orderBy(asc(reporterRequest.seq));
}

export async function insertReporterRequest(tx: Tx, request: ReporterRequest): Promise<void> {
  await tx.insert(tx.t.reporterRequest).values(request);
}

/** Moves a request on from the state it was read in; false where somebody was faster. */
export async function moveReporterRequest(
  tx: Tx,
  id: string,
  from: ReporterRequest['status'],
  change: Partial<Pick<ReporterRequest, 'status' | 'decidedBy' | 'decidedOn'>>,
): Promise<boolean> {
  const { reporterRequest } = tx.t;
  const moved = await tx
    .update(reporterRequest)
    .set(change)
    .where(and(eq(reporterRequest.id, id), eq(reporterRequest.status, from)))
    .returning({ id: reporterRequest.id });
  return moved.length === 1;
}
