import type { PetitionClass, ProblemCode, ReporterMode, SubjectRole } from './vocabulary.ts';

/** The questions of the complaint form, in the citizen's words; their messages use the same words. */

type Question = {
  /** Dotted path in the complaint. */
  name: string;
  label: string;
  hint: string;
  optional: boolean;
  /** What to do where nothing was given. */
  missing: string;
};

export const QUESTIONS = {
  class: {
    name: 'class',
    label: '您要反映哪一类事情',
    hint: '拿不准就选最接近的，工作人员会核对。',
    optional: false,
    missing: '选择要反映哪一类事情',
  },
  problemTypes: {
    name: 'problemTypes',
    label: '是什么问题',
    hint: '可以选几项。',
    optional: false,
    missing: '选择是什么问题，至少一项',
  },
  placeCode: {
    name: 'placeCode',
    label: '发生在哪里',
    hint: '选到村（社区）；不知道是哪个村，选到乡镇（街道）。',
    optional: false,
    missing: '选择发生在哪里',
  },
  text: {
    name: 'text',
    label: '发生了什么',
    hint: '写清时间、经过和怎么知道的。不用写身份证号和银行账号。',
    optional: false,
    missing: '写下发生了什么，一句话也可以',
  },
  subjectRole: {
    name: 'subjectRole',
    label: '反映的是谁',
    hint: '被反映的人和单位看不到您的反映。没有具体的人可以不选。',
    optional: true,
    missing: '选择反映的是谁，不知道就选“不清楚”',
  },
  subjectName: {
    name: 'subjectName',
    label: '姓名',
    hint: '知道就写，不知道可以不写。',
    optional: true,
    missing: '填写姓名',
  },
  subjectBody: {
    name: 'subjectBody',
    label: '所在单位',
    hint: '知道就选，用来确保不交给这个单位处理。',
    optional: true,
    missing: '选择所在单位',
  },
  noticeId: {
    name: 'noticeId',
    label: '对哪一份公示有异议',
    hint: '从公示页面进入时已经填好。',
    optional: true,
    missing: '从公示页面进入，再提出异议',
  },
  noticeRow: {
    name: 'noticeRow',
    label: '公示页上的序号',
    hint: '只对其中一户有异议的，填写这一户的序号；对整份公示有异议的，不用填。',
    optional: true,
    missing: '按公示页上的序号填写',
  },
  mode: {
    name: 'mode',
    label: '是否留下姓名和联系方式',
    hint: '三种方式都会受理，也都能用查询码查看进展。',
    optional: true,
    missing: '选择是否留下姓名和联系方式',
  },
  reporterName: {
    name: 'reporter.name',
    label: '您的姓名',
    hint: '只有负责办理的机关能看到。',
    optional: true,
    missing: '填写您的姓名，或者改选匿名',
  },
  reporterContact: {
    name: 'reporter.contact',
    label: '联系方式',
    hint: '电话、微信、邮箱、地址都可以。',
    optional: true,
    missing: '填写联系方式，或者改选匿名',
  },
} as const satisfies Record<string, Question>;

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
  ANONYMOUS: { label: '匿名', hint: '不留姓名，用查询码查看进展' },
  CONFIDENTIAL: { label: '留下姓名，但要求保密', hint: '只用于核实情况和反馈' },
  NAMED: { label: '实名', hint: '核查后会向您反馈结果' },
};

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

/** The correction request asks some of the questions in other words. */
export const CORRECTION_QUESTIONS = {
  problemTypes: { label: '是哪一种情况', missing: '选择是哪一种情况' },
  placeCode: { label: '哪里的信息', missing: '选择哪里的信息' },
  text: {
    label: '哪一条，应该怎样',
    hint: '写清名单上的序号和要改的内容。不用写身份证号。',
    missing: '写下哪一条、应该怎样',
  },
} as const;

/** A correction request (信息有误或不应公开) is a complaint of class HELP with one of these problems. */
export const CORRECTION_CHOICES = {
  OVERPUB: { label: '不应公开', hint: '涉及隐私，或者应当保密' },
  OTHER: { label: '信息有误', hint: '姓名、村、金额等不对' },
} as const satisfies Partial<Record<ProblemCode, Choice>>;
