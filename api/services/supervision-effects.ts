import { CodedError } from '#api/errors.ts';
import type { Supervision } from '#db/queries/supervisions.ts';
import { REPORT_CLOCK } from '#rules/deadlines.ts';
import { isSupervisor, mayEnd } from '#rules/lifecycle-guards.ts';
import { giveToBody } from './handover.ts';
import { staffOf } from './lead-case.ts';
import type { LeadCase } from './lead-case.ts';
import type { LeadChange } from './lead-change.ts';
import type { Step } from './lead-effects.ts';
import { listSupervisors } from './lead-people.ts';

/**
 * Begins a supervision. The supervisor's body gets the content, never who complained. Of a sealed lead
 * neither the kind nor the person stands in clear.
 */
export async function supervise(
  { context, leadCase, fields }: Step,
  change: LeadChange,
): Promise<LeadChange> {
  const { lead, day, events } = leadCase;
  const candidates = await listSupervisors(context, leadCase);
  const named = candidates.find((each) => supervisorCode(each) === fields['supervisor']);
  if (!named) throw new CodedError('invalid-input', { supervisor: '选择名单中的督办人' });
  const reportOn = futureDay(fields['reportOn'], day);
  const { bodyCode, personId } = named;
  const given = leadCase.grants.some((each) => each.bodyCode === bodyCode && isOnDesk(each))
    ? change
    : await giveToBody(context, leadCase, change, bodyCode, 'supervisor', ['content']);
  const isSealed = lead.secrecy === 'sealed';
  const begun: Omit<Supervision, 'leadId'> = {
    seq: (events.at(-1)?.seq ?? 0) + 1,
    kind: isSealed ? 'SUPERVISED' : String(fields['kind']),
    bodyCode,
    personId: isSealed ? null : personId,
    startedOn: day,
    reportOn,
    reportedOn: null,
    consentedOn: null,
    endedOn: null,
  };
  const next = { ...given, set: { ...given.set, supervised: 1 }, supervisions: [{ begun }] };
  return dateReports(next, [...leadCase.supervisions, begun]);
}

/** Every supervisor who waits for a report gets this one. */
export function reportBack({ leadCase }: Step, change: LeadChange): LeadChange {
  return set(leadCase, change, () => true, { reportedOn: leadCase.day });
}

export function instruct({ leadCase, fields }: Step, change: LeadChange): LeadChange {
  const reportOn = futureDay(fields['reportOn'], leadCase.day);
  return set(leadCase, change, isOwn(leadCase), { reportOn, reportedOn: null });
}

export function consentToClose({ leadCase }: Step, change: LeadChange): LeadChange {
  return set(leadCase, change, isOwn(leadCase), { consentedOn: leadCase.day });
}

export function endSupervision({ leadCase }: Step, change: LeadChange): LeadChange {
  const { facts, day } = leadCase;
  const isEnded = (seq: number) =>
    facts.supervisions.some((each) => each.seq === seq && mayEnd(each, facts, staffOf(leadCase)));
  const ended = set(leadCase, change, isEnded, { endedOn: day });
  const isLast = facts.supervisions.every((each) => isEnded(each.seq));
  return isLast ? { ...ended, set: { ...ended.set, supervised: 0 } } : ended;
}

/** What is looked into again wants the supervisor's consent again. */
export function voidConsent({ leadCase }: Step, change: LeadChange): LeadChange {
  return set(leadCase, change, () => true, { consentedOn: null });
}

/** The code of one choice: a person in one of their posts. */
export function supervisorCode(each: { bodyCode: string; personId: string }): string {
  return `${each.bodyCode}/${each.personId}`;
}

function isOwn(leadCase: LeadCase) {
  const own = leadCase.facts.supervisions.filter((each) => isSupervisor(each, staffOf(leadCase)));
  return (seq: number) => own.some((each) => each.seq === seq);
}

function set(
  { supervisions }: LeadCase,
  change: LeadChange,
  concerns: (seq: number) => boolean,
  values: Partial<Supervision>,
): LeadChange {
  const changed = supervisions.map(({ seq }) => seq).filter(concerns);
  const after = supervisions.map((each) => (concerns(each.seq) ? { ...each, ...values } : each));
  const next = [...change.supervisions, { changed, set: values }];
  return dateReports({ ...change, supervisions: next }, after);
}

/** The first report that is still to come is a clock of the lead. */
function dateReports(change: LeadChange, all: Omit<Supervision, 'leadId'>[]): LeadChange {
  const waiting = all.filter((each) => !each.reportedOn && !each.endedOn);
  const [dueOn] = waiting.map((each) => each.reportOn).toSorted();
  if (!dueOn) return { ...change, endsReports: true };
  return { ...change, ownClock: { code: REPORT_CLOCK, dueOn } };
}

function futureDay(value: unknown, today: string): string {
  const day = String(value);
  if (day > today) return day;
  throw new CodedError('invalid-input', { reportOn: '报告日期要在今天以后' });
}

function isOnDesk({ standing }: { standing: string }): boolean {
  return standing === 'desk';
}
