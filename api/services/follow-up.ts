import type { Context } from '#api/context.ts';
import { CodedError, ERRORS } from '#api/errors.ts';
import {
  findLastMessage,
  findLeadByLookup,
  insertMessage,
  listMessages,
} from '#db/queries/complaints.ts';
import type { LeadRow, MessageRow } from '#db/queries/complaints.ts';
import { listEvents } from '#db/queries/lead-events.ts';
import type { Kin } from '#db/queries/lead-family.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { LeadFacts } from '#rules/lead-facts.ts';
import { PUBLIC_STATUSES } from '#rules/lifecycle-states.ts';
import type { PublicStatus, State } from '#rules/lifecycle-states.ts';
import { availableTransitions, findTransition, publicStatusOf } from '#rules/lifecycle.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { parseQueryCode } from '#rules/receipt.ts';
import { openSealed, seal } from '#sealing/age.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import type { CodeKeys } from '#sealing/query-code.ts';
import { describeUploads, openUploads, sealEvidence, takeUploads } from './evidence.ts';
import { hasOpenQuestion, isRepeated } from './follow-up-messages.ts';
import { ruleOf } from './lead-facts.ts';
import { findAnswering, listParts } from './lead-family.ts';
import { openMessage, sealMessage } from './lead-keys.ts';
import { prepareTakeIn, writeTakeIn } from './take-in.ts';
import { prepareUnattended, readPlainFacts, writeUnattended } from './unattended-step.ts';

/** The reporter's wishes and the events of the transition table that they are. */
export const WISHES = {
  withdraw: 'request-withdrawal',
  review: 'request-review',
  recusal: 'ask-recusal',
} as const;
export type Wish = keyof typeof WISHES;

/** What a query code shows: never the complaint itself. */
export type FollowUp = {
  reference: string;
  status: PublicStatus;
  statusLabel: string;
  nextStep: string;
  receivedOn: string;
  dueOn?: string;
  /** What has happened so far, in the public words of the transition table. */
  history: { onDate: string; note: string }[];
  messages: { kind: MessageRow['kind']; onDate: string; text: string }[];
  /** A question of the staff has no answer yet. */
  hasOpenQuestion: boolean;
  mayWrite: boolean;
  /** What the reporter may ask for now, beside writing. */
  wishes: Wish[];
};

/** Throws `code-mistyped` (wrong check symbol) or `code-unknown`. */
export async function readFollowUp(context: Context, typedCode: string): Promise<FollowUp> {
  const { lead, keys } = await findByCode(context, typedCode);
  const { db } = context;
  const parts = await listParts(db, lead.id);
  const said = await readMessages(db, lead, parts);
  const messages = await Promise.all(
    said.map(async ({ kind, onDate, sealed }) => ({
      kind,
      onDate,
      text: await openMessage(keys.identity, sealed),
    })),
  );
  const status = await statusOf(db, lead);
  const facts = await readPlainFacts(db, lead);
  return {
    reference: lead.reference,
    status,
    statusLabel: PUBLIC_STATUSES[status].label,
    nextStep: PUBLIC_STATUSES[status].next,
    receivedOn: lead.receivedOn,
    ...(lead.dueOn ? { dueOn: lead.dueOn } : {}),
    history: await readHistory(db, lead, parts),
    messages,
    hasOpenQuestion: (await findAsking(db, lead, parts)) !== null,
    mayWrite: ruleForWriting(facts) !== undefined,
    wishes: codesOf(WISHES).filter((wish) => ruleForWish(facts, wish) !== undefined),
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

/**
 * An answer where a question is open, on the lead or a part of it, else a supplement. The same text as the
 * last one again (a double click, a reload) changes nothing. Throws as readFollowUp, `evidence-gone`
 * and `state-changed`.
 */
export async function writeToStaff(
  context: Context,
  input: {
    queryCode: string;
    text: string;
    wish?: Wish | undefined;
    evidence?: string[] | undefined;
  },
): Promise<void> {
  const { lead, keys } = await findByCode(context, input.queryCode);
  const { db } = context;
  const parts = await listParts(db, lead.id);
  const { wish } = input;
  const target = (wish ? null : await findAsking(db, lead, parts)) ?? lead;
  const rows = await listMessages(db, target.id);
  const uploadIds = [...new Set(input.evidence ?? [])];
  const text = input.text || `补充附件${uploadIds.length}个。`;
  for (const { id } of [lead, ...parts]) {
    const last = (await listMessages(db, id)).at(-1);
    const isSaid = await isRepeated(last, keys.identity, text);
    if (isSaid && (await describeUploads(context, uploadIds)).length === 0) return;
  }
  const facts = await readPlainFacts(db, target);
  const rule = wish ? ruleForWish(facts, wish) : ruleForWriting(facts);
  if (!rule) throw new CodedError('state-changed');
  const isAnswer = hasOpenQuestion(rows) || rule.effects?.includes('post-answer');
  const kind = isAnswer && !wish ? 'answer' : 'supplement';
  const now = context.now();
  const onDate = civilDateOf(now);
  const files = await openUploads(context, uploadIds);
  const sealed = await sealMessage(target, text);
  const step = await prepareUnattended(db, target, facts, rule);
  const { contentRecipient } = target;
  const at = { origin: 'supplement', onDate } as const;
  const taken = await sealEvidence(files, { contentRecipient, epoch: step.epoch }, at);
  const passed = await prepareTakeIn(db, lead, text, { files, onDate });
  await db.transaction(async (tx) => {
    if ((await findLastMessage(tx, target.id)) !== (rows.at(-1)?.seq ?? 0)) {
      throw new CodedError('state-changed');
    }
    const { epoch } = step;
    await takeUploads(tx, target.id, taken);
    await insertMessage(tx, { leadId: target.id, kind, onDate, epoch, sealed });
    await writeUnattended(tx, context, step, now, { fields: { kind }, dateOnly: true });
    if (passed) await writeTakeIn(tx, passed, onDate);
  });
}

/** The lead, or the part of it, whose question waits for an answer. */
async function findAsking(db: Reader, lead: LeadRow, parts: Kin[]): Promise<LeadRow | Kin | null> {
  for (const each of [lead, ...parts]) {
    if (hasOpenQuestion(await listMessages(db, each.id))) return each;
  }
  return null;
}

/**
 * Every well-formed code costs the same here, whether there is a lead or not: one derivation, one
 * look-up, one opening.
 */
async function findByCode(
  context: Context,
  typedCode: string,
): Promise<{ lead: LeadRow; keys: CodeKeys }> {
  const parsed = parseQueryCode(typedCode);
  if (!parsed.ok) throw refuseCode('code-mistyped');
  const keys = await deriveCodeKeys(context.secrets, parsed.code);
  const lead = await findLeadByLookup(context.db, keys.lookup);
  await openSealed(keys.identity, await seal([keys.recipient], parsed.code));
  if (!lead) throw refuseCode('code-unknown');
  return { lead, keys };
}

function refuseCode(code: 'code-mistyped' | 'code-unknown'): CodedError {
  return new CodedError(code, { queryCode: ERRORS[code].message });
}

const WRITING = ['post-answer', 'post-supplement'] as const;

function ruleForWriting(facts: LeadFacts) {
  const rules = availableTransitions(facts, 'reporter');
  return WRITING.map((effect) => rules.find((rule) => rule.effects?.includes(effect))).find(
    Boolean,
  );
}

function ruleForWish(facts: LeadFacts, wish: Wish) {
  return findTransition(facts, 'reporter', { event: WISHES[wish] });
}
