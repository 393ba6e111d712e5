import { FINDINGS } from './vocabulary.ts';

/** Codes that staff choose from while handling a lead. */

/** Where a petition was lodged. */
export const PETITION_LEVELS = {
  VILLAGE: '村',
  TOWN: '乡镇',
  COUNTY: '县',
  CITY: '市',
  PROVINCE: '省',
  CAPITAL: '京',
} as const;

export const REJECT_REASONS = {
  NOT_OURS: '不属于本机关职责范围',
  LEGAL_ROUTE: '应当通过诉讼、仲裁、行政复议等法定途径解决',
  ACCEPTED_ELSEWHERE: '其他机关已经受理',
  TERMINATED: '三级程序已经终结，没有新的事实和理由',
  SPAM: '与本系统无关的信息',
} as const;

export const SEAL_REASONS = {
  SUPERIOR_MANAGED: '被反映人由上级管理',
  TRIAGE_CHAIN: '被反映人在本单位甄别、审批环节',
} as const;

/** Why a body above takes a lead over; `bars` keeps the body below away from it from then on. */
export const PULL_UP_CAUSES = {
  CONFLICT: { label: '承办单位需要回避', bars: true },
  COMPLAINT: { label: '有人反映承办单位处理不公', bars: true },
  OVERDUE: { label: '逾期未办', bars: false },
  GRAVE: { label: '案情重大，由上级直接办理', bars: false },
} as const;

export const MERGE_BASES = {
  SAME_PERSON: '同一反映人、同一事项',
  SAME_ACCUSED: '匿名反映，被反映人和事项相同',
} as const;

export const REAL_NAME_RESULTS = {
  VERIFIED: '已核实为实名',
  FAILED: '无法核实，按匿名办理',
  NOT_CLAIMED: '匿名',
} as const;

export const SEVERITIES = { ORDINARY: '一般', MAJOR: '重大' } as const;

/** Whether an authority outside the portal may be told who complained. */
export const RECEIVER_KINDS = { DISCIPLINE: '纪检监察机关', OTHER: '其他机关' } as const;

export const REMINDER_METHODS = { PHONE: '电话', WRITTEN: '书面', FACE: '当面' } as const;

export const CONTACT_METHODS = {
  PHONE: '电话',
  WRITTEN: '书面',
  FACE: '当面',
  CODE: '查询码',
} as const;

/** What the reporter said of the result. */
export const RESPONSES = {
  ACCEPTS: '没有异议',
  OBJECTS: '有异议',
  SILENT: '没有表态',
} as const;

/** How whoever assigned a matter is told of its end. */
export const REPORT_METHODS = {
  WRITTEN: '书面',
  SYSTEM: '对方的系统',
  PHONE: '电话',
  FACE: '当面',
} as const;

/** What was decided: discipline (监察法实施条例 art. 204), administrative, on the aid. */
export const DISPOSITIONS = {
  INFORMED: '适当了解',
  TALK: '谈话',
  LETTER_ENQUIRY: '函询',
  PRELIMINARY: '初步核实',
  CASE_FILED: '立案',
  SHELVED: '暂存待查',
  SETTLED: '予以了结',
  PASSED_ON: '移送其他机关',
  CRITICISM: '批评教育',
  RECTIFY_ORDER: '责令整改',
  INTERVIEW: '约谈',
  REASSIGNED: '调离岗位',
  CIRCULAR: '通报',
  ADMONITION: '诫勉',
  SANCTION: '政务处分、党纪处分',
  ACCOUNTABILITY: '问责',
  JUDICIAL: '移送司法',
  TOLERATED: '容错免责',
  NONE: '无需处理',
} as const;

export const AID_CONSEQUENCES = {
  NONE: '不涉及',
  CLEARED: '清退',
  STOPPED: '停发',
  REDUCED: '减发',
  RAISED: '增发',
  ADMITTED: '纳入保障',
  RECOVERED: '追缴',
  FINED: '罚款',
} as const;

export const ESCALATIONS = {
  SUPERVISED: '督办',
  KEY: '重点督办',
  SPECIAL: '专案督办',
  DIRECT: '直查直办',
  RESEARCH: '专题调研',
  INTERVIEW: '重点约谈',
  JOINT: '联合督办',
  LISTED: '挂牌督办',
  RAISED: '提级办理',
} as const;

/** What may be found at the end of an investigation; 诬告 is not the county's to find. */
export const INVESTIGATION_FINDINGS = {
  TRUE: FINDINGS.TRUE,
  PARTIAL: FINDINGS.PARTIAL,
  FALSE: FINDINGS.FALSE,
  UNVERIFIABLE: FINDINGS.UNVERIFIABLE,
} as const;

export const YES_NO = { YES: '是', NO: '否' } as const;

/** What a kind of supervision is called; one that is not known any more stands as it was written. */
export function labelOfMeasure(kind: string): string {
  return kind in ESCALATIONS ? ESCALATIONS[kind as keyof typeof ESCALATIONS] : kind;
}
