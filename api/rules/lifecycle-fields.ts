import type { Field } from './transition-fields.ts';
import {
  AID_CONSEQUENCES,
  CONTACT_METHODS,
  DISPOSITIONS,
  INVESTIGATION_FINDINGS,
  YES_NO,
} from './vocabulary-handling.ts';
import { PETITION_CLASSES, PROBLEM_TYPES } from './vocabulary.ts';

/** Questions that several transitions ask. */

export const REASON: Field = { name: 'reason', label: '理由', kind: 'longtext', required: true };

export const CLASS: Field = {
  name: 'class',
  label: '性质',
  kind: 'choice',
  required: true,
  options: PETITION_CLASSES,
  sealed: false,
};

export const PROBLEMS: Field = {
  name: 'problemTypes',
  label: '问题类型',
  kind: 'choices',
  required: true,
  options: Object.fromEntries(
    Object.entries(PROBLEM_TYPES).map(([code, { label }]) => [code, label]),
  ),
  sealed: false,
};

export const CASE_WORKERS: Field = {
  name: 'caseWorkers',
  label: '承办人',
  hint: '两人，不能与被反映人或反映人有利害关系。',
  kind: 'persons',
  required: true,
  minLength: 2,
  sealed: false,
};

export const HANDLING_BODY: Field = {
  name: 'body',
  label: '承办单位',
  kind: 'body',
  required: true,
  sealed: false,
};

export const DUE_ON: Field = {
  name: 'dueOn',
  label: '办理期限',
  kind: 'date',
  required: true,
  sealed: false,
};

export const LOOK_ON: Field = {
  name: 'lookOn',
  label: '下次查看日期',
  hint: '最迟90日后。',
  kind: 'date',
  required: true,
  sealed: false,
};

export const FINDING: Field = {
  name: 'finding',
  label: '核查结论',
  kind: 'choice',
  required: true,
  options: INVESTIGATION_FINDINGS,
};

export const DISPOSITION: Field = {
  name: 'dispositions',
  label: '处置',
  kind: 'choices',
  required: true,
  options: DISPOSITIONS,
};

export const AID: Field = {
  name: 'aidConsequence',
  label: '对救助的处理',
  kind: 'choice',
  required: true,
  options: AID_CONSEQUENCES,
};

export const AMOUNT: Field = {
  name: 'amountCents',
  label: '涉及金额',
  hint: '单位是元，没有填0。',
  kind: 'money',
  required: true,
};

export const DISCIPLINE_CLUE: Field = {
  name: 'disciplineClue',
  label: '是否发现违纪线索',
  hint: '选“是”的，要拆分出一件移交纪检监察机关。',
  kind: 'choice',
  required: true,
  options: YES_NO,
};

export const METHOD: Field = {
  name: 'method',
  label: '告知方式',
  kind: 'choice',
  required: true,
  options: CONTACT_METHODS,
};

export const PUBLIC_REPLY: Field = {
  name: 'reply',
  label: '给反映人的答复',
  hint: '反映人凭查询码看到这段话，不写其他人的信息。',
  kind: 'longtext',
  required: true,
  public: true,
};

export const PUBLIC_QUESTION: Field = {
  name: 'question',
  label: '要问的问题',
  hint: '反映人凭查询码看到这个问题。',
  kind: 'longtext',
  required: true,
  public: true,
};

export const DECISION_DOCUMENT: Field = {
  name: 'document',
  label: '意见书文号',
  kind: 'text',
  required: true,
};

/** What a written opinion must contain (信访工作条例 art. 32). */
export const OPINION: readonly Field[] = [
  opinion('requests', '信访人请求'),
  opinion('facts', '事实和理由'),
  opinion('opinion', '处理意见'),
  opinion('basis', '依据'),
];

/** One row of the problem list (问题清单). */
export const ITEMS: Field = {
  name: 'items',
  label: '整改事项',
  kind: 'list',
  required: true,
  minLength: 1,
  of: [
    { name: 'problem', label: '问题', kind: 'longtext', required: true },
    { name: 'cause', label: '原因', kind: 'longtext', required: true },
    { name: 'measure', label: '措施', kind: 'longtext', required: true },
    { name: 'owner', label: '责任人', kind: 'text', required: true },
    { name: 'dueOn', label: '整改期限', kind: 'date', required: true },
  ],
};

function opinion(name: string, label: string): Field {
  return { name, label, kind: 'longtext', required: true, classes: ['APPEAL'] };
}
