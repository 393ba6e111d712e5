/**
 * The controlled vocabulary: every code the portal stores, with its Chinese label.
 * Labels are the words of the law and of the offices' own forms.
 */

/** Keys of a label table, as a non-empty tuple that `z.enum` accepts. */
export function codesOf<T extends Record<string, unknown>>(
  table: T,
): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];
}

export const AID_TYPES = {
  URBAN_DIBAO: '城市低保',
  RURAL_DIBAO: '农村低保',
  TEKUN: '特困供养',
  EDGE: '低保边缘家庭',
  RIGID: '刚性支出困难家庭',
  TEMP: '临时救助',
  OTHER_SPECIAL: '医疗、教育、住房、就业等专项救助',
} as const;
export type AidType = keyof typeof AID_TYPES;

export const AREA_TYPES = { urban: '城镇', rural: '农村' } as const;
export type AreaType = keyof typeof AREA_TYPES;

export const PLACE_LEVELS = {
  district: '县（区）',
  town: '乡镇（街道）',
  village: '村（社区）',
} as const;
export type PlaceLevel = keyof typeof PLACE_LEVELS;

export const BODY_KINDS = {
  bureau: '民政部门',
  township: '乡镇人民政府、街道办事处',
  village: '村（居）民委员会',
  discipline: '纪检监察机关',
} as const;
export type BodyKind = keyof typeof BODY_KINDS;

export const PETITION_CLASSES = {
  REPORT: '检举控告',
  APPEAL: '申诉求决',
  SUGGEST: '意见建议',
  HELP: '求助申请',
  ENQUIRY: '咨询',
  NOTICE_OBJ: '公示异议',
} as const;
export type PetitionClass = keyof typeof PETITION_CLASSES;

export const REPORTER_MODES = {
  NAMED: '实名',
  CONFIDENTIAL: '实名但要求保密',
  ANONYMOUS: '匿名',
} as const;
export type ReporterMode = keyof typeof REPORTER_MODES;

export const SUBJECT_ROLES = {
  COUNTY_LEADER: '县级领导、民政局主要负责人',
  CIVIL_STAFF: '民政部门干部职工',
  TOWN_LEADER: '乡镇（街道）党政领导',
  TOWN_HANDLER: '乡镇（街道）经办人员',
  VILLAGE_CADRE: '村（社区）干部',
  FISCAL_STAFF: '其他财政供养人员',
  RECIPIENT: '救助对象或申请人',
  AGENCY_BANK: '代发银行及其人员',
  CARE_ORG: '供养服务机构',
  THIRD_PARTY: '核对、购买服务人员',
  UNIT_ONLY: '只反映单位',
  UNKNOWN: '不清楚',
} as const;
export type SubjectRole = keyof typeof SUBJECT_ROLES;

export const SOURCES = {
  ONLINE: '网上',
  PHONE: '来电',
  VISIT: '来访',
  LETTER: '来信',
  EMAIL: '电子邮件',
  HOTLINE12345: '政务热线转办',
  MEDIA: '媒体曝光',
  SUPERIOR: '上级交办',
  LEADER: '领导批示',
  XINFANG: '信访部门转送',
  DISCIPLINE: '纪检转办',
  INSPECTION: '巡视巡察、审计、第三方抽查',
  SELFCHECK: '自查',
  DATAMATCH: '信息比对',
} as const;
export type Source = keyof typeof SOURCES;

/**
 * What a complaint says went wrong. `matter` decides the routing row (rules/routing), `major` suggests
 * special supervision, `class` is the class a citizen's choice usually means (triage confirms it).
 */
export const PROBLEM_TYPES = {
  RQB: { label: '人情保', matter: 'discipline', class: 'REPORT' },
  GXB: { label: '关系保', matter: 'discipline', class: 'REPORT' },
  CUOBAO: { label: '错保', matter: 'discipline', class: 'REPORT' },
  WWB: { label: '维稳保', matter: 'discipline', class: 'REPORT' },
  CQB: { label: '拆迁保', matter: 'discipline', class: 'REPORT' },
  ZCB: { label: '政策保', matter: 'discipline', class: 'REPORT' },
  CHB: { label: '拆户保', matter: 'discipline', class: 'REPORT' },
  DRB: { label: '违规单人保', matter: 'discipline', class: 'REPORT' },
  WGB: { label: '轮流保、平均分配等违规保', matter: 'discipline', class: 'REPORT' },
  DECEASED: { label: '死亡未退', matter: 'discipline', class: 'REPORT' },
  EXTORT: { label: '吃拿卡要', matter: 'discipline', class: 'REPORT' },
  NEPOT: { label: '优亲厚友', matter: 'discipline', class: 'REPORT' },
  FORMAL: { label: '形式主义、虚假整改', matter: 'process', class: 'REPORT' },
  DYN: { label: '动态管理不到位', matter: 'process', class: 'REPORT' },
  NOPUB: { label: '未公示或公示不规范', matter: 'process', class: 'REPORT' },
  PAY: { label: '发放不规范', matter: 'aid', class: 'REPORT' },
  CARD: { label: '卡折代管问题', matter: 'aid', class: 'REPORT' },
  CHEAT: { label: '骗取救助', matter: 'aid', class: 'REPORT' },
  EMBEZ: { label: '贪污侵占', matter: 'discipline', class: 'REPORT', major: true },
  FRAUD: { label: '虚报冒领', matter: 'discipline', class: 'REPORT', major: true },
  WITHHOLD: { label: '截留私分、挤占挪用', matter: 'discipline', class: 'REPORT', major: true },
  RETAL: { label: '打击报复举报人', matter: 'discipline', class: 'REPORT', major: true },
  LOUBAO: { label: '漏保（应保未保）', matter: 'aid', class: 'APPEAL' },
  TUOBAO: { label: '脱保（被停发）', matter: 'aid', class: 'APPEAL' },
  STD: { label: '不按标准发放', matter: 'aid', class: 'APPEAL' },
  STALL: { label: '推诿刁难', matter: 'conduct', class: 'REPORT' },
  INACT: { label: '不作为', matter: 'conduct', class: 'REPORT' },
  ATTITUDE: { label: '态度差', matter: 'conduct', class: 'SUGGEST' },
  PHONE: { label: '投诉电话打不通', matter: 'phone', class: 'REPORT' },
  OVERPUB: { label: '过度公开、泄露个人信息', matter: 'overpub', class: 'HELP' },
  OTHER: { label: '其他', matter: 'discipline', class: 'REPORT' },
} as const satisfies Record<string, ProblemType>;
export type ProblemCode = keyof typeof PROBLEM_TYPES;

/** Matters of the routing table, the most severe first. */
export const MATTERS = ['discipline', 'conduct', 'process', 'aid', 'phone', 'overpub'] as const;
export type Matter = (typeof MATTERS)[number];
type ProblemType = { label: string; matter: Matter; class: PetitionClass; major?: true };

export const FINDINGS = {
  TRUE: '查实',
  PARTIAL: '部分属实',
  FALSE: '不实',
  UNVERIFIABLE: '无法查证',
  WITHDRAWN: '撤回',
  OUT_OF_SCOPE: '不属于受理范围',
} as const;

export const SECRECY = { normal: '普通', restricted: '限制知悉', sealed: '密封' } as const;
export type Secrecy = keyof typeof SECRECY;
