/** The ledgers (台账) that offices keep of leads: their columns in the order in which they are printed. */

export type LedgerColumn = {
  key: string;
  label: string;
  /** Characters of a column of the printed sheet; longer texts wrap. */
  width: number;
  align?: 'center' | 'end';
};

function column(key: string, label: string, width: number, align?: 'center' | 'end'): LedgerColumn {
  return align ? { key, label, width, align } : { key, label, width };
}

// The ledgers with room for it give these the same width; that of all leads is far narrower.
const SERIAL = column('serial', '序号', 5, 'center');
const REFERENCE = column('reference', '线索编号', 18);
const TOWN = column('town', '乡镇', 9);
const PROBLEMS = column('problems', '问题类别', 12);
const REMARK = column('remark', '备注', 14);

/** 群众举报问题线索统计台账: one line a lead. The backlog is read by the same columns. */
export const LEAD_COLUMNS: readonly LedgerColumn[] = [
  column('serial', '序号', 4, 'center'),
  column('reference', '线索编号', 11),
  column('receivedOn', '收到日期', 8),
  column('source', '来源', 6),
  column('level', '层级', 4, 'center'),
  column('mode', '实名/匿名', 6),
  column('reporter', '反映人(编号)', 10),
  column('subjectBodies', '被反映单位', 10),
  column('subjectRoles', '被反映人角色', 9),
  column('town', '乡镇', 7),
  column('village', '村', 7),
  column('problems', '问题类别', 9),
  column('summary', '主要内容(脱敏)', 30),
  column('repeats', '重复(次数)', 5, 'center'),
  column('weight', '重大/媒体/批示', 6),
  column('handling', '办理方式', 7),
  column('handlingBody', '承办单位', 10),
  column('workers', '承办人', 7),
  column('letter', '移交日期与文号', 11),
  column('receiver', '接收单位', 10),
  column('dueOn', '期限', 8),
  column('concludedOn', '办结日期', 8),
  column('finding', '核查结论', 6),
  column('dispositions', '处置', 9),
  column('amount', '涉及金额', 8, 'end'),
  column('recovered', '追缴金额', 8, 'end'),
  column('cleared', '清退户/人', 5, 'center'),
  column('admitted', '纳入户/人', 5, 'center'),
  column('heldToAccount', '问责人数', 5, 'center'),
  column('feedbackOn', '反馈日期', 8),
  column('items', '整改项数/完成数', 6, 'center'),
  column('closedOn', '销号日期', 8),
  column('remark', '备注', 12),
];

/** 问题清单和整改台账: one line an item. */
export const RECTIFICATION_COLUMNS: readonly LedgerColumn[] = [
  column('number', '编号', 21),
  column('origin', '来源(自查/线索/督查)', 10, 'center'),
  column('problem', '问题', 26),
  column('cause', '原因', 22),
  column('measure', '措施', 24),
  column('dueOn', '时限', 11),
  column('body', '责任单位', 14),
  column('owner', '责任人', 10),
  column('progress', '进展', 10, 'center'),
  column('evidence', '证据', 22),
  column('verifier', '验收人', 10),
  column('struckOn', '销号日期', 11),
];

/** 重复信访专门工作台账: one line a matter that came more than once. */
export const REPEAT_COLUMNS: readonly LedgerColumn[] = [
  SERIAL,
  REFERENCE,
  column('firstOn', '初次收到日期', 11),
  column('lastOn', '最近一次重复日期', 11),
  column('times', '重复次数', 6, 'center'),
  column('class', '性质', 9),
  column('source', '来源', 8),
  column('level', '层级', 5, 'center'),
  TOWN,
  column('village', '村', 9),
  PROBLEMS,
  column('summary', '主要内容(脱敏)', 34),
  column('handlingBody', '承办单位', 14),
  column('measures', '督办方式', 10),
  column('settled', '化解情况', 9, 'center'),
  column('concludedOn', '办结日期', 11),
  column('closedOn', '销号日期', 11),
  REMARK,
];

/** 问题线索移交台账: one line a letter. */
export const REFERRAL_COLUMNS: readonly LedgerColumn[] = [
  SERIAL,
  column('letter', '移交函文号', 20),
  REFERENCE,
  column('direction', '移出/移入', 7, 'center'),
  column('fromBody', '移交单位', 16),
  column('toBody', '接收单位', 16),
  column('sentOn', '移交日期', 11),
  TOWN,
  PROBLEMS,
  column('cadres', '涉及干部人数', 7, 'center'),
  column('receivedOn', '签收日期', 11),
  column('returnedOn', '退回日期', 11),
  column('feedbackOn', '反馈日期', 11),
  column('finding', '核查结论', 9),
  column('dispositions', '处置', 12),
  column('heldToAccount', '问责人数', 6, 'center'),
  REMARK,
];

/** 信访问题集中地方台账: one line a township or village, with what was done about it (专题调研, 重点约谈 …). */
export const HOTSPOT_COLUMNS: readonly LedgerColumn[] = [
  SERIAL,
  column('town', '乡镇', 12),
  column('village', '村', 12),
  column('count', '件数', 7, 'center'),
  column('reports', '其中：检举控告', 8, 'center'),
  column('repeats', '其中：重复', 7, 'center'),
  column('concluded', '已办结', 7, 'center'),
  column('overdue', '逾期未办结', 7, 'center'),
  column('problems', '主要问题', 22),
  column('isHot', '是否集中', 8, 'center'),
  column('measures', '采取的措施', 26),
];

/** 一次性化解率: one line a township. */
export const FIRST_TIME_COLUMNS: readonly LedgerColumn[] = [
  SERIAL,
  column('town', '乡镇', 14),
  column('concluded', '办结件数', 10, 'center'),
  column('first', '一次性化解件数', 12, 'center'),
  column('rate', '一次性化解率', 12, 'center'),
  column('repeated', '其中：重复信访', 10, 'center'),
  column('returned', '其中：退回', 10, 'center'),
  column('reopened', '其中：重新核查', 10, 'center'),
];

/** A line by the keys of its columns; a column that is absent is empty. */
export type LedgerCells = Readonly<Record<string, string>>;

/** Instead of what is sealed to bodies of which the reader has no key. */
export const LOCKED = '无权查看';
