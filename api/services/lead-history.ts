import type { Context } from '#api/context.ts';
import { listMessages } from '#db/queries/complaints.ts';
import { listDeadlines } from '#db/queries/lead-events.ts';
import { isOverdue } from '#rules/deadline.ts';
import { DATE_COLUMNS } from '#rules/backlog-columns.ts';
import { labelOfClock } from '#rules/deadlines.ts';
import { LEAD_COLUMNS } from '#rules/ledger-columns.ts';
import { BACKLOG_EVENT } from '#rules/ledger-lead.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import { REPORTER_EVENTS } from '#rules/reporter-opening.ts';
import type { State } from '#rules/lifecycle-states.ts';
import type { Field } from '#rules/transition-fields.ts';
import type { LeadCase } from './lead-case.ts';
import { listItems, ruleOf } from './lead-facts.ts';
import { openMessage } from './lead-keys.ts';
import { ANSWERED_ELSEWHERE } from './lead-messages.ts';
import type { EventFields } from './lead-timeline.ts';
import { describeFields } from './lead-words.ts';
import type { Names } from './lead-words.ts';
import { APPROVAL } from './transitions.ts';

export async function listClocks({ db }: Context, { lead, day }: LeadCase) {
  return (await listDeadlines(db, lead.id)).map(({ ruleCode, dueOn, metOn, provisional }) => ({
    code: ruleCode,
    label: labelOfClock(ruleCode),
    dueOn,
    metOn,
    provisional: provisional === 1,
    overdue: metOn === null && isOverdue(dueOn, day),
  }));
}

const MESSAGE_KINDS = {
  question: '向反映人提问',
  reply: '给反映人的答复',
  answer: '反映人回答',
  supplement: '反映人补充',
} as const;

export async function openMessages({ db }: Context, { lead, identities }: LeadCase) {
  const rows = await listMessages(db, lead.id);
  return Promise.all(
    rows.map(async ({ seq, kind, onDate, epoch, sealed }) => {
      const said = { seq, kind, kindLabel: MESSAGE_KINDS[kind], onDate };
      const identity = identities.get(epoch);
      if (epoch === ANSWERED_ELSEWHERE) return { ...said, text: '已与并入的线索一并答复。' };
      const text = identity ? await openMessage(identity, sealed) : null;
      return { ...said, text };
    }),
  );
}

const OTHER_EVENTS: Record<string, string> = {
  [APPROVAL]: '审批同意',
  [BACKLOG_EVENT]: '从旧台账录入',
  ...REPORTER_EVENTS,
};
const REASONED: Field[] = [{ name: 'reason', label: '理由', kind: 'longtext', required: true }];
/** What an old ledger said, under its own headings. */
const OLD_COLUMNS: Field[] = LEAD_COLUMNS.map(({ key, label }) => {
  const kind = DATE_COLUMNS.has(key) ? 'date' : 'longtext';
  return { name: key, label, kind, required: false };
});
const EVENT_STATUSES = { proposed: '等待审批', done: '', declined: '未生效' } as const;

export function describeEvents(leadCase: LeadCase, names: Names) {
  return leadCase.events.map((event) => {
    const rule = ruleOf(event.event);
    const asked = rule?.fields ?? (event.event === BACKLOG_EVENT ? OLD_COLUMNS : REASONED);
    const moved = event.fromState !== event.toState;
    return {
      seq: event.seq,
      event: event.event,
      label: rule?.label ?? OTHER_EVENTS[event.event] ?? event.event,
      toLabel: moved ? STATES[event.toState as State].label : null,
      onDate: event.onDate,
      personName: event.personId ? (names.persons.get(event.personId) ?? null) : null,
      bodyName: event.bodyCode ? (names.bodies.get(event.bodyCode) ?? null) : null,
      status: event.status,
      statusLabel: EVENT_STATUSES[event.status],
      words: event.fields ? describeFields(asked, event.fields, names) : [],
    };
  });
}

export function describeItems(events: LeadCase['events'], names: Names) {
  const columns = ruleOf('add-items')?.fields.find((field) => field.of)?.of ?? [];
  return listItems(events).map(({ number, verified, fields }) => ({
    number,
    verified,
    words: describeFields(columns, fields as EventFields, names),
  }));
}
