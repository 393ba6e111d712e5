import type { EventCode, State } from '#rules/lifecycle-states.ts';
import type { RoleCode } from '#rules/roles.ts';

/**
 * The transitions as the specification has them, written down a second time: event, states it starts from,
 * state it leads to (`=` stays, `<` goes back), who takes it, who confirms it, and who is barred from both.
 */
type Row = [EventCode, string, State | '=' | '<', string, string?, ('case-worker' | 'last-actor')?];

const PENDING =
  'SCREENING RECEIVED TRIAGE NEED_INFO ACCEPTED TRANSFERRED ASSIGNED INVESTIGATING PARKED IN_REVIEW REVIEW RECHECK';
const UNFINISHED = `${PENDING} CONCLUDED RECTIFYING`;
const ALL = `${UNFINISHED} REJECTED MERGED CLOSED TERMINATED`;
const DECIDED =
  'REJECTED MERGED ACCEPTED TRANSFERRED ASSIGNED INVESTIGATING PARKED IN_REVIEW CONCLUDED RECTIFYING CLOSED REVIEW RECHECK TERMINATED';
const KNOWN = 'TRIAGE ACCEPTED INVESTIGATING';
const STAFF =
  'intake_clerk triage_officer section_chief bureau_leader discipline_liaison handler township_user';
const ASKING = 'triage_officer section_chief handler township_user';
const SUPERVISING = 'section_chief bureau_leader discipline_liaison';
const WORKERS = 'handler township_user';

export const SPECIFIED: readonly Row[] = [
  ['pass-screening', 'SCREENING', 'RECEIVED', 'intake_clerk'],
  ['reject-spam', 'SCREENING', 'REJECTED', 'intake_clerk'],
  ['restore-spam', 'REJECTED', 'RECEIVED', 'triage_officer', '', 'last-actor'],
  ['confirm-spam', 'REJECTED', '=', 'triage_officer', '', 'last-actor'],
  ['claim', 'RECEIVED', 'TRIAGE', 'intake_clerk'],
  ['merge', 'TRIAGE', 'MERGED', 'triage_officer'],
  ['reject', 'TRIAGE', 'REJECTED', 'triage_officer', 'section_chief'],
  ['ask-info', KNOWN, 'NEED_INFO', 'triage_officer'],
  ['resume', 'NEED_INFO', '<', 'triage_officer'],
  ['accept', 'TRIAGE', 'ACCEPTED', 'triage_officer'],
  ['transfer', KNOWN, 'TRANSFERRED', 'section_chief triage_officer', 'bureau_leader'],
  ['conclude-withdrawn', KNOWN, 'CONCLUDED', 'triage_officer'],
  ['confirm-receipt', 'TRANSFERRED', '=', 'discipline_liaison'],
  ['confirm-by-letter', 'TRANSFERRED', '=', 'section_chief'],
  ['remind-transfer', 'TRANSFERRED', '=', 'section_chief'],
  ['return-transfer', 'TRANSFERRED', 'TRIAGE', 'discipline_liaison'],
  ['return-by-letter', 'TRANSFERRED', 'TRIAGE', 'section_chief'],
  ['feedback', 'TRANSFERRED', 'CONCLUDED', 'discipline_liaison'],
  ['feedback-by-letter', 'TRANSFERRED', 'CONCLUDED', 'section_chief'],
  ['assign', 'ACCEPTED', 'ASSIGNED', 'section_chief'],
  ['reassign', 'ASSIGNED INVESTIGATING PARKED', '=', 'section_chief'],
  ['start', 'ASSIGNED', 'INVESTIGATING', WORKERS],
  ['park', 'INVESTIGATING', 'PARKED', 'section_chief'],
  ['park-again', 'PARKED', '=', 'section_chief'],
  ['unpark', 'PARKED', 'INVESTIGATING', 'section_chief'],
  ['report', 'INVESTIGATING', 'IN_REVIEW', WORKERS, WORKERS],
  ['return-report', 'IN_REVIEW', 'INVESTIGATING', 'section_chief bureau_leader', '', 'case-worker'],
  ['conclude', 'IN_REVIEW', 'CONCLUDED', 'section_chief', '', 'case-worker'],
  ['conclude-major', 'IN_REVIEW', 'CONCLUDED', 'bureau_leader', '', 'case-worker'],
  ['rectify', 'CONCLUDED', 'RECTIFYING', 'section_chief'],
  ['add-items', 'RECTIFYING', '=', 'section_chief'],
  ['verify-item', 'RECTIFYING', '=', 'section_chief bureau_leader', '', 'case-worker'],
  ['record-acknowledgement', DECIDED, '=', `intake_clerk ${ASKING} discipline_liaison`],
  ['record-feedback', 'CONCLUDED RECTIFYING REVIEW', '=', ASKING],
  ['answer-objection', 'CONCLUDED RECTIFYING REVIEW', '=', 'bureau_leader', '', 'case-worker'],
  ['look-again', 'CONCLUDED RECTIFYING', 'INVESTIGATING', 'section_chief'],
  ['report-superior', DECIDED, '=', 'section_chief bureau_leader'],
  ['close', 'CONCLUDED RECTIFYING', 'CLOSED', 'bureau_leader', '', 'case-worker'],
  ['reopen', 'CLOSED', 'INVESTIGATING', 'section_chief'],
  ['open-review', 'CONCLUDED CLOSED', 'REVIEW', 'bureau_leader', '', 'case-worker'],
  ['decide-review', 'REVIEW', '=', 'bureau_leader', '', 'case-worker'],
  ['end-review', 'REVIEW', 'CLOSED', 'bureau_leader', '', 'case-worker'],
  ['open-recheck', 'REVIEW', 'RECHECK', 'bureau_leader', '', 'case-worker'],
  ['terminate', 'RECHECK', 'TERMINATED', 'bureau_leader', '', 'case-worker'],
  ['send-back', 'REVIEW RECHECK', 'INVESTIGATING', 'bureau_leader', '', 'case-worker'],
  ['seal', 'RECEIVED TRIAGE', '=', 'triage_officer'],
  ['transfer-sealed', `RECEIVED ${KNOWN}`, 'TRANSFERRED', 'discipline_liaison'],
  ['split', 'TRIAGE INVESTIGATING IN_REVIEW', '=', 'triage_officer'],
  ['extend', PENDING, '=', 'section_chief', 'bureau_leader'],
  ['supervise', UNFINISHED, '=', SUPERVISING],
  ['report-back', UNFINISHED, '=', `${WORKERS} section_chief`],
  ['instruct', UNFINISHED, '=', SUPERVISING],
  ['consent-to-close', 'CONCLUDED RECTIFYING REVIEW', '=', SUPERVISING],
  ['end-supervision', UNFINISHED, '=', SUPERVISING],
  ['pull-up', UNFINISHED, '=', 'triage_officer section_chief discipline_liaison'],
  ['settle-code', ALL, '=', 'triage_officer section_chief'],
  ['succeed', ALL.replace(' MERGED', ''), '=', 'triage_officer section_chief bureau_leader'],
  ['ask-question', PENDING, '=', ASKING],
  ['reply', ALL.replace(' MERGED', ''), '=', ASKING],
  ['declare-interest', UNFINISHED, '=', STAFF],
  ['decide-recusal', UNFINISHED, '=', 'section_chief bureau_leader'],
];

/** Steps for appeals only, and the one that a report never takes. */
const APPEALS: readonly string[] = [
  'open-review',
  'decide-review',
  'end-review',
  'open-recheck',
  'terminate',
  'send-back',
];

export function isForClass(event: string, petition: 'REPORT' | 'APPEAL'): boolean {
  return petition === 'APPEAL' || (!APPEALS.includes(event) && event !== 'conclude-withdrawn');
}

export function rolesIn(list: string | undefined): RoleCode[] {
  return (list ?? '').split(' ').filter(Boolean) as RoleCode[];
}

export function statesIn(list: string): State[] {
  return list.split(' ') as State[];
}
