import { SUPERIOR_CLOCK } from './deadlines.ts';
import { METHOD, PUBLIC_REPLY, REASON } from './lifecycle-fields.ts';
import { ALL_STATES, type State } from './lifecycle-states.ts';
import type { RoleCode } from './roles.ts';
import type { Field } from './transition-fields.ts';
import type { TransitionRule } from './transition-rule.ts';
import { REPORT_METHODS, RESPONSES } from './vocabulary-handling.ts';

/** Whether it is taken up is not known yet. */
const UNDECIDED: readonly State[] = ['SCREENING', 'RECEIVED', 'TRIAGE', 'NEED_INFO'];
const DECIDED = ALL_STATES.filter((state) => !UNDECIDED.includes(state));
const ASKING: readonly RoleCode[] = ['triage_officer', 'section_chief', 'handler', 'township_user'];

const TELLER: Field = {
  name: 'teller',
  label: '告知人',
  hint: '不选就是登记的人。',
  kind: 'person',
  required: false,
};

/** What the reporter and whoever assigned the matter are told, and what they say to it. */
export const TELLING: readonly TransitionRule[] = [
  {
    event: 'record-acknowledgement',
    label: '登记向反映人告知受理情况',
    from: DECIDED,
    to: null,
    alsoBy: 'receiver',
    actors: ['intake_clerk', ...ASKING, 'discipline_liaison'],
    requires: ['acknowledgement-due'],
    fields: [
      { name: 'toldOn', label: '告知日期', kind: 'date', required: true },
      METHOD,
      TELLER,
      { name: 'note', label: '反映人的回应', kind: 'longtext', required: false, maxLength: 1000 },
    ],
    meets: ['ACK_PET', 'ACK_RN'],
    effects: ['check-told-date'],
    // Who was not told can say so.
    publicNote: '工作人员登记：已告知您受理情况。没有接到告知的，请在这里写明。',
  },
  {
    event: 'record-feedback',
    label: '登记向反映人反馈',
    from: ['CONCLUDED', 'RECTIFYING', 'REVIEW'],
    to: null,
    alsoBy: 'receiver',
    actors: ASKING,
    fields: [
      { name: 'givenOn', label: '反馈日期', kind: 'date', required: true },
      METHOD,
      TELLER,
      {
        name: 'response',
        label: '反映人的意见',
        kind: 'choice',
        required: true,
        options: RESPONSES,
      },
      {
        name: 'objection',
        label: '反映人的异议',
        hint: '有异议的写明，原话为好。答复或者重新核查以后才能销号。',
        kind: 'longtext',
        required: false,
      },
    ],
    // Who hears of the result hears that it was taken up.
    meets: ['FB_RN', 'ACK_PET', 'ACK_RN'],
    effects: ['check-told-date', 'record-feedback'],
    publicNote: '工作人员登记：已向您反馈办理结果。没有收到反馈的，请在这里写明。',
  },
  {
    event: 'answer-objection',
    label: '答复异议（维持原来的结论）',
    from: ['CONCLUDED', 'RECTIFYING', 'REVIEW'],
    to: null,
    actors: ['bureau_leader'],
    notBy: ['case-worker'],
    requires: ['objection-open'],
    fields: [REASON, PUBLIC_REPLY],
    meets: ['OBJECT15'],
    effects: ['settle-objection', 'post-reply'],
  },
  {
    event: 'look-again',
    label: '按异议重新核查',
    from: ['CONCLUDED', 'RECTIFYING'],
    to: 'INVESTIGATING',
    actors: ['section_chief'],
    requires: ['objection-open'],
    fields: [{ ...REASON, hint: '异议里新的证据，或者原来没有查到的情况。' }],
    meets: ['OBJECT15'],
    effects: ['settle-objection', 'void-consent'],
    publicNote: '根据您的异议，重新核查。',
  },
  {
    event: 'report-superior',
    label: '登记向交办机关报结',
    from: DECIDED,
    to: null,
    actors: ['section_chief', 'bureau_leader'],
    requires: ['superior-waits'],
    fields: [
      { name: 'toldOn', label: '报结日期', kind: 'date', required: true },
      {
        name: 'method',
        label: '报结方式',
        kind: 'choice',
        required: true,
        options: REPORT_METHODS,
      },
      { name: 'document', label: '报结文号', kind: 'text', required: false },
      { name: 'said', label: '报告的情况', kind: 'longtext', required: true, maxLength: 2000 },
      {
        name: 'nextOn',
        label: '交办机关另给的期限',
        hint: '没有报结、交办机关同意延后的才填。',
        kind: 'date',
        required: false,
      },
    ],
    meets: [SUPERIOR_CLOCK],
    effects: ['check-told-date', 'report-to-superior'],
  },
];
