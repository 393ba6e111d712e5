import { fieldOfHeader } from './header-aliases.ts';
import { LEAD_COLUMNS } from './ledger-columns.ts';

/**
 * How offices head the columns of their old ledgers. The ledger's own labels are read as they are; a name of
 * a column is compared after NFKC, without blanks and without what stands in brackets.
 */
const SPELLINGS = {
  reference: '编号 信访编号 原编号 信访件编号 举报编号 件号',
  receivedOn:
    '收件日期 登记日期 来信日期 来访日期 信访日期 举报日期 接收日期 收到时间 登记时间 日期 时间',
  source: '信访形式 信访方式 举报方式 线索来源 反映形式 来源渠道',
  level: '信访层级',
  mode: '实名匿名 是否实名 署名情况 是否匿名',
  reporter: '反映人 举报人 信访人 投诉人 反映人姓名 举报人姓名 信访人姓名 投诉人姓名',
  contact: '联系电话 电话 联系方式 反映人电话 信访人电话',
  class: '性质 信访类别 件别 信访性质 事项类别',
  subjectBodies: '被举报单位 被反映人单位 被反映人所在单位 被投诉单位',
  subjectNames: '被反映人 被举报人 被反映人姓名 被举报人姓名 被投诉人',
  subjectRoles: '被反映人身份 被反映人职务 被反映人类别 被举报人职务 被举报人身份',
  problems: '问题类型 问题性质 反映问题类别 反映问题类型',
  summary: '主要内容 反映内容 主要诉求 反映的主要问题 主要问题 信访内容 举报内容 问题摘要 内容摘要',
  repeats: '重复次数 重复 是否重复',
  weight: '是否重大 重大',
  handling: '处理方式',
  handlingBody: '办理单位 责任单位',
  workers: '承办人员',
  letter: '移交文号 移交函文号',
  receiver: '接收机关 移交单位',
  dueOn: '办理期限 办结期限 办结时限 时限',
  concludedOn: '办结时间 办理完成日期',
  finding: '调查结论 查实情况 办理结论',
  dispositions: '处理结果 处理情况 办理结果',
  amount: '涉案金额',
  recovered: '追回金额',
  heldToAccount: '问责干部人数',
  feedbackOn: '反馈时间 答复日期',
  items: '整改项数',
  closedOn: '销号时间',
  status: '状态 办理状态 是否办结 办结情况 化解情况',
} as const;

/** A column of an old ledger: one of the portal's own, or one that only old ledgers have. */
export type BacklogColumn = string;

/** Columns without which a case cannot be taken in. */
export const NEEDED_COLUMNS = ['receivedOn', 'source', 'problems', 'summary'] as const;

export const BACKLOG_LABELS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(LEAD_COLUMNS.map(({ key, label }) => [key, label])),
  contact: '联系电话',
  class: '性质',
  subjectNames: '被反映人',
  status: '办理状态',
};

/** Dates, written in many ways. */
export const DATE_COLUMNS: ReadonlySet<string> = new Set([
  'receivedOn',
  'dueOn',
  'concludedOn',
  'feedbackOn',
  'closedOn',
]);

/** The earliest cases the ledgers go back to (重复信访, since 2018). */
export const BACKLOG_FROM = '2018-01-01';
/** Rows of one file: each takes some milliseconds to seal. */
export const MAX_BACKLOG_ROWS = 1000;

const BY_SPELLING = new Map<string, string>();
for (const { key, label } of LEAD_COLUMNS) {
  for (const spelling of [normalise(label), bare(label)]) BY_SPELLING.set(spelling, key);
}
for (const [key, spellings] of Object.entries(SPELLINGS)) {
  for (const spelling of spellings.split(' ')) BY_SPELLING.set(normalise(spelling), key);
}
// 反映人 alone may be a name; the ledger's own column is a number.
BY_SPELLING.set(bare('反映人(编号)'), 'reporter');

/** The column that a header cell names, or null. */
export function columnOfHeader(text: string): BacklogColumn | null {
  if (text.length > 40) return null;
  const named = BY_SPELLING.get(normalise(text)) ?? BY_SPELLING.get(bare(text));
  if (named) return named;
  const field = fieldOfHeader(text);
  return field === 'town' || field === 'village' || field === 'remark' ? field : null;
}

function normalise(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\p{Cf}*:]/gu, '');
}

function bare(text: string): string {
  return normalise(text)
    .replaceAll(/\([^)]*\)/g, '')
    .replace(/[/、]?(元|万元|户|人)$/, '');
}
