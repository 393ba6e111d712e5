import { REASON } from './lifecycle-fields.ts';
import { ALL_STATES, OPEN_STATES, type State } from './lifecycle-states.ts';
import type { TransitionRule } from './transition-rule.ts';
import { PULL_UP_CAUSES } from './vocabulary-handling.ts';

const UNFINISHED: readonly State[] = [...OPEN_STATES, 'CONCLUDED', 'RECTIFYING'];

/** What comes to a lead from above and from another lead. */
export const UPWARD: readonly TransitionRule[] = [
  {
    event: 'pull-up',
    label: '提级办理',
    from: UNFINISHED,
    to: null,
    alsoBy: 'holder',
    actors: ['triage_officer', 'section_chief', 'discipline_liaison'],
    requires: ['held-in-reserve'],
    fields: [
      {
        name: 'cause',
        label: '提级的原因',
        kind: 'choice',
        required: true,
        options: Object.fromEntries(
          Object.entries(PULL_UP_CAUSES).map(([code, { label }]) => [code, label]),
        ),
      },
      REASON,
    ],
    effects: ['pull-up'],
  },
  {
    event: 'succeed',
    inBulk: true,
    label: '承办单位撤并，转给承接单位',
    from: ALL_STATES.filter((state) => state !== 'MERGED'),
    to: null,
    actors: ['triage_officer', 'section_chief', 'bureau_leader'],
    requires: ['body-ended'],
    fields: [],
    effects: ['succeed'],
  },
  {
    event: 'take-in',
    label: '并入另一件反映',
    from: ALL_STATES,
    to: null,
    actors: 'system',
    fields: [
      { name: 'lead', label: '并入的线索', kind: 'lead', required: true },
      { name: 'text', label: '反映的内容', kind: 'longtext', required: false },
      { name: 'materials', label: '反映人的补充', kind: 'longtext', required: false },
    ],
  },
];
