import { CodedError } from '#api/errors.ts';
import { insertLead, insertMessage } from '#db/queries/complaints.ts';
import type { NewLead } from '#db/queries/complaints.ts';
import { insertEvidence } from '#db/queries/evidence.ts';
import type { NoticeRowName } from '#db/queries/household-holds.ts';
import {
  insertExclusions,
  takeExclusions,
  replaceProblems,
  replaceSubjects,
  replaceWorkers,
} from '#db/queries/lead-details.ts';
import { deleteFormerCodes, restoreCode } from '#db/queries/former-codes.ts';
import type { FormerCode } from '#db/queries/former-codes.ts';
import { findLastEventSeq, insertEvent } from '#db/queries/lead-events.ts';
import type { LeadEvent } from '#db/queries/lead-events.ts';
import { deleteGrantsOf, saveGrants } from '#db/queries/lead-grants.ts';
import { writeSupervision } from '#db/queries/supervisions.ts';
import type { SupervisionChange } from '#db/queries/supervisions.ts';
import { addRepeat, updateLeadInState } from '#db/queries/leads.ts';
import { deleteRating } from '#db/queries/statistics.ts';
import type { Lead } from '#db/queries/leads.ts';
import type { Tx } from '#db/store.ts';
import type { DeadlineCode, OWN_CLOCKS } from '#rules/deadlines.ts';
import type { TakenFiles } from './evidence.ts';
import { hideAmong } from './exclusions.ts';
import type { SealedMessage } from './lead-messages.ts';
import type { SealedGrant } from './lead-keys.ts';
import { writeReferral } from './referral-change.ts';
import type { ReferralChange } from './referral-change.ts';

export type MessageKind = 'question' | 'reply';

type Restored = {
  former: FormerCode;
  present: { lookup: string; recipient: string };
  messages: { seq: number; sealed: Buffer }[];
};
type Joining = {
  parent: string;
  after: number;
  event: LeadEvent;
  macs: string[];
  evidence: TakenFiles['files'];
};
export type OwnClock = { code: keyof typeof OWN_CLOCKS; dueOn: string };

/**
 * Everything one step changes beside its event, sealed and settled beforehand, so that the transaction
 * only writes.
 */
export type LeadChange = {
  set: Partial<Omit<Lead, 'id'>>;
  /** Saved: new holders, or a standing that changes. */
  grants: SealedGrant[];
  /** Bodies that lose every grant. They are deleted before `grants` are saved. */
  dropped: string[];
  exclusionMacs: string[];
  /** It becomes a sealed lead: its exclusions are hidden among so many. */
  hideAmong: number;
  /** Each replaces what was there; null leaves it. */
  workers: string[] | null;
  problems: string[] | null;
  subjects: { role: string; bodyCode: string | null }[] | null;
  /** Texts for the citizen, sealed once all effects are known. */
  messages: { kind: MessageKind; text: string }[];
  children: NewLead[];
  /** A date given by hand: to be done by, or to be looked at again. It replaces the one before. */
  ownClock: OwnClock | null;
  /** The day on which somebody was told, where it was written down later. */
  toldOn: string | null;
  /** Clocks that begin beside those of the rule. */
  startsClocks: DeadlineCode[];
  /** No report to a supervisor is due any more. */
  endsReports: boolean;
  supervisions: SupervisionChange[];
  /** Its clocks tell of what is sealed from now on: those of every sealed lead take their place. */
  restartsClocks: boolean;
  /** Days by which the running clocks of the handling are put back. */
  extendBy: number;
  /** The household of a notice that is held back until the objection is settled. */
  hold: NoticeRowName | null;
  /** The lead this one repeats, its last event as it was read, and what comes after that. */
  joins: Joining | null;
  /** Of two query codes one is left: the present one, or the one that comes back. */
  codes: { restore: Restored | null } | null;
  /** The letter that goes out, or what came back to one. */
  referral: ReferralChange | null;
  /** The content identity that this step and what follows is sealed to. */
  epoch: number;
  contentRecipient: string;
};

export function emptyChange(epoch: number, contentRecipient: string): LeadChange {
  return {
    set: {},
    grants: [],
    dropped: [],
    exclusionMacs: [],
    hideAmong: 0,
    workers: null,
    problems: null,
    subjects: null,
    messages: [],
    children: [],
    ownClock: null,
    toldOn: null,
    startsClocks: [],
    endsReports: false,
    supervisions: [],
    restartsClocks: false,
    extendBy: 0,
    hold: null,
    joins: null,
    codes: null,
    referral: null,
    epoch,
    contentRecipient,
  };
}

/** Throws `state-changed` where the lead is no longer in the state it was read in. */
export async function applyChange(
  tx: Tx,
  lead: Pick<Lead, 'id' | 'state'>,
  change: LeadChange,
  messages: SealedMessage[],
): Promise<void> {
  const set = { ...change.set, contentRecipient: change.contentRecipient };
  if (!(await updateLeadInState(tx, lead.id, lead.state, set))) {
    throw new CodedError('state-changed');
  }
  if (change.set.secrecy === 'sealed') await deleteRating(tx, lead.id);
  await deleteGrantsOf(tx, lead.id, change.dropped);
  await saveGrants(
    tx,
    change.grants.map((grant) => ({ ...grant, leadId: lead.id })),
  );
  const known = change.hideAmong > 0 ? await takeExclusions(tx, lead.id) : [];
  const macs = [...new Set([...known, ...change.exclusionMacs])];
  await insertExclusions(tx, lead.id, hideAmong(change.hideAmong, macs));
  if (change.workers) await replaceWorkers(tx, lead.id, change.workers);
  if (change.problems) await replaceProblems(tx, lead.id, change.problems);
  if (change.subjects) await replaceSubjects(tx, lead.id, change.subjects);
  for (const message of messages) await insertMessage(tx, message);
  for (const child of change.children) await insertLead(tx, child);
  for (const each of change.supervisions) await writeSupervision(tx, lead.id, each);
  if (change.joins) await joinParent(tx, change.joins);
  await writeReferral(tx, lead.id, change.referral);
  if (change.codes) await settleCodes(tx, lead.id, change.codes.restore);
}

async function settleCodes(tx: Tx, leadId: string, restored: Restored | null): Promise<void> {
  if (restored) {
    const { former, present, messages } = restored;
    if (!(await restoreCode(tx, former, present, messages))) throw new CodedError('state-changed');
  }
  await deleteFormerCodes(tx, leadId);
}

async function joinParent(
  tx: Tx,
  { parent, after, event, macs, evidence }: Joining,
): Promise<void> {
  if ((await findLastEventSeq(tx, parent)) !== after) throw new CodedError('state-changed');
  await insertEvent(tx, event);
  await insertEvidence(tx, parent, evidence);
  await insertExclusions(tx, parent, macs);
  await addRepeat(tx, parent);
}
