/** The ledgers (台账) that offices keep of leads: their columns in the order in which they are printed. */

export type LedgerColumn = {
  key: string;
  label: string;
  /** Characters of a column of the printed sheet. */
  width: number;
  align?: 'center' | 'end';
};

function column(key: string, label: string, width: number, align?: 'center' | 'end'): LedgerColumn {
  return align ? { key, label, width, align } : { key, label, width };
}

/** 群众举报问题线索统计台账: one line a lead. The backlog is read by the same columns. */
export const LEAD_COLUMNS: readonly LedgerColumn[] = [
  column('serial', '序号', 5, 'center'),
  column('reference', '线索编号', 18),
  column('receivedOn', '收到日期', 11),
  column('source', '来源', 8),
  column('level', '层级', 5, 'center'),
  column('mode', '实名/匿名', 9),
  column('reporter', '反映人(编号)', 13),
  column('subjectBodies', '被反映单位', 14),
  column('subjectRoles', '被反映人角色', 11),
  column('town', '乡镇', 8),
  column('village', '村', 8),
  column('problems', '问题类别', 11),
  column('summary', '主要内容(脱敏)', 34),
  column('repeats', '重复(次数)', 6, 'center'),
  column('weight', '重大/媒体/批示', 8),
  column('handling', '办理方式', 9),
  column('handlingBody', '承办单位', 13),
  column('workers', '承办人', 9),
  column('letter', '移交日期与文号', 15),
  column('receiver', '接收单位', 13),
  column('dueOn', '期限', 11),
  column('concludedOn', '办结日期', 11),
  column('finding', '核查结论', 8),
  column('dispositions', '处置', 11),
  column('amount', '涉及金额', 10, 'end'),
  column('recovered', '追缴金额', 10, 'end'),
  column('cleared', '清退户/人', 7, 'center'),
  column('admitted', '纳入户/人', 7, 'center'),
  column('heldToAccount', '问责人数', 6, 'center'),
  column('feedbackOn', '反馈日期', 11),
  column('items', '整改项数/完成数', 8, 'center'),
  column('closedOn', '销号日期', 11),
  column('remark', '备注', 16),
];

/** 问题清单和整改台账: one line an item. */
const RECTIFICATION_COLUMNS: readonly LedgerColumn[] = [
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
const REPEAT_COLUMNS: readonly LedgerColumn[] = [
  column('serial', '序号', 5, 'center'),
  column('reference', '线索编号', 18),
  column('firstOn', '初次收到日期', 11),
  column('lastOn', '最近一次重复日期', 11),
  column('times', '重复次数', 6, 'center'),
  column('class', '性质', 9),
  column('source', '来源', 8),
  column('level', '层级', 5, 'center'),
  column('town', '乡镇', 9),
  column('village', '村', 9),
  column('problems', '问题类别', 12),
  column('summary', '主要内容(脱敏)', 34),
  column('handlingBody', '承办单位', 14),
  column('measures', '督办方式', 10),
  column('settled', '化解情况', 9, 'center'),
  column('concludedOn', '办结日期', 11),
  column('closedOn', '销号日期', 11),
  column('remark', '备注', 14),
];

/** 问题线索移交台账: one line a letter. */
const REFERRAL_COLUMNS: readonly LedgerColumn[] = [
  column('serial', '序号', 5, 'center'),
  column('letter', '移交函文号', 20),
  column('reference', '线索编号', 18),
  column('direction', '移出/移入', 7, 'center'),
  column('fromBody', '移交单位', 16),
  column('toBody', '接收单位', 16),
  column('sentOn', '移交日期', 11),
  column('town', '乡镇', 9),
  column('problems', '问题类别', 12),
  column('cadres', '涉及干部人数', 7, 'center'),
  column('receivedOn', '签收日期', 11),
  column('returnedOn', '退回日期', 11),
  column('feedbackOn', '反馈日期', 11),
  column('finding', '核查结论', 9),
  column('dispositions', '处置', 12),
  column('heldToAccount', '问责人数', 6, 'center'),
  column('remark', '备注', 14),
];

/** 信访问题集中地方台账: one line a township or village. */
const HOTSPOT_COLUMNS: readonly LedgerColumn[] = [
  column('serial', '序号', 5, 'center'),
  column('town', '乡镇', 12),
  column('village', '村', 12),
  column('count', '件数', 7, 'center'),
  column('reports', '其中：检举控告', 8, 'center'),
  column('repeats', '其中：重复', 7, 'center'),
  column('concluded', '已办结', 7, 'center'),
  column('overdue', '逾期未办结', 7, 'center'),
  column('problems', '主要问题', 22),
  column('isHot', '是否集中', 8, 'center'),
  column('measures', '专题调研、重点督办、直查直办、重点约谈', 30),
];

/** 一次性化解率: one line a township. */
const FIRST_TIME_COLUMNS: readonly LedgerColumn[] = [
  column('serial', '序号', 5, 'center'),
  column('town', '乡镇', 14),
  column('concluded', '办结件数', 10, 'center'),
  column('first', '一次性化解件数', 12, 'center'),
  column('rate', '一次性化解率', 12, 'center'),
  column('repeated', '其中：重复信访', 10, 'center'),
  column('returned', '其中：退回', 10, 'center'),
  column('reopened', '其中：重新核查', 10, 'center'),
];

type LedgerRow = {
  /** As the choice on the page. */
  label: string;
  /** Printed above the sheet, after the county's name. */
  title: string;
  units: string;
  paper: 'a3' | 'a4';
  /** What the dates of the filter are about. */
  period: string;
  columns: readonly LedgerColumn[];
  /** Lines count leads instead of naming them. */
  counts?: true;
};

export const LEDGERS = {
  leads: {
    label: '线索统计台账',
    title: '群众举报问题线索统计台账',
    units: '件、元、户、人',
    paper: 'a3',
    period: '收到日期',
    columns: LEAD_COLUMNS,
  },
  rectification: {
    label: '问题清单和整改台账',
    title: '问题清单和整改台账',
    units: '项',
    paper: 'a4',
    period: '线索收到日期',
    columns: RECTIFICATION_COLUMNS,
  },
  repeats: {
    label: '重复信访台账',
    title: '重复信访事项专门工作台账',
    units: '件、次',
    paper: 'a3',
    period: '初次收到日期',
    columns: REPEAT_COLUMNS,
  },
  referrals: {
    label: '移交台账',
    title: '问题线索移交台账',
    units: '件、人',
    paper: 'a3',
    period: '移交日期',
    columns: REFERRAL_COLUMNS,
  },
  hotspots: {
    label: '问题集中地方',
    title: '信访问题集中地方台账',
    units: '件',
    paper: 'a4',
    period: '收到日期',
    columns: HOTSPOT_COLUMNS,
    counts: true,
  },
  'first-time': {
    label: '一次性化解率',
    title: '初次信访事项一次性化解情况统计表',
    units: '件',
    paper: 'a4',
    period: '收到日期',
    columns: FIRST_TIME_COLUMNS,
    counts: true,
  },
} as const satisfies Record<string, LedgerRow>;
export type LedgerCode = keyof typeof LEDGERS;

/** The row of a ledger, with the wide types that generic code needs. */
export function ledgerOf(code: LedgerCode): LedgerRow {
  return LEDGERS[code];
}

/** A line by the keys of its columns; a column that is absent is empty. */
export type LedgerCells = Readonly<Record<string, string>>;

/** Instead of what is sealed to bodies of which the reader has no key. */
export const LOCKED = '无权查看';

/** Lines of one export; more take too long to open, and too long to read. */
export const MAX_EXPORT_LINES = 2000;

export function describeTooMany(lines: number): string {
  return `符合条件的有${lines}件，一次最多导出${MAX_EXPORT_LINES}件。把日期分成几段，或选定一个乡镇、一种状态，再导出。`;
}
