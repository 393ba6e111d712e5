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
  /** Asked where the form was opened from the page of a place. */
  placeHere: {
    name: 'placeHere',
    label: '事情发生在这里吗',
    hint: '',
    optional: false,
    missing: '选择事情是不是发生在这里',
  },
  town: {
    name: 'town',
    label: '发生在哪个乡镇（街道）',
    hint: '',
    optional: false,
    missing: '选择发生在哪个乡镇（街道）',
  },
  village: {
    name: 'village',
    label: '发生在哪个村（社区）',
    hint: '',
    optional: false,
    missing: '选择发生在哪个村（社区），不知道就选“不清楚”',
  },
  happenedWhen: {
    name: 'happenedWhen',
    label: '什么时候的事',
    hint: '大概的时间就可以，例如“去年秋天起”。',
    optional: true,
    missing: '',
  },
  witnesses: {
    name: 'witnesses',
    label: '还有谁知道，或者哪里查得到',
    hint: '例如在场的人、会议、账本。会让人猜到您是谁的，可以不写。',
    optional: true,
    missing: '',
  },
  money: {
    name: 'money',
    label: '涉及多少钱',
    hint: '例如“每月三百元，领了一年”。',
    optional: true,
    missing: '',
  },
  evidence: {
    name: 'evidence',
    label: '有没有照片、录音、文件',
    hint: '没有也可以提交，以后凭查询码还能补充。',
    optional: true,
    missing: '没有写文字的，上传录音或者录像；也可以回去写几句话',
  },
  behalf: {
    name: 'behalf',
    label: '替谁反映',
    hint: '',
    optional: false,
    missing: '选择是替自己，还是替别人反映',
  },
  forWhom: {
    name: 'forWhom',
    label: '替别人反映的，那个人是谁',
    hint: '例如“邻居王奶奶，八十岁，不识字”。不愿写的可以不写。',
    optional: true,
    missing: '',
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
    optional: false,
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

/** A recording alone is a complaint: what is said where the text may stay empty, and on the check page. */
export const RECORDING_WORDS = {
  text: '不方便打字的，可以不写，后面上传录音。',
  evidence: '前面没有写文字，请在这里上传录音或者录像。',
  write: '回去写几句话',
  check: '没有写文字，由录音或者录像说明',
} as const;

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
