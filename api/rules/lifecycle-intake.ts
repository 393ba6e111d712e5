import { REASON } from './lifecycle-fields.ts';
import type { TransitionRule } from './transition-rule.ts';

/** Arrival and screening. Which clocks an arrival starts is `clocksAtArrival`. */
export const INTAKE: readonly TransitionRule[] = [
  {
    event: 'arrive',
    label: '收到（已验证）',
    from: [],
    to: 'RECEIVED',
    actors: 'system',
    fields: [],
  },
  {
    event: 'arrive-unproved',
    label: '收到（未验证）',
    from: [],
    to: 'SCREENING',
    actors: 'system',
    fields: [],
  },
  {
    event: 'register',
    label: '登记来电、来访、来信',
    from: [],
    to: 'RECEIVED',
    actors: ['intake_clerk', 'triage_officer', 'discipline_liaison'],
    fields: [],
  },
  {
    event: 'pass-screening',
    label: '筛查通过',
    from: ['SCREENING'],
    to: 'RECEIVED',
    actors: ['intake_clerk'],
    fields: [],
  },
  {
    event: 'reject-spam',
    label: '按无关信息处理',
    from: ['SCREENING'],
    to: 'REJECTED',
    actors: ['intake_clerk'],
    fields: [{ ...REASON, hint: '原文保留90日，另一人抽查。' }],
    meets: ['ACK_PET', 'ACK_RN', 'UP5', 'LOCAL15'],
    effects: ['keep-spam-90-days'],
    publicNote: '这件内容与社会救助监督无关，没有受理。',
  },
  {
    event: 'restore-spam',
    label: '抽查后恢复',
    from: ['REJECTED'],
    to: 'RECEIVED',
    actors: ['triage_officer'],
    notBy: ['last-actor'],
    requires: ['rejected-as-spam'],
    fields: [REASON],
    starts: ['ACK_PET', 'ACK_RN'],
    publicNote: '经复核，这件内容恢复办理。',
  },
  {
    event: 'claim',
    label: '转入甄别',
    from: ['RECEIVED'],
    to: 'TRIAGE',
    actors: ['intake_clerk'],
    fields: [],
  },
];
