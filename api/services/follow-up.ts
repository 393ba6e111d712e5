import type { Context } from '#api/context.ts';
import { listMessages } from '#db/queries/complaints.ts';
import type { LeadRow, MessageRow } from '#db/queries/complaints.ts';
import { CodedError } from '#api/errors.ts';
import { listDeadlines, listEvents } from '#db/queries/lead-events.ts';
import type { Kin } from '#db/queries/lead-family.ts';
import type { Reader } from '#db/store.ts';
import { WISHES, remindFrom, reviewUntil } from '#rules/follow-up.ts';
import type { Wish } from '#rules/follow-up.ts';
import { PUBLIC_STATUSES } from '#rules/lifecycle-states.ts';
import type { PublicStatus, State } from '#rules/lifecycle-states.ts';
import { publicStatusOf } from '#rules/lifecycle.ts';
import { listOwed } from '#rules/receipt-file.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { SealError } from '#sealing/age.ts';
import { openByCode, openForReporter } from './follow-up-code.ts';
import { findAsking, hasRule, readTerms, ruleForWish, ruleForWriting } from './follow-up-rules.ts';
import { describeCodes, openFormer } from './former-codes.ts';
import type { Former } from './former-codes.ts';
import { ruleOf } from './lead-facts.ts';
import { findAnswering, listParts } from './lead-family.ts';
import { readPlainFacts } from './unattended-step.ts';

type PublicStatusOf = {
  reference: string;
  status: PublicStatus;
  statusLabel: string;
  nextStep: string;
  receivedOn: string;
  dueOn?: string;
};

/** What a query code shows: never the complaint itself. */
export type FollowUp = PublicStatusOf & {
  /** What has happened so far, in the public words of the transition table. */
  history: { onDate: string; note: string }[];
  messages: { kind: MessageRow['kind']; onDate: string; text: string }[];
  /** A question of the staff has no answer yet. */
  hasOpenQuestion: boolean;
  mayWrite: boolean;
  /** What the reporter may ask for now, beside writing. */
  wishes: Wish[];
  /** The first day a reminder is taken, of a lead that is not answered yet. */
  remindFrom?: string;
  /** The last day a review can be asked for, where such a term runs. */
  reviewUntil?: string;
  /** The code was changed lately: which of the two this is, and what the other one's holder says. */
  codes?: { mine: 'old' | 'new'; changedOn: string; until: string; disputed: boolean };
};

/** Throws `code-mistyped` (wrong check symbol) or `code-unknown`. */
export async function readFollowUp(context: Context, typedCode: string): Promise<FollowUp> {
  const opened = await openByCode(context, typedCode).catch(async (error: unknown) => {
    const isUnknown = error instanceof CodedError && error.code === 'code-unknown';
    const former = isUnknown ? await openFormer(context, typedCode) : null;
    if (!former) throw error;
    return former;
  });
  if ('code' in opened) return readByFormerCode(context, opened);
  const { lead, identities } = opened;
  const { db } = context;
  const parts = await listParts(db, lead.id);
  const said = await readMessages(db, lead, parts);
  const messages = (await openAll(said, identities)).map(({ text, ...message }) => {
    return { ...message, text: text ?? OTHERS_MESSAGE };
  });
  const codes = await describeCodes(context, lead, null);
  const facts = await readPlainFacts(db, lead);
  const known = await readTerms(context, lead);
  const until = reviewUntil(known);
  return {
    ...(await readPublicStatus(db, lead)),
    history: await readHistory(db, lead, parts),
    messages,
    hasOpenQuestion: (await findAsking(db, lead, parts)) !== null,
    mayWrite: ruleForWriting(facts) !== undefined,
    wishes: codesOf(WISHES).filter((wish) => ruleForWish(facts, known, wish) !== undefined),
    ...(hasRule(facts, 'remind') ? { remindFrom: remindFrom(known) } : {}),
    ...(hasRule(facts, 'review') && until ? { reviewUntil: until } : {}),
    ...(codes ? { codes } : {}),
  };
}

/** What a part said while another code was the lead's: nobody could seal it anew. */
const OTHERS_MESSAGE = '这条消息是发给另一个查询码的，打不开。请在这里写明，由工作人员重新发送。';

/** Where it stands, and what was said as long as the code was the lead's own; it asks for nothing. */
async function readByFormerCode(
  context: Context,
  { lead, code, identities }: Former,
): Promise<FollowUp> {
  const { db } = context;
  const parts = await listParts(db, lead.id);
  const said = await openAll(await readMessages(db, lead, parts), identities);
  const codes = await describeCodes(context, lead, code);
  return {
    ...(await readPublicStatus(db, lead)),
    history: await readHistory(db, lead, parts),
    messages: said.flatMap(({ text, ...message }) => (text === null ? [] : [{ ...message, text }])),
    hasOpenQuestion: false,
    mayWrite: false,
    wishes: [],
    ...(codes ? { codes } : {}),
  };
}

async function openAll(rows: MessageRow[], identities: string[]) {
  const opened = rows.map(async ({ kind, onDate, sealed }) => {
    const text = await openForReporter(identities, sealed).catch((error: unknown) => {
      if (error instanceof SealError) return null;
      throw error;
    });
    return { kind, onDate, text };
  });
  return Promise.all(opened);
}

/** The status that is told to whoever asks with the reference: no question, no answer, no history. */
export async function readPublicStatus(db: Reader, lead: LeadRow): Promise<PublicStatusOf> {
  const status = await statusOf(db, lead);
  // As the receipt says it: the first clock of an office may be none that is owed to the reporter.
  const running = (await listDeadlines(db, lead.id)).filter(({ metOn }) => metOn === null);
  const owed = status === 'received' ? listOwed(running)[0]?.dueOn : undefined;
  const dueOn = owed ?? lead.dueOn;
  return {
    reference: lead.reference,
    status,
    statusLabel: PUBLIC_STATUSES[status].label,
    nextStep: PUBLIC_STATUSES[status].next,
    receivedOn: lead.receivedOn,
    ...(dueOn ? { dueOn } : {}),
  };
}

/** Of a merged lead that of the one which answers; parts count as long as they are worked on. */
async function statusOf(db: Reader, lead: LeadRow): Promise<PublicStatus> {
  const answering = await findAnswering(db, lead);
  const parts = await listParts(db, answering.id);
  const states = parts.map((part) => part.state as State);
  return publicStatusOf(lead.state as State, answering.state as State, states);
}

/** What was said on the lead, and on its parts to its reporter, in the order of the days. */
async function readMessages(db: Reader, lead: LeadRow, parts: Kin[]): Promise<MessageRow[]> {
  const rows = await Promise.all([lead, ...parts].map(async ({ id }) => listMessages(db, id)));
  return rows.flat().toSorted((a, b) => a.onDate.localeCompare(b.onDate));
}

async function readHistory(db: Reader, lead: LeadRow, parts: Kin[]): Promise<FollowUp['history']> {
  const own = await listNotes(db, lead.id);
  const theirs = await Promise.all(parts.map(async ({ id }) => listNotes(db, id)));
  // Which body has which part is for nobody outside to know.
  const ofParts = theirs
    .flat()
    .map(({ onDate, note }) => ({ onDate, note: `其中一部分：${note}` }));
  return [...own, ...ofParts].toSorted((a, b) => a.onDate.localeCompare(b.onDate));
}

async function listNotes(db: Reader, leadId: string) {
  return (await listEvents(db, leadId)).flatMap(({ event, status, onDate }) => {
    const note = ruleOf(event)?.publicNote;
    return note && status === 'done' ? [{ onDate, note }] : [];
  });
}
