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
import { findLeadById } from '#db/queries/leads.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { LeadFacts } from '#rules/lead-facts.ts';
import { PUBLIC_STATUSES } from '#rules/lifecycle-states.ts';
import type { PublicStatus, State } from '#rules/lifecycle-states.ts';
import { availableTransitions, publicStatusOf } from '#rules/lifecycle.ts';
import { parseQueryCode } from '#rules/receipt.ts';
import { openSealed, seal } from '#sealing/age.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import type { CodeKeys } from '#sealing/query-code.ts';
import { ruleOf } from './lead-facts.ts';
import { openMessage, sealMessage } from './lead-keys.ts';
import { prepareUnattended, readPlainFacts, writeUnattended } from './unattended-step.ts';

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
};

/** Throws `code-mistyped` (wrong check symbol) or `code-unknown`. */
export async function readFollowUp(context: Context, typedCode: string): Promise<FollowUp> {
  const { lead, keys } = await findByCode(context, typedCode);
  const rows = await listMessages(context.db, lead.id);
  const messages = await Promise.all(
    rows.map(async ({ kind, onDate, sealed }) => ({
      kind,
      onDate,
      text: await openMessage(keys.identity, sealed),
    })),
  );
  const parent = lead.parentId ? await findLeadById(context.db, lead.parentId) : null;
  const status = publicStatusOf(lead.state as State, parent?.state as State | undefined);
  return {
    reference: lead.reference,
    status,
    statusLabel: PUBLIC_STATUSES[status].label,
    nextStep: PUBLIC_STATUSES[status].next,
    receivedOn: lead.receivedOn,
    ...(lead.dueOn ? { dueOn: lead.dueOn } : {}),
    history: await readHistory(context, lead),
    messages,
    hasOpenQuestion: hasOpenQuestion(rows),
    mayWrite: ruleForWriting(await readPlainFacts(context.db, lead)) !== undefined,
  };
}

async function readHistory({ db }: Context, lead: LeadRow): Promise<FollowUp['history']> {
  const events = await listEvents(db, lead.id);
  return events.flatMap(({ event, status, onDate }) => {
    const note = ruleOf(event)?.publicNote;
    return note && status === 'done' ? [{ onDate, note }] : [];
  });
}

/**
 * An answer where a question is open, else a supplement. The same text as the last one again (a double
 * click, a reload) changes nothing. Throws as readFollowUp, and `state-changed`.
 */
export async function writeToStaff(
  context: Context,
  input: { queryCode: string; text: string },
): Promise<void> {
  const { lead, keys } = await findByCode(context, input.queryCode);
  const rows = await listMessages(context.db, lead.id);
  if (await isRepeated(rows.at(-1), keys.identity, input.text)) return;
  const facts = await readPlainFacts(context.db, lead);
  const rule = ruleForWriting(facts);
  if (!rule) throw new CodedError('state-changed');
  const kind =
    hasOpenQuestion(rows) || rule.effects?.includes('post-answer') ? 'answer' : 'supplement';
  const sealed = await sealMessage(lead, input.text);
  const step = await prepareUnattended(context.db, lead, facts, rule);
  const now = context.now();
  await context.db.transaction(async (tx) => {
    if ((await findLastMessage(tx, lead.id)) !== (rows.at(-1)?.seq ?? 0)) {
      throw new CodedError('state-changed');
    }
    const { epoch } = step;
    await insertMessage(tx, { leadId: lead.id, kind, onDate: civilDateOf(now), epoch, sealed });
    await writeUnattended(tx, context, step, now, { fields: { kind }, dateOnly: true });
  });
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

function hasOpenQuestion(rows: MessageRow[]): boolean {
  const asked = rows.findLastIndex((row) => row.kind === 'question');
  return asked >= 0 && !rows.slice(asked).some((row) => row.kind === 'answer');
}

async function isRepeated(
  last: MessageRow | undefined,
  identity: string,
  text: string,
): Promise<boolean> {
  if (last?.kind !== 'answer' && last?.kind !== 'supplement') return false;
  return (await openMessage(identity, last.sealed)) === text;
}
