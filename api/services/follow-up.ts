import type { Context } from '#api/context.ts';
import { CodedError, ERRORS } from '#api/errors.ts';
import {
  findCurrentEpoch,
  findLastMessage,
  findLeadByLookup,
  insertMessage,
  listMessages,
} from '#db/queries/complaints.ts';
import type { LeadRow, MessageRow } from '#db/queries/complaints.ts';
import { findLastEventSeq, insertEvent, listEvents } from '#db/queries/lead-events.ts';
import { findLeadById, updateLeadInState } from '#db/queries/leads.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { PLAIN_FACTS } from '#rules/lead-facts.ts';
import type { LeadFacts } from '#rules/lead-facts.ts';
import { PUBLIC_STATUSES } from '#rules/lifecycle-states.ts';
import type { PublicStatus, State } from '#rules/lifecycle-states.ts';
import { availableTransitions, publicStatusOf, targetOf } from '#rules/lifecycle.ts';
import { parseQueryCode } from '#rules/receipt.ts';
import { openSealed, seal } from '#sealing/age.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import type { CodeKeys } from '#sealing/query-code.ts';
import { appendAudit } from './audit.ts';
import { findEnteredOn, moveClocks } from './lead-clocks.ts';
import { openMessage, sealMessage } from './lead-keys.ts';

/** What a query code shows: never the complaint itself. */
export type FollowUp = {
  reference: string;
  status: PublicStatus;
  statusLabel: string;
  nextStep: string;
  receivedOn: string;
  dueOn?: string;
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
    messages,
    hasOpenQuestion: hasOpenQuestion(rows),
    mayWrite: ruleForWriting(await readFacts(context, lead)) !== undefined,
  };
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
  const facts = await readFacts(context, lead);
  const rule = ruleForWriting(facts);
  if (!rule) throw new CodedError('state-changed');
  const kind =
    hasOpenQuestion(rows) || rule.effects?.includes('post-answer') ? 'answer' : 'supplement';
  const epoch = await findCurrentEpoch(context.db, lead.id);
  const sealed = await sealMessage(lead, input.text);
  const now = context.now();
  const onDate = civilDateOf(now);
  const to = targetOf(rule, facts);
  const since = await findEnteredOn(context.db, lead);
  await context.db.transaction(async (tx) => {
    if ((await findLastMessage(tx, lead.id)) !== (rows.at(-1)?.seq ?? 0)) {
      throw new CodedError('state-changed');
    }
    if (!(await updateLeadInState(tx, lead.id, lead.state, { state: to }))) {
      throw new CodedError('state-changed');
    }
    await insertEvent(tx, {
      leadId: lead.id,
      seq: (await findLastEventSeq(tx, lead.id)) + 1,
      event: rule.event,
      fromState: lead.state,
      toState: to,
      onDate,
      personId: null,
      bodyCode: null,
      status: 'done',
      epoch,
      sealed: null,
    });
    await moveClocks(tx, lead.id, { rule, facts, to, since, day: onDate });
    await insertMessage(tx, { leadId: lead.id, kind, onDate, epoch, sealed });
    await appendAudit(tx, context.secrets, now, {
      action: `lead.${rule.event}`,
      subjectKind: 'lead',
      subjectId: lead.id,
      fields: { kind },
      dateOnly: true,
    });
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

/** What the table asks of a lead when its reporter acts; the rest of the facts concerns staff only. */
async function readFacts(context: Context, lead: LeadRow): Promise<LeadFacts> {
  const events = await listEvents(context.db, lead.id);
  const asked = events.findLast(
    (event) => event.toState === 'NEED_INFO' && event.status === 'done',
  );
  return {
    ...PLAIN_FACTS,
    state: lead.state as State,
    resumeState: (asked?.fromState ?? null) as State | null,
    secrecy: lead.secrecy,
  };
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
