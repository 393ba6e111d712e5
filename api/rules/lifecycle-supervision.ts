import { REASON } from './lifecycle-fields.ts';
import { OPEN_STATES, type State } from './lifecycle-states.ts';
import type { RoleCode } from './roles.ts';
import type { Field } from './transition-fields.ts';
import type { TransitionRule } from './transition-rule.ts';
import { ESCALATIONS } from './vocabulary-handling.ts';

const UNFINISHED: readonly State[] = [...OPEN_STATES, 'CONCLUDED', 'RECTIFYING'];

/** Who may supervise, and be named to. */
export const SUPERVISING: readonly RoleCode[] = [
  'section_chief',
  'bureau_leader',
  'discipline_liaison',
];

const INSTRUCTION: Field = {
  name: 'instruction',
  label: '督办要求',
  kind: 'longtext',
  required: true,
};
const REPORT_ON: Field = {
  name: 'reportOn',
  label: '报告日期',
  kind: 'date',
  required: true,
  sealed: false,
};

/** Special supervision (督办): begun by a person, kept up by the one named, ended by nobody else. */
export const SUPERVISION: readonly TransitionRule[] = [
  {
    event: 'supervise',
    label: '督办',
    from: UNFINISHED,
    to: null,
    actors: SUPERVISING,
    fields: [
      {
        name: 'kind',
        label: '督办方式',
        kind: 'choice',
        required: true,
        options: ESCALATIONS,
        sealed: false,
      },
      {
        name: 'supervisor',
        label: '督办人',
        hint: '承办单位或上级的负责人，不能是本件的承办人。结束督办只由督办人或其单位决定。',
        kind: 'supervisor',
        required: true,
        sealed: false,
      },
      INSTRUCTION,
      REPORT_ON,
    ],
    effects: ['supervise'],
  },
  {
    event: 'report-back',
    label: '报告督办进展',
    from: UNFINISHED,
    to: null,
    actors: ['handler', 'township_user', 'section_chief'],
    requires: ['supervised'],
    fields: [{ name: 'progress', label: '进展情况', kind: 'longtext', required: true }],
    effects: ['report-back'],
  },
  {
    event: 'instruct',
    label: '督办意见',
    from: UNFINISHED,
    to: null,
    alsoBy: 'holder',
    actors: SUPERVISING,
    requires: ['by-supervisor'],
    fields: [
      { ...INSTRUCTION, label: '督办意见' },
      { ...REPORT_ON, label: '下次报告日期' },
    ],
    effects: ['instruct'],
  },
  {
    event: 'consent-to-close',
    label: '督办人同意销号',
    from: ['CONCLUDED', 'RECTIFYING', 'REVIEW'],
    to: null,
    alsoBy: 'holder',
    actors: SUPERVISING,
    requires: ['by-supervisor'],
    fields: [{ ...REASON, label: '督办结论' }],
    effects: ['consent-to-close'],
  },
  {
    event: 'end-supervision',
    label: '结束督办',
    from: UNFINISHED,
    to: null,
    alsoBy: 'holder',
    actors: SUPERVISING,
    requires: ['by-supervising-body'],
    fields: [REASON],
    effects: ['end-supervision'],
  },
];
