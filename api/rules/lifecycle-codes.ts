import { CODE_DECISIONS } from './former-codes.ts';
import { REASON } from './lifecycle-fields.ts';
import { ALL_STATES } from './lifecycle-states.ts';
import type { Field } from './transition-fields.ts';
import type { TransitionRule } from './transition-rule.ts';

/** Asked where several codes that were replaced have somebody who speaks up for them. */
export const FORMER_CODE: Field = {
  name: 'formerCode',
  label: '恢复哪一个查询码',
  hint: '恢复原来的查询码时选。各人的说明见办理经过，是谁说得出当时写了什么，就选谁的。看到过查询码的人，手里也可能是更早的一个。',
  kind: 'number',
  required: false,
  min: 1,
  max: 1000,
};

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
      {
        name: 'nth',
        label: '第几个查询码（第1个是提交时得到的）',
        kind: 'number',
        required: false,
      },
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
        hint: '查询页面从不显示反映的内容。说得出当时写了什么的，才是本人；说不清的，请两方再说明，不急于决定。',
        kind: 'choice',
        required: true,
        options: CODE_DECISIONS,
      },
      FORMER_CODE,
      { ...REASON, label: '怎么核实的' },
    ],
    effects: ['settle-code'],
    publicNote: '两个查询码的争议，工作人员已经核实处理。',
  },
];
