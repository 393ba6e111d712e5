import { randomBytes } from 'node:crypto';
import type { Actor, ActorPost, Context } from '#api/context.ts';
import type { BacklogRow } from '#rules/backlog-row.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { BACKLOG_EVENT } from '#rules/ledger-lead.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { sealJson } from '#sealing/age.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import { prepareArrival } from './complaint-arrival.ts';
import type { ArrivingLead } from './complaint-arrival.ts';
import type { LeadContent } from './lead-content.ts';

export type PreparedCase = ArrivingLead;

/**
 * A case of an old ledger, routed, excluded and sealed as everything that arrives; only then it is put where
 * it stood. No clock starts: a date that was missed years ago is late, not new. The query code is made and
 * forgotten, so that nobody has it. Of a sealed case nothing but its state and dates stands in clear.
 */
export async function prepareCase(
  context: Context,
  actor: Actor,
  post: ActorPost,
  row: BacklogRow,
  sameness: string,
): Promise<PreparedCase> {
  const keys = await deriveCodeKeys(context.secrets, makeQueryCode(randomBytes(CODE_BYTES)));
  const { reporter } = row;
  const incoming = { content: contentOf(row), reporter, keys, sameness, proved: true };
  const arrival = await prepareArrival(context, incoming);
  const { lead } = arrival;
  const isSealed = lead.secrecy === 'sealed';
  return {
    ...arrival,
    lead: {
      ...lead,
      backlog: 1,
      state: row.state,
      receivedOn: row.receivedOn,
      dueOn: STATES[row.state].open ? row.dueOn : null,
      ...(isSealed ? {} : clearColumns(row, lead.major ?? 0)),
    },
    deadlines: [],
    event: BACKLOG_EVENT,
    entered: {
      personId: actor.personId,
      bodyCode: post.bodyCode,
      onDate: civilDateOf(context.now()),
      sealed: await sealJson([lead.contentRecipient], row.facts),
    },
  };
}

function clearColumns(row: BacklogRow, major: number) {
  const { repeats, finding, concludedOn, closedOn } = row;
  return { repeats, finding, concludedOn, closedOn, major: row.isMajor ? 1 : major };
}

function contentOf(row: BacklogRow): LeadContent {
  return {
    source: row.source,
    class: row.class,
    mode: row.mode,
    placeCode: row.placeCode,
    problemTypes: row.problemTypes,
    subjects: row.subjects,
    text: row.text,
    noticeId: null,
    noticeRow: null,
  };
}
