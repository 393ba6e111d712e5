import { formatDate } from './civil-date.ts';
import { isOverdue } from './deadline.ts';
import { LOCKED } from './ledger-columns.ts';
import type { LedgerCells } from './ledger-columns.ts';
import {
  dateOf,
  known,
  maskedWords,
  placeOf,
  problemsOf,
  summaryOf,
  wordsOf,
} from './ledger-cells.ts';
import { concluded, itemsOf, transferred } from './ledger-lead.ts';
import type { LedgerItem, LedgerLead, LedgerReferral } from './ledger-lead.ts';
import { dispositionsOf, findingOf, levelOf, remarkOf } from './ledger-lead-line.ts';
import { STATES } from './lifecycle-states.ts';
import { PETITION_CLASSES, SOURCES } from './vocabulary.ts';
import type { Source } from './vocabulary.ts';

/** 自查/线索/督查: where a problem of the list comes from. */
const ORIGINS: Partial<Record<Source, string>> = {
  SELFCHECK: '自查',
  DATAMATCH: '自查',
  INSPECTION: '督查',
  SUPERIOR: '督查',
};

/** The lines of a lead in 问题清单和整改台账, one an item. */
export function linesOfItems(lead: LedgerLead, today: string): LedgerCells[] {
  const items = itemsOf(lead);
  const origin = lead.source === null ? LOCKED : (ORIGINS[lead.source] ?? '线索');
  const common = { origin, body: lead.bodyName };
  if (items === 'locked') {
    const locked = { problem: LOCKED, cause: LOCKED, measure: LOCKED, owner: LOCKED };
    return [{ ...common, ...locked, number: lead.reference, progress: STATES[lead.state].label }];
  }
  return items.map((item, at) => ({
    ...common,
    number: `${lead.reference}-${at + 1}`,
    problem: maskedWords(lead, item.fields['problem']),
    cause: maskedWords(lead, item.fields['cause']),
    measure: maskedWords(lead, item.fields['measure']),
    dueOn: dateOf(item.fields['dueOn']),
    owner: textOf(item.fields['owner']),
    progress: progressOf(item, today),
    evidence: maskedWords(lead, item.verified?.fields?.['evidence']),
    verifier: item.verified?.personName ?? '',
    struckOn: dateOf(item.verified?.onDate),
  }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function progressOf({ fields, verified }: LedgerItem, today: string): string {
  if (verified) return '已完成';
  const { dueOn } = fields;
  return typeof dueOn === 'string' && isOverdue(dueOn, today) ? '逾期未完成' : '整改中';
}

/** The line of a matter in 重复信访专门工作台账. */
export function lineOfRepeat(lead: LedgerLead, serial: number, today: string): LedgerCells {
  const { open, final } = STATES[lead.state];
  return {
    serial: String(serial),
    reference: lead.reference,
    firstOn: formatDate(lead.receivedOn),
    lastOn: dateOf(lead.lastRepeatOn),
    times: String(lead.repeats),
    class: known(PETITION_CLASSES, lead.class),
    source: known(SOURCES, lead.source),
    level: levelOf(lead),
    town: placeOf(lead, lead.town),
    village: placeOf(lead, lead.village),
    problems: problemsOf(lead),
    summary: summaryOf(lead),
    handlingBody: lead.bodyName,
    measures: lead.measures.join('、'),
    settled: open ? '未化解' : final ? '已化解销号' : '已办结待销号',
    concludedOn: dateOf(lead.concludedOn),
    closedOn: dateOf(lead.closedOn),
    remark: remarkOf(lead, today),
  };
}

/** The line of a letter in 问题线索移交台账. */
export function lineOfReferral(
  lead: LedgerLead,
  letter: LedgerReferral,
  serial: number,
): LedgerCells {
  const answered = letter.feedbackOn !== null;
  return {
    serial: String(serial),
    letter: letter.number,
    reference: lead.reference,
    direction: letter.direction,
    fromBody: letter.fromBody,
    toBody: letter.toBody ?? wordsOf(transferred(lead, 'outside')),
    sentOn: formatDate(letter.sentOn),
    town: placeOf(lead, lead.town),
    problems: problemsOf(lead),
    cadres: wordsOf(transferred(lead, 'cadres')),
    receivedOn: dateOf(letter.receivedOn),
    returnedOn: dateOf(letter.returnedOn),
    feedbackOn: dateOf(letter.feedbackOn),
    finding: answered ? findingOf(lead) : '',
    dispositions: answered ? dispositionsOf(lead) : '',
    heldToAccount: answered ? wordsOf(concluded(lead, 'heldToAccount')) : '',
    remark: lead.isSealed ? '密封件' : '',
  };
}
