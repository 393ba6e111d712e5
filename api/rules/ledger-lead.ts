import type { State } from './lifecycle-states.ts';
import type { ProblemCode, ReporterMode, Source, SubjectRole } from './vocabulary.ts';
import type { PetitionClass } from './vocabulary.ts';

/** One event that took effect, with what was typed; `isLocked` where the reader has no key of it. */
export type LedgerEvent = {
  event: string;
  toState: string;
  moved: boolean;
  onDate: string;
  /** The member of staff who did it. */
  personName: string | null;
  fields: Readonly<Record<string, unknown>> | null;
  isLocked: boolean;
};

/** A letter of referral with the names of its bodies. */
export type LedgerReferral = {
  number: string;
  fromBody: string;
  toBody: string | null;
  sentOn: string;
  receivedOn: string | null;
  returnedOn: string | null;
  feedbackOn: string | null;
  direction: string;
};

/** A lead as far as its reader may open it, with names in place of codes. */
export type LedgerLead = {
  reference: string;
  state: State;
  isSealed: boolean;
  isBacklog: boolean;
  receivedOn: string;
  /** The next day to keep; null where none runs. */
  dueOn: string | null;
  /** The last day of the handling, met or not. */
  handlingDueOn: string | null;
  concludedOn: string | null;
  closedOn: string | null;
  /** These are null where they stand in sealed content that the reader cannot open. */
  class: PetitionClass | null;
  mode: ReporterMode | null;
  source: Source | null;
  town: string | null;
  village: string | null;
  problems: readonly ProblemCode[] | null;
  subjects: readonly { role: SubjectRole; bodyName: string | null }[] | null;
  text: string | null;
  /** Names of the accused, for masking. */
  accusedNames: readonly string[];
  bodyName: string;
  workers: readonly string[];
  major: boolean;
  supervised: boolean;
  extended: boolean;
  repeats: number;
  /** Of the repeats that were merged into it and that the reader may know of. */
  lastRepeatOn: string | null;
  /** Kinds of supervision, as labels. */
  measures: readonly string[];
  referrals: readonly LedgerReferral[];
  events: readonly LedgerEvent[];
};

/** What an old ledger said of a lead, by the keys of LEAD_COLUMNS. */
export const BACKLOG_EVENT = 'take-backlog';

/** A matter that staff wrote down. */
export const REGISTER_EVENT = 'register';

/** Events whose typed fields a ledger prints; the others need not be opened. */
export const LEDGER_EVENTS: ReadonlySet<string> = new Set([
  'accept',
  'transfer',
  'transfer-sealed',
  'conclude',
  'conclude-major',
  'feedback',
  'feedback-by-letter',
  'record-acknowledgement',
  'record-feedback',
  'report-superior',
  'rectify',
  'add-items',
  'verify-item',
  'close',
  REGISTER_EVENT,
  BACKLOG_EVENT,
]);

const CONCLUSIONS = ['conclude', 'conclude-major', 'feedback', 'feedback-by-letter'];
const TRANSFERS = ['transfer', 'transfer-sealed'];

export type Typed = { value: unknown } | 'locked' | null;

/** The last answer to a question, or null where it was not asked yet. */
export function typedIn(lead: LedgerLead, events: readonly string[], name: string): Typed {
  const last = lead.events.findLast(
    (each) => events.includes(each.event) && (each.isLocked || isFilled(each.fields?.[name])),
  );
  if (!last) return null;
  return last.isLocked ? 'locked' : { value: last.fields?.[name] };
}

export function concluded(lead: LedgerLead, name: string): Typed {
  return typedIn(lead, CONCLUSIONS, name);
}

export function transferred(lead: LedgerLead, name: string): Typed {
  return typedIn(lead, TRANSFERS, name);
}

/** What the old ledger had in this column; the portal's own steps come after it. */
export function fromOldLedger(lead: LedgerLead, key: string): Typed {
  return typedIn(lead, [BACKLOG_EVENT], key);
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** An item of the problem list with what became of it. */
export type LedgerItem = {
  fields: Readonly<Record<string, unknown>>;
  verified: LedgerEvent | null;
};

/** The problem list in the order in which items were added; 'locked' where it cannot be opened. */
export function itemsOf(lead: LedgerLead): LedgerItem[] | 'locked' {
  const adding = lead.events.filter(({ event }) => event === 'rectify' || event === 'add-items');
  if (adding.some((event) => event.isLocked)) return 'locked';
  const rows = adding.flatMap(({ fields }) => {
    const items = fields?.['items'];
    return Array.isArray(items) ? (items as Record<string, unknown>[]) : [];
  });
  const verifying = lead.events.filter(({ event }) => event === 'verify-item');
  return rows.map((fields, at) => ({
    fields,
    verified: verifying.find((event) => event.fields?.['item'] === at + 1) ?? null,
  }));
}

/** The day on which a lead last came into a state here. */
export function lastEntryOf(events: readonly LedgerEvent[], state: State): string | null {
  const entry = events.findLast((each) => each.moved && each.toState === state);
  // An old case came into its state long before it was taken in.
  return entry && entry.event !== BACKLOG_EVENT ? entry.onDate : null;
}
