import type { Supervision } from '#db/queries/supervisions.ts';
import type { Lead } from '#db/queries/leads.ts';
import type { LeadFacts } from '#rules/lead-facts.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import type { EventCode, State } from '#rules/lifecycle-states.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { findEntry } from '#rules/lifecycle.ts';
import type { EffectCode, TransitionRule } from '#rules/transition-rule.ts';
import type { PetitionClass, ReporterMode } from '#rules/vocabulary.ts';
import type { OpenedEvent } from './lead-timeline.ts';

/** What is known of a lead beside its row and its events. */
export type LeadSurroundings = {
  /** Of a sealed lead these stand in the content only. */
  class: PetitionClass;
  mode: ReporterMode;
  heldByDiscipline: boolean;
  /** The body on whose desk it is and those above it. */
  deciders: string[];
  caseWorkers: string[];
  childStates: State[];
  bodiesWithKey: Set<string>;
  /** Codes of those that exist now. */
  bodies: Set<string>;
  supervisions: Supervision[];
  /** Codes of the clocks that run. */
  clocks: string[];
  heldInReserve: boolean;
};

const RULES = new Map<string, TransitionRule>(TRANSITIONS.map((rule) => [rule.event, rule]));

export function ruleOf(event: string): TransitionRule | undefined {
  return RULES.get(event);
}

/** The step that waits for another person's approval. */
export function findProposal(events: readonly OpenedEvent[]): OpenedEvent | undefined {
  return events.findLast((event) => event.status === 'proposed');
}

/** The reporter asked that somebody keep away, and nobody has decided on it since. */
export function isRecusalAsked(events: readonly OpenedEvent[]): boolean {
  const last = events.findLast(
    ({ event }) => event === 'ask-recusal' || event === 'decide-recusal',
  );
  return last?.event === 'ask-recusal';
}

/** The answers to what the transition table asks, read from what has happened so far. */
export function factsOf(
  lead: Lead,
  events: OpenedEvent[],
  surroundings: LeadSurroundings,
): LeadFacts {
  const done = events.filter((event) => event.status === 'done');
  const moves = done.filter((event) => event.fromState !== event.toState);
  const state = lead.state as State;
  const waiting = findProposal(events);
  const clue = lastWith(done, 'record-clue', ({ disciplineClue }) => disciplineClue === 'YES');
  const transfer = lastWith(done, 'transfer');
  const answered = moves.findLast((event) => ruleOf(event.event)?.effects?.includes('post-reply'));
  const returned = (lastWith(done, 'return-transfer')?.seq ?? 0) > (transfer?.seq ?? 0);
  const receiver = returned ? null : receiverOf(transfer, surroundings.bodies);
  const lastMove = moves.findLast((event) => ruleOf(event.event));
  return {
    state,
    resumeState: (findEntry(done, state)?.fromState ?? null) as State | null,
    class: surroundings.class,
    mode: surroundings.mode,
    secrecy: lead.secrecy,
    heldByDiscipline: surroundings.heldByDiscipline,
    heldInReserve: surroundings.heldInReserve,
    // How grave a sealed lead is stands in its content alone, so the stricter way always applies.
    isMajor: lead.major === 1 || lead.secrecy === 'sealed',
    bodyCode: lead.bodyCode,
    bodyEnded: !surroundings.bodies.has(lead.bodyCode),
    deciders: surroundings.deciders.filter((code) => code !== receiver),
    supervised: lead.supervised === 1,
    supervisions: surroundings.supervisions.map(({ seq, bodyCode, personId, consentedOn }) => ({
      seq,
      bodyCode,
      personId: personId ?? supervisorIn(events, seq),
      consented: consentedOn !== null,
    })),
    extended: lead.extended === 1,
    withdrawalRequested: lastWith(done, 'note-withdrawal') !== undefined,
    parentId: lead.parentId,
    openChildren: surroundings.childStates.filter((child) => !STATES[child].final).length,
    caseWorkers: surroundings.caseWorkers,
    lastActor: moves.at(-1)?.personId ?? null,
    proposal: waiting?.personId
      ? { event: waiting.event as EventCode, proposedBy: waiting.personId }
      : null,
    receiver,
    receiverOnPortal: !transfer || isOnPortal(transfer, surroundings.bodiesWithKey),
    transferAnswered:
      !transfer ||
      moves.some((move) => move.seq > transfer.seq && move.fromState === transfer.toState),
    disciplineClue: clue !== undefined,
    clueHandedOver: clue !== undefined && (lastWith(done, 'split')?.seq ?? 0) > clue.seq,
    feedbackRecorded: (lastWith(done, 'record-feedback')?.seq ?? 0) > (answered?.seq ?? 0),
    objectionOpen: isObjectionOpen(done),
    codeDisputed:
      (lastWith(done, 'dispute-code')?.seq ?? 0) > (lastWith(done, 'settle-code')?.seq ?? 0),
    clocks: surroundings.clocks,
    openItems: countOpenItems(done),
    rejectedAsSpam: has(lastMove, 'keep-spam-90-days'),
    reviewDecided: (lastWith(done, 'decide-review')?.seq ?? 0) > (lastMove?.seq ?? 0),
  };
}

/** Of what was fed back last the reporter did not think it right, and no step has answered that. */
function isObjectionOpen(done: OpenedEvent[]): boolean {
  const objects = ({ response }: Record<string, unknown>) => response === 'OBJECTS';
  const objected = lastWith(done, 'record-feedback', objects)?.seq ?? 0;
  return objected > (lastWith(done, 'settle-objection')?.seq ?? 0);
}

/** Of a sealed lead the supervisor stands in the sealed event alone. */
export function supervisorIn(events: OpenedEvent[], seq: number): string | null {
  const named = events.find((event) => event.seq === seq)?.fields?.['supervisor'];
  return typeof named === 'string' ? (named.split('/')[1] ?? null) : null;
}

/** The problem list with what was verified, in the order in which items were added. */
export function listItems(events: OpenedEvent[]) {
  const done = events.filter((event) => event.status === 'done');
  const items = done.flatMap((event) => (has(event, 'add-items') ? rowsOf(event) : []));
  const verified = new Set(
    done.filter((event) => has(event, 'verify-item')).map((event) => event.fields?.['item']),
  );
  return items.map((fields, index) => ({
    number: index + 1,
    fields,
    verified: verified.has(index + 1),
  }));
}

/** A replaced code, by its place among all of the lead, the day of its change, and of being spoken up for. */
export type Dispute = { nth: number; replacedOn: string; onDate: string };

/** What waits to be settled, the earliest code first; none where it is not told of each which code it is. */
export function listDisputes(events: readonly OpenedEvent[]): Dispute[] {
  const settled = events.findLastIndex((event) => has(event, 'settle-code'));
  const open = events.slice(settled + 1).filter((event) => has(event, 'dispute-code'));
  const told = open.flatMap(({ fields, onDate }) => {
    const { nth, replacedOn } = fields ?? {};
    return typeof nth === 'number' ? [{ nth, replacedOn: String(replacedOn), onDate }] : [];
  });
  return told.length === open.length ? told.toSorted((a, b) => a.nth - b.nth) : [];
}

function rowsOf(event: OpenedEvent): unknown[] {
  const items = event.fields?.['items'];
  return Array.isArray(items) ? items : [];
}

function countOpenItems(events: OpenedEvent[]): number {
  return listItems(events).filter((item) => !item.verified).length;
}

function has(event: OpenedEvent | undefined, effect: EffectCode): boolean {
  return event ? (ruleOf(event.event)?.effects?.includes(effect) ?? false) : false;
}

function lastWith(
  events: OpenedEvent[],
  effect: EffectCode,
  matches: (fields: Record<string, unknown>) => boolean = () => true,
): OpenedEvent | undefined {
  return events.findLast((event) => has(event, effect) && matches(event.fields ?? {}));
}

function receiverOf(transfer: OpenedEvent | undefined, bodies: Set<string>): string | null {
  const { destination } = transfer?.fields ?? {};
  return typeof destination === 'string' && bodies.has(destination) ? destination : null;
}

function isOnPortal(transfer: OpenedEvent, bodiesWithKey: Set<string>): boolean {
  const { destination, outside } = transfer.fields ?? {};
  return !outside && typeof destination === 'string' && bodiesWithKey.has(destination);
}
