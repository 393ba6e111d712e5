import type { PetitionClass, ReporterMode } from './vocabulary.ts';

type DeadlineRow = {
  label: string;
  limit: number;
  unit: 'calendar' | 'working';
  /** The event whose day is not counted. */
  trigger: string;
  source: string;
  /** Runs for these leads only; absent: for all. */
  classes?: readonly PetitionClass[];
  modes?: readonly ReporterMode[];
  /** Runs for the citizen: shown, but no office is late by it. */
  citizens?: true;
  /** An extension of the handling puts it back. */
  extendable?: true;
};

const IDENTIFIED: readonly ReporterMode[] = ['NAMED', 'CONFIDENTIAL'];
const PETITION = '《信访工作条例》';
const SUPERVISION = '《监察法实施条例》';
const CONFIRMATION = '《最低生活保障审核确认办法》';
const OWN_RULE = '本系统默认';

/** Limits counted in days. */
export const DEADLINES = {
  ACK_PET: {
    label: '告知是否受理',
    limit: 15,
    unit: 'calendar',
    trigger: '收到',
    source: `${PETITION}第二十三条`,
    classes: ['APPEAL', 'SUGGEST', 'REPORT', 'HELP', 'ENQUIRY', 'NOTICE_OBJ'],
  },
  ACK_RN: {
    label: '告知实名检举控告人受理情况',
    limit: 15,
    unit: 'working',
    trigger: '纪检监察机关收到',
    source: `${SUPERVISION}第二百零九条`,
    classes: ['REPORT'],
    modes: IDENTIFIED,
  },
  FORWARD: {
    label: '移交有权机关',
    limit: 5,
    unit: 'working',
    trigger: '发现不属于本机关',
    source: `${SUPERVISION}第一百九十九条`,
  },
  OBJECT_TR: {
    label: '退回错转件',
    limit: 5,
    unit: 'working',
    trigger: '收到转送',
    source: `${PETITION}第二十三条`,
  },
  UP5: {
    label: '密封件上报上级机关',
    limit: 5,
    unit: 'working',
    trigger: '收到',
    source: '《纪检监察机关处理检举控告工作规则》第十五条',
  },
  DECIDE: {
    label: '作出处理意见',
    limit: 60,
    unit: 'calendar',
    trigger: '受理',
    source: `${PETITION}第三十四条`,
    classes: ['APPEAL'],
    extendable: true,
  },
  LOCAL15: {
    label: '核实处理',
    limit: 15,
    unit: 'calendar',
    trigger: '收到',
    source: '本省社会救助规定',
    extendable: true,
  },
  FB_RN: {
    label: '向实名反映人反馈结果',
    limit: 15,
    unit: 'working',
    trigger: '办结',
    source: `${SUPERVISION}第二百零九条，${CONFIRMATION}第三十七条`,
    classes: ['REPORT'],
    modes: IDENTIFIED,
  },
  REVIEW_APPLY: { ...petitionReview('申请复查', '收到处理意见', '三十五'), citizens: true },
  REVIEW: petitionReview('作出复查意见', '收到复查请求', '三十五'),
  RECHECK_APPLY: { ...petitionReview('申请复核', '收到复查意见', '三十六'), citizens: true },
  RECHECK: petitionReview('作出复核意见', '收到复核请求', '三十六'),
  RECON: {
    label: '申请行政复议',
    limit: 60,
    unit: 'calendar',
    trigger: '知道决定',
    source: '《行政复议法》第二十条，《社会救助法》第七十六条',
    citizens: true,
  },
  PIREQ: {
    label: '处理更正或不再公开的请求',
    limit: 15,
    unit: 'working',
    trigger: '收到',
    source: `${OWN_RULE}（《个人信息保护法》第四十五条至第四十七条要求及时）`,
    extendable: true,
  },
  NEED15: { ...own('补充材料', 15, 'calendar', '发出问题'), citizens: true },
  ACCEPT3: own('承办人接办', 3, 'working', '交办'),
  FOLLOW30: own('催问移交结果', 30, 'calendar', '移交'),
  RELOOK90: own('再次查看暂存线索', 90, 'calendar', '暂存'),
  OBJECT15: own('答复反映人的异议', 15, 'working', '登记异议'),
  TEST1: own('测试监督电话', 1, 'working', '收到'),
  NOTICE7: {
    label: '公示',
    limit: 7,
    unit: 'calendar',
    trigger: '张贴公示',
    source: `${CONFIRMATION}第十九条`,
  },
  CONF10: confirmation('作出审核确认意见', 10, '收到材料', '二十'),
  ALL30: confirmation('办结全部审核确认', 30, '受理', '二十一'),
  REF3: confirmation('告知不予确认', 3, '作出决定', '二十二'),
  PUB20: {
    label: '主动公开',
    limit: 20,
    unit: 'working',
    trigger: '信息形成或变更',
    source: '《政府信息公开条例》第二十六条',
  },
  PUB10: {
    label: '按目录公开',
    limit: 10,
    unit: 'working',
    trigger: '信息形成或变更',
    source: '社会救助领域基层政务公开标准目录',
  },
} as const satisfies Record<string, DeadlineRow>;
export type DeadlineCode = keyof typeof DEADLINES;

/** The date set when a lead was assigned: a clock without a limit in days. */
export const ASSIGNED_CLOCK = 'ASSIGNED';

/** The day on which a supervisor is to be told how it stands. */
export const REPORT_CLOCK = 'REPORT';

/** The day by which whoever assigned the matter to the county wants it answered. */
export const SUPERIOR_CLOCK = 'SUPERIOR';

/** Somebody is still to be told, though the lead is at its end. */
export const TELLING_CLOCKS: readonly string[] = ['ACK_PET', 'ACK_RN', 'FB_RN', SUPERIOR_CLOCK];

/** Dates that are given by hand, and those that each of them takes the place of. */
export const OWN_CLOCKS = {
  [ASSIGNED_CLOCK]: [ASSIGNED_CLOCK, 'RELOOK90'],
  RELOOK90: [ASSIGNED_CLOCK, 'RELOOK90'],
  [REPORT_CLOCK]: [REPORT_CLOCK],
  [SUPERIOR_CLOCK]: [SUPERIOR_CLOCK],
} as const;

/** A clock that an office must keep; `code` is a deadline's or the assigned one. */
export function isOfficeClock(code: string): boolean {
  return !findRow(code)?.citizens;
}

export function isExtendable(code: string): boolean {
  return code === ASSIGNED_CLOCK || findRow(code)?.extendable === true;
}

/** The last day of the handling, met or not; null where none was set. In the order in which they began. */
export function handlingDueOf(
  deadlines: readonly { ruleCode: string; dueOn: string }[],
): string | null {
  return deadlines.findLast((each) => isExtendable(each.ruleCode))?.dueOn ?? null;
}

const OWN_LABELS: Record<string, string> = {
  [ASSIGNED_CLOCK]: '交办期限',
  [REPORT_CLOCK]: '报告督办进展',
  [SUPERIOR_CLOCK]: '上级要求报结',
};

export function labelOfClock(code: string): string {
  return OWN_LABELS[code] ?? findRow(code)?.label ?? code;
}

function findRow(code: string): DeadlineRow | undefined {
  return isDeadline(code) ? DEADLINES[code] : undefined;
}

export function isDeadline(code: string): code is DeadlineCode {
  return Object.hasOwn(DEADLINES, code);
}

/** The row of a deadline, with the wide types that generic code needs. */
export function deadlineRow(code: DeadlineCode): DeadlineRow {
  return DEADLINES[code];
}

function petitionReview(label: string, trigger: string, article: string): DeadlineRow {
  const source = `${PETITION}第${article}条`;
  return { label, limit: 30, unit: 'calendar', trigger, source, classes: ['APPEAL'] };
}

function confirmation(label: string, limit: number, trigger: string, article: string): DeadlineRow {
  return { label, limit, unit: 'working', trigger, source: `${CONFIRMATION}第${article}条` };
}

function own(
  label: string,
  limit: number,
  unit: 'calendar' | 'working',
  trigger: string,
): DeadlineRow {
  return { label, limit, unit, trigger, source: OWN_RULE };
}
