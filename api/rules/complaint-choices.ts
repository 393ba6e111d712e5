import type { PetitionClass, ProblemCode, ReporterMode, SubjectRole } from './vocabulary.ts';

/** What can be chosen on the complaint form, in the citizen's words. */

/** A choice as the form shows it. */
type Choice = { label: string; hint: string };

export const CLASS_CHOICES: Readonly<Record<PetitionClass, Choice>> = {
  REPORT: { label: '举报', hint: '干部、工作人员或者领取救助的人有违规的事' },
  APPEAL: { label: '申诉', hint: '该有的救助没有给、被停了或者给少了' },
  SUGGEST: { label: '意见建议', hint: '服务或者做法可以改进' },
  HELP: { label: '求助', hint: '有困难需要帮助，或者要求更正、不再公开信息' },
  ENQUIRY: { label: '咨询', hint: '想了解政策和办理情况' },
  NOTICE_OBJ: { label: '对公示有异议', hint: '公示名单里有不该有的，或者写得不对' },
};

export const MODE_CHOICES: Readonly<Record<ReporterMode, Choice>> = {
  ANONYMOUS: {
    label: '匿名',
    hint: '不留姓名和电话。照样受理，用查询码看进展、回答问题；不会有人打电话告诉您结果。',
  },
  CONFIDENTIAL: {
    label: '留下姓名，但要求保密',
    hint: '姓名和电话单独加密，只有负责答复您的单位能打开，每次打开都有记录。去核查的人不会说出是谁反映的。',
  },
  NAMED: {
    label: '实名',
    hint: '优先办理，按时告诉您受不受理、结果怎样。姓名同样不会告诉被反映的人。',
  },
};

export const BEHALF_CHOICES = {
  SELF: { label: '替自己或自己家', hint: '' },
  OTHER: { label: '替别人', hint: '例如不会写字的邻居、不在家的亲戚' },
  PUBLIC: { label: '大家的事', hint: '不是某一户的事' },
} as const satisfies Record<string, Choice>;

export const SUBJECT_CHOICES: Readonly<Record<SubjectRole, string>> = {
  VILLAGE_CADRE: '村（社区）干部',
  TOWN_HANDLER: '乡镇（街道）经办人员',
  TOWN_LEADER: '乡镇（街道）领导',
  CIVIL_STAFF: '民政局工作人员',
  COUNTY_LEADER: '县（区）领导、民政局主要负责人',
  FISCAL_STAFF: '其他公职人员',
  RECIPIENT: '领取或申请救助的人',
  AGENCY_BANK: '银行或银行工作人员',
  CARE_ORG: '养老、供养机构',
  THIRD_PARTY: '受委托的调查、服务人员',
  UNIT_ONLY: '只反映单位，不针对个人',
  UNKNOWN: '不清楚',
};

type ProblemGroup = {
  label: string;
  problems: readonly (Choice & { code: ProblemCode })[];
};

/** Every problem type once, in groups as citizens see them. */
export const PROBLEM_GROUPS: readonly ProblemGroup[] = [
  {
    label: '我或家人的救助',
    problems: [
      { code: 'LOUBAO', label: '符合条件却没有得到', hint: '申请了不批，或者不让申请' },
      { code: 'TUOBAO', label: '被停发或取消', hint: '不知道原因，或者不认可' },
      { code: 'STD', label: '钱给少了', hint: '没有按标准发' },
      { code: 'PAY', label: '发放有问题', hint: '晚发、发错账户、名字不对' },
      { code: 'CARD', label: '存折、银行卡被别人拿着', hint: '卡、折、密码不在本人手里' },
    ],
  },
  {
    label: '不该得的人得了',
    problems: [
      { code: 'NEPOT', label: '照顾亲戚朋友', hint: '干部的亲友得了救助' },
      { code: 'GXB', label: '靠关系得的', hint: '托关系、打招呼' },
      { code: 'RQB', label: '靠人情得的', hint: '当人情送出去' },
      { code: 'CUOBAO', label: '条件不符合', hint: '有房有车、收入高等' },
      { code: 'CHEAT', label: '隐瞒、造假骗取', hint: '领取的人作假' },
      { code: 'CHB', label: '拆开户口来领', hint: '一家人分成几户' },
      { code: 'DRB', label: '全家只保一人', hint: '一家人只给一个人办' },
      { code: 'DECEASED', label: '人去世了还在领', hint: '去世以后没有停发' },
      { code: 'WWB', label: '为了不让人上访给的', hint: '用救助换稳定' },
      { code: 'CQB', label: '当作拆迁补偿给的', hint: '用救助抵补偿' },
      { code: 'ZCB', label: '不看条件整批给的', hint: '按身份一律给' },
      { code: 'WGB', label: '轮流享受、平均分配', hint: '轮着来，或者大家平分' },
    ],
  },
  {
    label: '收钱、占钱',
    problems: [
      { code: 'EXTORT', label: '要钱要东西、吃请', hint: '办事收好处' },
      { code: 'EMBEZ', label: '贪污救助金', hint: '救助金进了个人口袋' },
      { code: 'FRAUD', label: '用假名单冒领', hint: '编造人员领钱' },
      { code: 'WITHHOLD', label: '扣下、私分、挪用救助金', hint: '没有如数发到人' },
    ],
  },
  {
    label: '办事和公开',
    problems: [
      { code: 'STALL', label: '推来推去、故意为难', hint: '一再要材料，拖着不办' },
      { code: 'INACT', label: '不办事', hint: '该管的不管' },
      { code: 'ATTITUDE', label: '态度不好', hint: '冷漠、训斥' },
      { code: 'PHONE', label: '监督电话打不通', hint: '没人接，或者接了不管' },
      { code: 'NOPUB', label: '没有公示，或者公示不对', hint: '没贴、看不到、内容不全' },
      { code: 'DYN', label: '情况变了没有调整', hint: '该进的没进，该退的没退' },
      { code: 'FORMAL', label: '走形式、假整改', hint: '说改了，其实没改' },
      { code: 'OVERPUB', label: '公开了不该公开的信息', hint: '身份证号、账号、病情等' },
      { code: 'RETAL', label: '打击报复举报人', hint: '因为反映情况受到报复' },
    ],
  },
  { label: '其他', problems: [{ code: 'OTHER', label: '其他', hint: '上面没有的' }] },
];

/** A correction request (信息有误或不应公开) is a complaint of class HELP with one of these problems. */
export const CORRECTION_CHOICES = {
  OVERPUB: { label: '不应公开', hint: '涉及隐私，或者应当保密' },
  OTHER: { label: '信息有误', hint: '姓名、村、金额等不对' },
} as const satisfies Partial<Record<ProblemCode, Choice>>;
