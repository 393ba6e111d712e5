import { CODE_DECISIONS } from './former-codes.ts';
import { REASON } from './lifecycle-fields.ts';
import { ALL_STATES } from './lifecycle-states.ts';
import type { TransitionRule } from './transition-rule.ts';

/** Two people hold a query code of one lead, and each may be its reporter. */
export const CODES: readonly TransitionRule[] = [
  {
    event: 'dispute-code',
    label: '原查询码的持有人说不是本人换的码',
    from: ALL_STATES,
    to: null,
    actors: 'reporter',
    fields: [
      { name: 'text', label: '说明', kind: 'longtext', required: true },
      { name: 'replacedOn', label: '换码日期', kind: 'date', required: true },
    ],
    effects: ['dispute-code'],
  },
  {
    event: 'settle-code',
    label: '核实谁是反映人，停用一个查询码',
    from: ALL_STATES,
    to: null,
    actors: ['triage_officer', 'section_chief'],
    requires: ['code-disputed'],
    fields: [
      {
        name: 'decision',
        label: '查询码是谁换的',
        hint: '查询页面从不显示反映的内容。说得出当时写了什么的，才是本人；说不清的，请两方再说明，不急于决定。有几个原来的查询码都说明了的，恢复的是其中最早的。',
        kind: 'choice',
        required: true,
        options: CODE_DECISIONS,
      },
      { ...REASON, label: '怎么核实的' },
    ],
    effects: ['settle-code'],
    publicNote: '两个查询码的争议，工作人员已经核实处理。',
  },
];
