import { createHash } from 'node:crypto';
import type { Tx } from '#db/store.ts';
import { insertAuditEntry, readAuditHead } from '#db/queries/audit.ts';
import type { AuditEntry } from '#db/queries/audit.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { Secrets } from '#sealing/secrets.ts';

/** What happened, in codes and ids. `fields` enter only as a keyed hash. */
export type AuditFact = {
  /** `{entity}.{verb}`, e.g. `lead.arrive`. */
  action: string;
  subjectKind: string;
  subjectId: string;
  personId?: string | null;
  bodyCode?: string | null;
  fields?: unknown;
  /** Arrivals carry their date only, so that nobody is found by the minute. */
  dateOnly?: boolean;
};

export const GENESIS_HASH = '0'.repeat(64);

/**
 * Adds one link to the chain, inside the transaction of the change it reports: a change without its entry
 * cannot be committed.
 */
export async function appendAudit(
  tx: Tx,
  secrets: Secrets,
  now: number,
  fact: AuditFact,
): Promise<AuditEntry> {
  const head = await readAuditHead(tx);
  const entry = {
    seq: (head?.seq ?? 0) + 1,
    onDate: civilDateOf(now),
    at: fact.dateOnly ? null : now,
    personId: fact.personId ?? null,
    bodyCode: fact.bodyCode ?? null,
    action: fact.action,
    subjectKind: fact.subjectKind,
    subjectId: fact.subjectId,
    fieldsMac: secrets.mac('audit-fields', JSON.stringify(fact.fields ?? null)).mac,
    previousHash: head?.hash ?? GENESIS_HASH,
  };
  const complete = { ...entry, hash: hashAuditEntry(entry) };
  await insertAuditEntry(tx, complete);
  return complete;
}

/** SHA-256 over the entry's fields in a fixed order, the previous hash among them. */
export function hashAuditEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const canonical = [
    entry.seq,
    entry.onDate,
    entry.at,
    entry.personId,
    entry.bodyCode,
    entry.action,
    entry.subjectKind,
    entry.subjectId,
    entry.fieldsMac,
    entry.previousHash,
  ];
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}
