import { randomBytes } from 'node:crypto';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  findArrivalEntry,
  findLeadByLookup,
  insertLead,
  isReferenceTaken,
} from '#db/queries/complaints.ts';
import type { LeadRow } from '#db/queries/complaints.ts';
import { isVoidCode } from '#db/queries/lead-codes.ts';
import { insertReceiptFiles, listEvidence } from '#db/queries/evidence.ts';
import { listDeadlines } from '#db/queries/lead-events.ts';
import type { Reader, Tx } from '#db/store.ts';
import { canonicalComplaint } from '#rules/complaint.ts';
import type { ComplaintInput } from '#rules/complaint.ts';
import { QUESTIONS } from '#rules/complaint-questions.ts';
import { isRecording } from '#rules/evidence.ts';
import type { Source } from '#rules/vocabulary.ts';
import { CODE_BYTES, REFERENCE_BYTES, makeQueryCode, makeReference } from '#rules/receipt.ts';
import type { Receipt } from '#rules/receipt-file.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import { appendAudit } from './audit.ts';
import { prepareArrival } from './complaint-arrival.ts';
import type { ArrivingLead } from './complaint-arrival.ts';
import { openUploads, sealEvidence, takeUploads } from './evidence.ts';
import type { LeadContent, ReporterContent } from './lead-content.ts';
import { FIRST_EPOCH } from './lead-keys.ts';
import { classOfObjection } from './notice-objection.ts';
import { spendProof, verifyProof } from './proofs.ts';
import { describeSent, openSent, sealSent } from './receipt-files.ts';
import { issueReceipt, saidOf } from './receipts.ts';
import type { Arrived } from './receipts.ts';
import { admitUnproved } from './screening.ts';

/** `optional`: a complaint without a proof goes to the screening lane; a bad proof is refused either way. */
export type ProofRule = { proof: 'required' | 'optional'; altcha?: string | undefined };

/** What is known of a complaint once it is stored. */
export type Filed = Pick<Receipt, 'reference' | 'receivedOn' | 'dueOn' | 'auditHead'>;

/**
 * Files a complaint in one transaction. The query code is looked up before anything else, so that a
 * repeated submission needs no second proof. Throws `already-received` (same code, other content),
 * `code-replaced`, `invalid-input`, `evidence-gone`, `proof-…`, `nobody-to-receive`.
 */
export async function fileComplaint(
  context: Context,
  input: ComplaintInput,
  rule: ProofRule,
): Promise<Receipt> {
  const { db, secrets } = context;
  const queryCode = input.queryCode ?? makeQueryCode(randomBytes(CODE_BYTES));
  const keys = await deriveCodeKeys(secrets, queryCode);
  const sameness = secrets.mac('sameness', queryCode, canonicalComplaint(input)).mac;
  const fileCount = new Set(input.evidence).size;
  const { identity } = keys;
  const sent = { sameness, queryCode, said: saidOf(contentOf(input)), fileCount, identity };
  const earlier = await findLeadByLookup(db, keys.lookup);
  if (earlier) return issueReceipt(secrets, await readArrived(db, earlier, sent));

  if (await isVoidCode(db, keys.lookup)) throw new CodedError('code-replaced');

  const proof = rule.altcha ? await verifyProof(context, rule.altcha) : null;
  if (!proof && rule.proof === 'required') throw new CodedError('proof-missing');
  if (!proof) await admitUnproved(context, input);
  const files = await openUploads(context, input.evidence ?? []);
  if (!input.text && !files.some(({ facts }) => isRecording(facts.type))) {
    throw new CodedError('invalid-input', { text: QUESTIONS.text.missing });
  }
  const filedAs = await classOfObjection(db, context.now(), input);
  const arrival = await prepareArrival(context, {
    content: { ...contentOf(input), class: filedAs },
    reporter: reporterOf(input),
    keys,
    sameness,
    proved: proof !== null,
  });
  const now = context.now();
  const { contentRecipient, receivedOn: onDate } = arrival.lead;
  const taken = await sealEvidence(
    files,
    { contentRecipient, epoch: FIRST_EPOCH },
    { origin: 'complaint', onDate },
  );

  const described = describeSent(files);
  const sealed = files.length > 0 ? await sealSent(keys.recipient, described) : null;

  const arrived = await db.transaction(async (tx) => {
    const meanwhile = await findLeadByLookup(tx, keys.lookup);
    if (meanwhile) return readArrived(tx, meanwhile, sent);
    if (await isVoidCode(tx, keys.lookup)) throw new CodedError('code-replaced');
    if (proof) await spendProof(tx, proof);
    const stored = await storeArrival(tx, context, arrival, now);
    await takeUploads(tx, arrival.lead.id, taken);
    if (sealed) await insertReceiptFiles(tx, arrival.lead.id, sealed);
    const { deadlines } = arrival;
    const hashes = hashesOf(taken.files);
    return { ...stored, queryCode, deadlines, said: sent.said, files: hashes, sent: described };
  });
  return issueReceipt(secrets, arrived);
}

/** Stores a lead under a reference of its own, with the audit entry of its arrival. */
export async function storeArrival(
  tx: Tx,
  { secrets }: Context,
  arrival: ArrivingLead,
  now: number,
  by: { personId: string; bodyCode: string } | null = null,
): Promise<Filed> {
  const reference = await freeReference(tx, arrival.lead.receivedOn);
  const lead = { ...arrival.lead, reference };
  await insertLead(tx, { ...arrival, lead });
  const { seq, hash } = await appendAudit(tx, secrets, now, {
    action: by ? 'lead.register' : 'lead.arrive',
    subjectKind: 'lead',
    subjectId: lead.id,
    bodyCode: lead.bodyCode,
    ...by,
    fields: { reference, state: lead.state, sameness: lead.sameness },
    dateOnly: true,
  });
  const { receivedOn, dueOn = null } = lead;
  return { reference, receivedOn, dueOn, auditHead: { seq, hash } };
}

/** What stands of a complaint that is here already; whether it is the same one is for HMACs to say. */
export async function readFiled(db: Reader, lead: LeadRow, sameness: string): Promise<Filed> {
  if (lead.sameness !== sameness) throw new CodedError('already-received');
  const auditHead = await findArrivalEntry(db, lead.id);
  if (!auditHead) throw new Error('a lead without its audit entry');
  const { reference, receivedOn, dueOn } = lead;
  return { reference, receivedOn, dueOn, auditHead };
}

type Sent = Pick<Arrived, 'queryCode' | 'said'> & {
  sameness: string;
  fileCount: number;
  /** Of the query code. */
  identity: string;
};

/** The same, with the days that were counted when it came. */
async function readArrived(
  db: Reader,
  lead: LeadRow,
  { sameness, queryCode, said, fileCount, identity }: Sent,
): Promise<Arrived> {
  const filed = await readFiled(db, lead, sameness);
  const all = await listDeadlines(db, lead.id);
  const deadlines = all.filter(({ startOn }) => startOn === lead.receivedOn);
  // Files that were added later, or with a lead that was joined to it, stand behind these.
  const files = (await listEvidence(db, lead.id)).slice(0, fileCount);
  const described = fileCount > 0 ? await openSent(db, lead.id, identity) : [];
  return { ...filed, queryCode, deadlines, said, files: hashesOf(files), sent: described };
}

function hashesOf(files: readonly { fileHash: string }[]): string[] {
  return files.map(({ fileHash }) => fileHash).toSorted();
}

/** A reference that no lead has, of the year it was received. */
export async function freeReference(db: Reader, receivedOn: string): Promise<string> {
  const year = Number(receivedOn.slice(0, 4));
  for (;;) {
    const reference = makeReference(year, randomBytes(REFERENCE_BYTES));
    if (!(await isReferenceTaken(db, reference))) return reference;
  }
}

export function contentOf(input: ComplaintInput, source: Source = 'ONLINE'): LeadContent {
  return {
    source,
    class: input.class,
    mode: input.mode,
    placeCode: input.placeCode,
    problemTypes: input.problemTypes,
    subjects: input.subjects.map(({ role, bodyCode = null, name = null }) => {
      return { role, bodyCode, name };
    }),
    text: input.text ?? '',
    noticeId: input.noticeId ?? null,
    noticeRow: input.noticeRow ?? null,
  };
}

export function reporterOf({ reporter }: ComplaintInput): ReporterContent | null {
  const { name = null, contact = null } = reporter ?? {};
  return name || contact ? { name, contact } : null;
}
