import { addMonths, lastDayOf } from './civil-date.ts';
import type { BodyKind } from './vocabulary.ts';

/** 通报曝光: the states of a case, the steps between them and who takes each. The code that reads it is generic. */

type State = {
  label: string;
  /** It answers for its month: it was handed in. */
  answers: boolean;
  /** It may stand on the site, while its term runs. */
  isPublic: boolean;
};

export const CASE_STATES = {
  draft: { label: '草稿', answers: false, isPublic: false },
  submitted: { label: '待审核', answers: true, isPublic: false },
  returned: { label: '已退回', answers: true, isPublic: false },
  approved: { label: '已通过，待发布', answers: true, isPublic: true },
  published: { label: '已公布', answers: true, isPublic: true },
  withdrawn: { label: '已撤下，待复核', answers: true, isPublic: false },
  removed: { label: '已撤下', answers: true, isPublic: false },
  expired: { label: '到期撤下', answers: true, isPublic: false },
  discarded: { label: '已作废', answers: false, isPublic: false },
} as const satisfies Record<string, State>;
export type CaseState = keyof typeof CASE_STATES;

/**
 * Who takes a step. `writer`: at the body itself. `reviewer`: at a body that reviews it, and not one of its
 * authors. `remover`: one person who may take down. `second`: a reviewer, and not who took it down.
 */
export type CaseActor = 'writer' | 'reviewer' | 'remover' | 'second' | 'system';

type Step = {
  /** As the audit log and the button say it. */
  label: string;
  from: readonly CaseState[];
  to: CaseState;
  by: CaseActor;
  /** What must come with it. */
  needs?: 'note' | 'reason' | 'declaration';
};

export const CASE_STEPS = {
  edit: { label: '修改', from: ['draft', 'returned'], to: 'draft', by: 'writer' },
  'hand-in': { label: '报送', from: ['draft'], to: 'submitted', by: 'writer' },
  discard: { label: '作废', from: ['draft', 'returned'], to: 'discarded', by: 'writer' },
  return: { label: '退回', from: ['submitted'], to: 'returned', by: 'reviewer', needs: 'note' },
  approve: {
    label: '审核通过',
    from: ['submitted'],
    to: 'approved',
    by: 'reviewer',
    needs: 'declaration',
  },
  publish: { label: '上网', from: ['approved'], to: 'published', by: 'system' },
  withdraw: {
    label: '撤下',
    from: ['approved', 'published'],
    to: 'withdrawn',
    by: 'remover',
    needs: 'reason',
  },
  confirm: { label: '复核撤下：维持', from: ['withdrawn'], to: 'removed', by: 'second' },
  restore: { label: '复核撤下：恢复', from: ['withdrawn'], to: 'approved', by: 'second' },
  expire: { label: '到期撤下', from: ['approved', 'published'], to: 'expired', by: 'system' },
} as const satisfies Record<string, Step>;
export type CaseStep = keyof typeof CASE_STEPS;

/** The row of a step, with the wide types that generic code needs. */
export function caseStepOf(step: CaseStep): Step {
  return CASE_STEPS[step];
}

export function isCaseStepOpen(step: CaseStep, state: CaseState): boolean {
  return caseStepOf(step).from.includes(state);
}

/** Kinds of body that hand in cases, and those that review them. */
export const REVIEWED_BY: Partial<Record<BodyKind, readonly BodyKind[]>> = {
  township: ['bureau'],
  bureau: ['bureau', 'discipline'],
  discipline: ['bureau', 'discipline'],
};
/** Kinds of body that answer every month, be it with nothing. */
export const ANSWERING: readonly BodyKind[] = ['township', 'bureau'];

/**
 * Where a case comes from, as the public reads it. None of them is a complaint: who complained must not learn
 * of it here, nor who was complained of.
 */
export const CASE_SOURCES = {
  SELF: '自查发现',
  SUPERVISION: '监督检查发现',
  DISCIPLINE: '纪检监察机关查处',
  AUDIT: '审计、巡察发现',
  SUPERIOR: '上级机关通报',
} as const;
export type CaseSource = keyof typeof CASE_SOURCES;

/** Months that a case may stand on the site; the county chooses which is proposed. */
export const CASE_TERMS = [3, 6, 12, 24] as const;
export const USUAL_TERM = 6;

export const CASE_REASONS = {
  WRONG: '内容有误',
  PERSONAL: '涉及个人信息',
  CHANGED: '处理结果有变化',
  SETTLED: '不宜继续公布',
} as const;
export type CaseReason = keyof typeof CASE_REASONS;

/** What a reviewer declares before a case goes public, beside what the check marks. */
export const CASE_CHECKS = {
  FACTS: { label: '事实和处理结果与生效的处理决定一致', basis: '政府信息公开条例第六条' },
  NAMES: {
    label: '标出的每一处都看过，没有救助对象、未成年人、反映人的姓名，其他人已写成“张某”这样的称呼',
    basis: '个人信息保护法第六条、未成年人保护法第七十二条',
  },
  PRIVATE: {
    label: '没有证件号码、银行账号、电话、住址、病情，也看不出是谁反映的',
    basis: '政府信息公开条例第十五条、个人信息保护法第二十八条',
  },
  SECRET: {
    label: '不涉及国家秘密和正在办理、不宜公开的案件',
    basis: '政府信息公开条例第十四条、第十七条',
  },
} as const;
export type CaseCheck = keyof typeof CASE_CHECKS;

/** The first civil date on which a case that goes public on `date` no longer stands there. */
export function endOfTerm(date: string, months: number): string {
  const month = addMonths(date.slice(0, 7), months);
  const last = lastDayOf(month);
  const same = `${month}${date.slice(7)}`;
  return same < last ? same : last;
}
