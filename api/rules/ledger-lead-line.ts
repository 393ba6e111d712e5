import { formatDate } from './civil-date.ts';
import { isOverdue } from './deadline.ts';
import { LOCKED } from './ledger-columns.ts';
import type { LedgerCells } from './ledger-columns.ts';
import {
  dateOf,
  firstOf,
  known,
  labelOf,
  maskedWords,
  moneyOf,
  pairOf,
  placeOf,
  problemsOf,
  summaryOf,
  wordsOf,
} from './ledger-cells.ts';
import {
  REGISTER_EVENT,
  concluded,
  fromOldLedger,
  itemsOf,
  transferred,
  typedIn,
} from './ledger-lead.ts';
import type { LedgerLead } from './ledger-lead.ts';
import { STATES } from './lifecycle-states.ts';
import {
  CONTACT_METHODS,
  DISPOSITIONS,
  PETITION_LEVELS,
  REAL_NAME_RESULTS,
  REPORT_METHODS,
  RESPONSES,
} from './vocabulary-handling.ts';
import { FINDINGS, REPORTER_MODES, SOURCES, SUBJECT_ROLES } from './vocabulary.ts';

/** The line of a lead in 群众举报问题线索统计台账; `today` says what is overdue. */
export function lineOfLead(lead: LedgerLead, serial: number, today: string): LedgerCells {
  const old = (key: string) => wordsOf(fromOldLedger(lead, key));
  const oldDate = (key: string) => wordsOf(fromOldLedger(lead, key), dateOf);
  return {
    serial: String(serial),
    reference: lead.reference,
    receivedOn: formatDate(lead.receivedOn),
    source: known(SOURCES, lead.source),
    level: levelOf(lead),
    mode: modeOf(lead),
    reporter: reporterOf(lead),
    subjectBodies: firstOf(subjectBodiesOf(lead), old('subjectBodies')),
    subjectRoles: subjectRolesOf(lead),
    town: placeOf(lead, lead.town),
    village: placeOf(lead, lead.village),
    problems: problemsOf(lead),
    summary: summaryOf(lead),
    repeats: String(lead.repeats),
    weight: weightOf(lead),
    handling: firstOf(handlingOf(lead), oldWords(lead, 'handling')),
    handlingBody: firstOf(old('handlingBody'), lead.bodyName),
    workers: firstOf(lead.workers.join('、'), old('workers')),
    letter: firstOf(letterOf(lead), old('letter')),
    receiver: firstOf(receiverOf(lead), old('receiver')),
    dueOn: firstOf(dateOf(lead.handlingDueOn ?? lead.dueOn), oldDate('dueOn')),
    concludedOn: firstOf(dateOf(lead.concludedOn), oldDate('concludedOn')),
    finding: findingOf(lead),
    dispositions: dispositionsOf(lead),
    amount: firstOf(wordsOf(concluded(lead, 'amountCents'), moneyOf), old('amount')),
    recovered: firstOf(
      wordsOf(typedIn(lead, ['close'], 'recoveredCents'), moneyOf),
      old('recovered'),
    ),
    cleared: countsOf(lead, 'cleared'),
    admitted: countsOf(lead, 'admitted'),
    heldToAccount: firstOf(wordsOf(concluded(lead, 'heldToAccount')), old('heldToAccount')),
    feedbackOn: firstOf(
      wordsOf(typedIn(lead, ['record-feedback'], 'givenOn'), dateOf),
      oldDate('feedbackOn'),
    ),
    items: itemCountsOf(lead),
    closedOn: firstOf(dateOf(lead.closedOn), oldDate('closedOn')),
    remark: remarkOf(lead, today),
  };
}

export function levelOf(lead: LedgerLead): string {
  const level = typedIn(lead, ['accept', REGISTER_EVENT], 'level');
  return firstOf(wordsOf(level, labelOf(PETITION_LEVELS)), wordsOf(fromOldLedger(lead, 'level')));
}

export function findingOf(lead: LedgerLead): string {
  const finding = wordsOf(concluded(lead, 'finding'), labelOf(FINDINGS));
  return firstOf(finding, oldWords(lead, 'finding'));
}

export function dispositionsOf(lead: LedgerLead): string {
  const dispositions = wordsOf(concluded(lead, 'dispositions'), labelOf(DISPOSITIONS));
  return firstOf(dispositions, oldWords(lead, 'dispositions'));
}

/** What an old ledger says in words may name the accused. */
function oldWords(lead: LedgerLead, key: string): string {
  return wordsOf(fromOldLedger(lead, key), (value) => maskedWords(lead, value));
}

function modeOf(lead: LedgerLead): string {
  const mode = known(REPORTER_MODES, lead.mode);
  const result = typedIn(lead, ['accept'], 'realName');
  if (lead.mode === 'ANONYMOUS' || result === null || result === 'locked') return mode;
  const words = labelOf(REAL_NAME_RESULTS)(result.value);
  return result.value === 'NOT_CLAIMED' ? mode : `${mode}（${words}）`;
}

/** A number in the name's place: that of the lead, since who complained is sealed apart from it. */
function reporterOf({ mode, reference }: LedgerLead): string {
  if (mode === null) return LOCKED;
  return mode === 'ANONYMOUS' ? '匿名' : `R${reference.slice(2)}`;
}

function subjectBodiesOf({ subjects }: LedgerLead): string {
  if (subjects === null) return LOCKED;
  const names = subjects.flatMap(({ bodyName }) => bodyName ?? []);
  return [...new Set(names)].join('、');
}

function subjectRolesOf({ subjects }: LedgerLead): string {
  if (subjects === null) return LOCKED;
  return [...new Set(subjects.map(({ role }) => SUBJECT_ROLES[role]))].join('、') || '无';
}

function weightOf(lead: LedgerLead): string {
  if (lead.isSealed && lead.source === null) return LOCKED;
  const words = [
    lead.major ? '重大' : '',
    lead.source === 'MEDIA' ? '媒体' : '',
    lead.source === 'LEADER' ? '批示' : '',
  ];
  return words.filter(Boolean).join('、') || '否';
}

/** The last of these steps says how it is handled. */
const HANDLING: Readonly<Record<string, string>> = {
  merge: '并案',
  reject: '不予受理',
  'reject-spam': '不予受理',
  transfer: '移交',
  'transfer-sealed': '移交',
  assign: '交办核查',
  reassign: '交办核查',
  'conclude-withdrawn': '撤回办结',
};

function handlingOf(lead: LedgerLead): string {
  const last = lead.events.findLast((each) => HANDLING[each.event] !== undefined);
  const words = [last ? (HANDLING[last.event] ?? '') : '', ...lead.measures];
  return [...new Set(words.filter(Boolean))].join('、');
}

function letterOf(lead: LedgerLead): string {
  const letters = lead.referrals.map(({ number, sentOn }) => `${formatDate(sentOn)}${number}`);
  if (letters.length > 0) return letters.join('；');
  const number = transferred(lead, 'letterNumber');
  const sent = lead.events.findLast((each) => each.moved && each.toState === 'TRANSFERRED');
  return sent ? `${formatDate(sent.onDate)}${wordsOf(number)}` : '';
}

function receiverOf(lead: LedgerLead): string {
  const receivers = lead.referrals.flatMap(({ toBody }) => toBody ?? []);
  return firstOf(receivers.join('；'), wordsOf(transferred(lead, 'outside')));
}

function countsOf(lead: LedgerLead, what: 'cleared' | 'admitted'): string {
  const pair = pairOf(concluded(lead, `${what}Households`), concluded(lead, `${what}Persons`));
  return firstOf(pair, wordsOf(fromOldLedger(lead, what)));
}

function itemCountsOf(lead: LedgerLead): string {
  const items = itemsOf(lead);
  if (items === 'locked') return LOCKED;
  const done = items.filter((item) => item.verified !== null).length;
  return items.length > 0 ? `${items.length}/${done}` : wordsOf(fromOldLedger(lead, 'items'));
}

/** 反馈2026年11月20日（电话，有异议） */
function toldOf(lead: LedgerLead, what: string, event: string, day: string): string {
  const on = wordsOf(typedIn(lead, [event], day), dateOf);
  if (!on || on === LOCKED) return '';
  const how = [
    wordsOf(typedIn(lead, [event], 'method'), labelOf({ ...REPORT_METHODS, ...CONTACT_METHODS })),
    wordsOf(typedIn(lead, [event], 'response'), labelOf(RESPONSES)),
  ];
  return `${what}${on}（${how.filter(Boolean).join('，')}）`;
}

/** How it stands, and what marks it out. */
export function remarkOf(lead: LedgerLead, today: string): string {
  const isLate = STATES[lead.state].open && lead.dueOn !== null && isOverdue(lead.dueOn, today);
  const number = wordsOf(fromOldLedger(lead, 'reference'));
  const words = [
    STATES[lead.state].label,
    isLate ? '逾期' : '',
    lead.extended ? '已延期' : '',
    toldOf(lead, '告知受理', 'record-acknowledgement', 'toldOn'),
    toldOf(lead, '反馈', 'record-feedback', 'givenOn'),
    toldOf(lead, '向交办机关报结', 'report-superior', 'toldOn'),
    lead.isSealed ? '密封件' : '',
    lead.isBacklog ? `旧台账录入${number && number !== LOCKED ? `（原编号${number}）` : ''}` : '',
    oldWords(lead, 'remark'),
  ];
  return words.filter(Boolean).join('；');
}
