/** The states of a lead, what the public is told of each, and the names of what can happen. */

export const PUBLIC_STATUSES = {
  received: {
    label: '已收到',
    due: '最迟告知日期',
    next: '工作人员看过后，在这里告诉您受不受理，最迟不过下面写的日期。',
  },
  'need-info': {
    label: '需补充',
    due: '办理期限',
    next: '在这里回答问题即可；15日内没有回答，就按现有材料办理。',
  },
  accepted: { label: '已受理', due: '办理期限', next: '接下来确定承办人员，开始核查。' },
  'in-progress': {
    label: '处理中',
    due: '办理期限',
    next: '正在了解、核查情况，有结果或有疑问会写在这里。',
  },
  referred: {
    label: '已转有权机关',
    due: '办理期限',
    next: '由有权机关办理，办理情况反馈后写在这里。',
  },
  answered: { label: '已答复', due: '办理期限', next: '答复写在这里；有新的情况可以继续补充。' },
  review: { label: '复查中', due: '办理期限', next: '上级机关正在复查或复核，30日内作出意见。' },
  ended: {
    label: '已终结',
    due: '办理期限',
    next: '三级程序已经走完，没有新的事实和理由不再受理。',
  },
} as const satisfies Record<string, { label: string; due: string; next: string }>;
export type PublicStatus = keyof typeof PUBLIC_STATUSES;

type StateRow = {
  label: string;
  publicStatus: PublicStatus | 'parent';
  /** Not answered yet: clocks run, it counts as pending. */
  open: boolean;
  /** No further duty: the lead may be left here for good. */
  final: boolean;
  /** Clocks of the handling stand still. */
  clockStops: boolean;
};

const OPEN = { open: true, final: false, clockStops: false } as const;
const DONE = { open: false, final: false, clockStops: false } as const;
const END = { open: false, final: true, clockStops: false } as const;

export const STATES = {
  SCREENING: { label: '待筛查', publicStatus: 'received', ...OPEN },
  RECEIVED: { label: '已接收', publicStatus: 'received', ...OPEN },
  TRIAGE: { label: '甄别中', publicStatus: 'in-progress', ...OPEN },
  NEED_INFO: { label: '待补充', publicStatus: 'need-info', ...OPEN, clockStops: true },
  REJECTED: { label: '不予受理', publicStatus: 'answered', ...END },
  MERGED: { label: '已并案', publicStatus: 'parent', ...END },
  ACCEPTED: { label: '已受理', publicStatus: 'accepted', ...OPEN },
  TRANSFERRED: { label: '已移交', publicStatus: 'referred', ...OPEN },
  ASSIGNED: { label: '已交办', publicStatus: 'in-progress', ...OPEN },
  INVESTIGATING: { label: '核查中', publicStatus: 'in-progress', ...OPEN },
  PARKED: { label: '暂存待查', publicStatus: 'in-progress', ...OPEN },
  IN_REVIEW: { label: '结论审核', publicStatus: 'in-progress', ...OPEN },
  CONCLUDED: { label: '已办结', publicStatus: 'answered', ...DONE },
  RECTIFYING: { label: '整改中', publicStatus: 'answered', ...DONE },
  CLOSED: { label: '已销号', publicStatus: 'answered', ...END },
  REVIEW: { label: '复查', publicStatus: 'review', ...OPEN },
  RECHECK: { label: '复核', publicStatus: 'review', ...OPEN },
  TERMINATED: { label: '三级终结', publicStatus: 'ended', ...END },
} as const satisfies Record<string, StateRow>;
export type State = keyof typeof STATES;

export const ALL_STATES = Object.keys(STATES) as State[];
export const OPEN_STATES = ALL_STATES.filter((state) => STATES[state].open);

/** Somebody by name has to work on it (承办人). */
export const WORKED_STATES: readonly State[] = ['ASSIGNED', 'INVESTIGATING'];

/** Where a lead begins that was split off another one: it needs no screening any more. */
export const SPLIT_STATE: State = 'TRIAGE';

/** What can happen to a lead; each has one row in the transition table. */
export const EVENT_CODES = [
  // arrival and screening
  'arrive',
  'arrive-unproved',
  'register',
  'pass-screening',
  'reject-spam',
  'restore-spam',
  'confirm-spam',
  // triage
  'claim',
  'merge',
  'reject',
  'ask-info',
  'answer-info',
  'lapse-info',
  'resume',
  'accept',
  'transfer',
  'transfer-sealed',
  'conclude-withdrawn',
  // transferred
  'confirm-receipt',
  'confirm-by-letter',
  'remind-transfer',
  'return-transfer',
  'return-by-letter',
  'feedback',
  'feedback-by-letter',
  // handling
  'assign',
  'reassign',
  'start',
  'park',
  'park-again',
  'unpark',
  'report',
  'return-report',
  'conclude',
  'conclude-major',
  // after the conclusion
  'rectify',
  'add-items',
  'verify-item',
  'close',
  'reopen',
  'request-review',
  'open-review',
  'decide-review',
  'end-review',
  'open-recheck',
  'send-back',
  'terminate',
  // telling the reporter and whoever assigned the matter
  'record-acknowledgement',
  'record-feedback',
  'answer-objection',
  'look-again',
  'report-superior',
  // two query codes of one lead
  'dispute-code',
  'settle-code',
  // events that leave the state alone
  'seal',
  'split',
  'extend',
  'supervise',
  'report-back',
  'instruct',
  'consent-to-close',
  'end-supervision',
  'ask-question',
  'reply',
  'add-material',
  'request-withdrawal',
  'ask-recusal',
  'urge',
  'rate',
  'declare-interest',
  'decide-recusal',
  'refuse-proposal',
  'withdraw-proposal',
  'pull-up',
  'succeed',
  'take-in',
] as const;
export type EventCode = (typeof EVENT_CODES)[number];
