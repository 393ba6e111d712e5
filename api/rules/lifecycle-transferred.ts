import { DISPOSITION, FINDING, PUBLIC_REPLY, REASON } from './lifecycle-fields.ts';
import { RECEIPT_SLIP } from './transfer-fields.ts';
import type { Field } from './transition-fields.ts';
import type { TransitionRule } from './transition-rule.ts';
import { REMINDER_METHODS } from './vocabulary-handling.ts';

const FEEDBACK: readonly Field[] = [
  FINDING,
  DISPOSITION,
  { name: 'casesFiled', label: '立案件数', kind: 'number', required: true, max: 1000 },
  { name: 'heldToAccount', label: '问责干部人数', kind: 'number', required: true, max: 1000 },
  PUBLIC_REPLY,
];

/** While another authority has it: its receipt, its return, its result, and asking for them. */
export const TRANSFERRED: readonly TransitionRule[] = [
  {
    event: 'confirm-receipt',
    label: '登记受理移交',
    from: ['TRANSFERRED'],
    to: null,
    alsoBy: 'receiver',
    actors: ['discipline_liaison'],
    requires: ['receiver-on-portal', 'by-receiver'],
    fields: RECEIPT_SLIP,
    meets: ['OBJECT_TR'],
    effects: ['record-receipt'],
    publicNote: '有权机关已受理。',
  },
  {
    event: 'confirm-by-letter',
    label: '登记移交回执',
    from: ['TRANSFERRED'],
    to: null,
    actors: ['section_chief'],
    requires: ['receiver-by-letter'],
    fields: RECEIPT_SLIP,
    // From then on the authority outside answers to the reporter.
    meets: ['ACK_RN', 'OBJECT_TR'],
    effects: ['record-receipt'],
    publicNote: '有权机关已受理。',
  },
  {
    event: 'remind-transfer',
    label: '登记催问',
    from: ['TRANSFERRED'],
    to: null,
    actors: ['section_chief'],
    requires: ['by-sender'],
    fields: [
      {
        name: 'method',
        label: '催问方式',
        kind: 'choice',
        required: true,
        options: REMINDER_METHODS,
      },
      { name: 'note', label: '催问情况', kind: 'longtext', required: true, maxLength: 1000 },
    ],
    starts: ['FOLLOW30'],
    meets: ['FOLLOW30'],
    effects: ['remind-transfer'],
  },
  {
    event: 'return-transfer',
    label: '退回',
    from: ['TRANSFERRED'],
    to: 'TRIAGE',
    alsoBy: 'receiver',
    actors: ['discipline_liaison'],
    requires: ['receiver-on-portal', 'by-receiver'],
    fields: [{ ...REASON, label: '退回理由' }],
    meets: ['OBJECT_TR', 'FOLLOW30'],
    effects: ['return-transfer'],
  },
  {
    event: 'return-by-letter',
    label: '登记来函退回',
    from: ['TRANSFERRED'],
    to: 'TRIAGE',
    actors: ['section_chief'],
    requires: ['receiver-by-letter'],
    fields: [{ ...REASON, label: '退回理由' }],
    meets: ['OBJECT_TR', 'FOLLOW30'],
    effects: ['return-transfer'],
  },
  {
    event: 'feedback',
    label: '反馈办理结果',
    from: ['TRANSFERRED'],
    to: 'CONCLUDED',
    alsoBy: 'receiver',
    actors: ['discipline_liaison'],
    requires: ['receiver-on-portal', 'by-receiver'],
    fields: FEEDBACK,
    starts: ['FB_RN'],
    meets: ['FOLLOW30', 'LOCAL15'],
    effects: ['record-result', 'post-reply'],
  },
  {
    event: 'feedback-by-letter',
    label: '登记来函反馈',
    from: ['TRANSFERRED'],
    to: 'CONCLUDED',
    actors: ['section_chief'],
    requires: ['receiver-by-letter'],
    fields: FEEDBACK,
    starts: ['FB_RN'],
    meets: ['FOLLOW30', 'LOCAL15'],
    effects: ['record-result', 'post-reply'],
  },
];
