import { and, asc, eq, lt, notExists, sql } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Tombstone = Schema['tombstone']['$inferSelect'];

/** Deletes every sealed part of a lead, the keys to them, and who worked on it. */
export async function deleteSealedParts(tx: Tx, leadId: string): Promise<void> {
  const { leadEvent, leadEvidence, leadGrant, leadMessage, leadOldCode, leadWorker } = tx.t;
  const { repeatPrint, reporterRequest } = tx.t;
  await tx.delete(leadGrant).where(eq(leadGrant.leadId, leadId));
  await tx.delete(leadEvidence).where(eq(leadEvidence.leadId, leadId));
  await tx.delete(leadMessage).where(eq(leadMessage.leadId, leadId));
  await tx.delete(tx.t.formerCode).where(eq(tx.t.formerCode.leadId, leadId));
  await tx.delete(tx.t.receiptFiles).where(eq(tx.t.receiptFiles.leadId, leadId));
  await tx.delete(leadOldCode).where(eq(leadOldCode.leadId, leadId));
  await tx.delete(repeatPrint).where(eq(repeatPrint.leadId, leadId));
  await tx.delete(leadWorker).where(eq(leadWorker.leadId, leadId));
  await tx.delete(reporterRequest).where(eq(reporterRequest.leadId, leadId));
  await tx.update(leadEvent).set({ sealed: null }).where(eq(leadEvent.leadId, leadId));
}

export async function insertTombstone(tx: Tx, tombstone: Tombstone): Promise<void> {
  await tx.insert(tx.t.tombstone).values(tombstone);
}

/** Leads in a state into which this event brought them before a day, and that nothing has erased yet. */
export async function listEnteredBy(
  db: Reader,
  { event, state, before }: { event: string; state: string; before: string },
): Promise<{ id: string; state: string }[]> {
  const { lead, leadEvent, tombstone } = db.t;
  const erased = db
    .select({ one: sql`1` })
    .from(tombstone)
    .where(and(eq(tombstone.kind, 'lead'), eq(tombstone.subjectId, lead.id)));
  return db
    .selectDistinct({ id: lead.id, state: lead.state })
    .from(lead)
    .innerJoin(leadEvent, eq(leadEvent.leadId, lead.id))
    .where(
      and(
        eq(lead.state, state),
        eq(leadEvent.event, event),
        eq(leadEvent.status, 'done'),
        lt(leadEvent.onDate, before),
        notExists(erased),
      ),
    )
    .orderBy(asc(lead.id));
}
