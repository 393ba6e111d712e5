import { CLASS, PROBLEMS, PUBLIC_QUESTION, PUBLIC_REPLY, REASON } from './lifecycle-fields.ts';
import { ALL_STATES, OPEN_STATES, type State } from './lifecycle-states.ts';
import type { RoleCode } from './roles.ts';
import type { TransitionRule } from './transition-rule.ts';
import { SEAL_REASONS, YES_NO } from './vocabulary-handling.ts';

const UNFINISHED: readonly State[] = [...OPEN_STATES, 'CONCLUDED', 'RECTIFYING'];
/** A merged lead is answered at its parent. */
const ANSWERABLE = ALL_STATES.filter((state) => state !== 'MERGED');
const WORKING: readonly RoleCode[] = [
  'intake_clerk',
  'triage_officer',
  'section_chief',
  'bureau_leader',
  'discipline_liaison',
  'handler',
  'township_user',
];
const ASKING: readonly RoleCode[] = ['triage_officer', 'section_chief', 'handler', 'township_user'];

/** What leaves the state alone. */
export const SIDE_EVENTS: readonly TransitionRule[] = [
  {
    event: 'seal',
    label: '密封并交纪检监察组',
    from: ['RECEIVED', 'TRIAGE'],
    to: null,
    actors: ['triage_officer'],
    requires: ['not-sealed'],
    fields: [
      {
        name: 'reasonCode',
        label: '密封的原因',
        kind: 'choice',
        required: true,
        options: SEAL_REASONS,
      },
      { ...REASON, required: false },
    ],
    effects: ['seal'],
  },
  {
    event: 'split',
    label: '拆分',
    from: ['TRIAGE', 'INVESTIGATING', 'IN_REVIEW'],
    to: null,
    actors: ['triage_officer'],
    fields: [
      CLASS,
      PROBLEMS,
      { name: 'allegation', label: '拆分出去的内容', kind: 'longtext', required: true },
    ],
    effects: ['split'],
  },
  {
    event: 'extend',
    label: '延期',
    from: OPEN_STATES,
    to: null,
    actors: ['section_chief'],
    approvedBy: ['bureau_leader'],
    requires: ['not-extended-yet'],
    fields: [
      REASON,
      { name: 'days', label: '延长天数', kind: 'number', required: true, min: 1, max: 30 },
      { ...PUBLIC_REPLY, name: 'notice', label: '给反映人的延期告知（写明理由和新的期限）' },
    ],
    effects: ['extend', 'post-reply'],
  },
  {
    event: 'ask-question',
    label: '向反映人提问（期限照计）',
    from: OPEN_STATES,
    to: null,
    actors: ASKING,
    fields: [PUBLIC_QUESTION],
    effects: ['post-question'],
  },
  {
    event: 'reply',
    label: '给反映人留言',
    from: ANSWERABLE,
    to: null,
    actors: ASKING,
    fields: [PUBLIC_REPLY],
    effects: ['post-reply'],
  },
  {
    event: 'add-material',
    label: '反映人补充',
    from: ALL_STATES.filter((state) => state !== 'NEED_INFO'),
    to: null,
    actors: 'reporter',
    fields: [{ name: 'text', label: '补充内容', kind: 'longtext', required: true }],
    effects: ['post-supplement'],
  },
  {
    event: 'request-withdrawal',
    label: '反映人要求撤回',
    from: OPEN_STATES,
    to: null,
    actors: 'reporter',
    fields: [{ name: 'text', label: '撤回的理由', kind: 'longtext', required: false }],
    effects: ['note-withdrawal'],
    publicNote: '已收到撤回的要求。检举控告仍会继续核查。',
  },
  {
    event: 'ask-recusal',
    label: '反映人要求回避',
    from: UNFINISHED,
    to: null,
    actors: 'reporter',
    fields: [{ name: 'text', label: '要求谁回避，为什么', kind: 'longtext', required: true }],
    effects: ['post-supplement'],
  },
  {
    event: 'urge',
    label: '反映人催办',
    from: OPEN_STATES,
    to: null,
    actors: 'reporter',
    fields: [{ name: 'text', label: '催办的话', kind: 'longtext', required: false }],
    effects: ['post-supplement'],
    publicNote: '您催办了一次，承办人会看到。',
  },
  {
    event: 'rate',
    label: '反映人评价',
    from: ['REJECTED', 'CONCLUDED', 'RECTIFYING', 'CLOSED', 'TERMINATED'],
    to: null,
    actors: 'reporter',
    fields: [{ name: 'text', label: '评价', kind: 'longtext', required: false }],
    effects: ['post-supplement'],
  },
  {
    event: 'declare-interest',
    label: '声明利害关系并回避',
    from: UNFINISHED,
    to: null,
    actors: WORKING,
    fields: [{ ...REASON, label: '利害关系', hint: '提交后您不再看到这件线索。' }],
    effects: ['exclude-actor'],
  },
  {
    event: 'decide-recusal',
    label: '决定是否回避',
    from: UNFINISHED,
    to: null,
    actors: ['section_chief', 'bureau_leader'],
    fields: [
      { name: 'person', label: '被要求回避的人', kind: 'person', required: true },
      { name: 'recused', label: '是否回避', kind: 'choice', required: true, options: YES_NO },
      REASON,
    ],
    effects: ['decide-recusal'],
  },
  {
    event: 'refuse-proposal',
    label: '不同意',
    from: ALL_STATES,
    to: null,
    actors: ['section_chief', 'bureau_leader', 'handler', 'township_user'],
    answersProposal: 'approver',
    requires: ['proposal-waiting'],
    fields: [REASON],
    effects: ['refuse-proposal'],
  },
  {
    event: 'withdraw-proposal',
    label: '撤回报批',
    from: ALL_STATES,
    to: null,
    actors: WORKING,
    answersProposal: 'proposer',
    requires: ['proposal-waiting'],
    fields: [],
    effects: ['refuse-proposal'],
  },
];
