import { ACCESS_ACTION_LABELS } from './audit-access-words.ts';
import { DIRECTORY_ACTION_LABELS } from './audit-directory-words.ts';
import { CASE_ACTION_LABELS } from './audit-case-words.ts';

/**
 * What the audit log is about, for those who read it. An entry whose subject is of a kind that does not stand
 * here is shown to nobody: only a kind that was judged may be.
 */
export const SUBJECT_KINDS = {
  lead: '线索',
  ledger: '台账',
  backlog: '历年旧案',
  batch: '名单',
  'list-row': '名单中的一户',
  'row-change': '单户变更',
  'take-down': '撤下',
  'gate-warning': '泄露检查提示',
  publication: '发布',
  case: '通报曝光',
  protection: '保护登记',
  account: '账号',
  person: '人员',
  body: '单位',
  place: '区划',
  standard: '救助标准',
  hotline: '监督电话',
  text: '网站内容',
  setting: '设置',
  calendar: '工作日历',
  'counted-month': '统计月份',
  'routing-version': '分办表',
  relative: '近亲属备案',
  'relative-hit': '近亲属比对',
  portal: '系统',
  audit: '操作日志',
} as const;
export type SubjectKind = keyof typeof SUBJECT_KINDS;

export function isKnownKind(kind: string): kind is SubjectKind {
  return Object.hasOwn(SUBJECT_KINDS, kind);
}

/**
 * What nobody did and what would tell of a complaint by its minute: a household is held back when an
 * objection is taken up.
 */
export const UNSHOWN_ACTIONS: readonly string[] = ['list-row.hold'];

type Group = {
  label: string;
  /** Beginnings of actions. */
  prefixes?: readonly string[];
  actions?: readonly string[];
  except?: readonly string[];
};

/** Looks at many leads at once: such an entry has no subject but whoever looked. */
export const LISTINGS: readonly string[] = [
  'lead.list',
  'lead.list-supervised',
  'lead.search',
  'referral.list',
];
const LOOKS = ['lead.open', ...LISTINGS];
const REPORTER = [
  'lead.open-reporter',
  'lead.ask-reporter',
  'lead.grant-reporter',
  'lead.refuse-reporter',
] as const;
const EXPORTS = [
  'ledger.export',
  'lead.referral-letter',
  'lead.referral-file',
  'batch.download-problems',
  'board.open-names',
  'audit.export',
] as const;

/** What the log can be narrowed to. */
export const AUDIT_GROUPS = {
  looks: {
    label: '查看线索',
    actions: LOOKS,
    prefixes: ['ledger.'],
    except: EXPORTS,
  },
  reporter: { label: '查看反映人身份', actions: [...REPORTER], prefixes: ['reporter.'] },
  leads: {
    label: '办理线索',
    prefixes: ['lead.', 'backlog.'],
    except: [...LOOKS, ...REPORTER, ...EXPORTS],
  },
  exports: { label: '导出和下载', actions: [...EXPORTS] },
  lists: {
    label: '名单和发布',
    prefixes: [
      ...['batch.', 'list-row.', 'row-change.', 'take-down.', 'gate-warning.'],
      ...['publication.', 'protection.', 'board.', 'case.', 'statistics.'],
    ],
    except: EXPORTS,
  },
  access: {
    label: '账号和登录',
    prefixes: ['session.', 'account.', 'person.', 'post.', 'invitation.', 'body-key.', 'device.'],
  },
  county: {
    label: '设置、区划、日历和备案',
    prefixes: [
      'relatives.',
      'relative-hit.',
      'setting.',
      'standard.',
      'text.',
      'place.',
      'hotline.',
      'body.',
      'routing.',
      'calendar.',
      'portal.',
      'reminder.',
    ],
  },
  audit: { label: '查看操作日志', prefixes: ['audit.'], except: EXPORTS },
} as const satisfies Record<string, Group>;
export type AuditGroup = keyof typeof AUDIT_GROUPS;

export function auditGroupOf(code: AuditGroup): Group {
  return AUDIT_GROUPS[code];
}

/** Of a lead's steps the transition table has the words. */
export const ACTION_LABELS: Record<string, string> = {
  'lead.arrive': '收到来件',
  'lead.new-code': '反映人换了查询码',
  'lead.list': '查看线索列表',
  'lead.list-supervised': '查看督办线索列表',
  'lead.search': '搜索线索内容',
  'lead.open': '打开线索',
  'lead.open-reporter': '查看反映人身份',
  'lead.erase': '按期清除线索',
  'lead.take-backlog': '录入历年旧案',
  'lead.referral-letter': '打开移交函',
  'lead.referral-file': '下载加密的移交函',
  'backlog.take': '导入历年台账',
  'referral.list': '查看移交列表',
  'ledger.view': '查看台账',
  'ledger.export': '导出台账',
  'batch.upload': '上传名单',
  'batch.approve': '审查通过名单',
  'batch.reject': '退回名单',
  'batch.take-down': '撤下名单',
  'batch.restore': '恢复名单',
  'batch.reread': '重新读取名单',
  'batch.carry-over': '沿用上月名单',
  'batch.confirm-spellings': '确认地名写法',
  'batch.set-exits': '注明退出原因',
  'batch.download-problems': '下载有问题的行',
  'batch.upload-expired': '销毁到期原始文件',
  'batch.forget-names': '清除姓名校验值',
  'batch.withdraw-replaced': '名单被新的一期代替',
  'list-row.take-down': '撤下一户',
  'list-row.restore': '恢复一户',
  'list-row.release-hold': '解除暂缓公开',
  'list-row.exit': '退出一户',
  'list-row.correct': '更正一户',
  'row-change.propose': '提出单户变更',
  'row-change.refuse': '退回单户变更',
  'take-down.confirm': '复核撤下：维持',
  'take-down.lift': '复核撤下：恢复',
  'gate-warning.clear': '核对泄露检查提示',
  'board.post': '登记公示栏张贴',
  'board.open-names': '打开公示栏姓名',
  'protection.enter': '登记保护对象',
  'protection.withhold': '因保护登记撤下一户',
  'protection.request-lift': '申请解除保护',
  'protection.lift': '同意解除保护',
  'protection.cancel-lift': '取消解除保护',
  'publication.go-live': '发布上线',
  'publication.refuse': '发布被拦下',
  'statistics.count': '统计一个月的举报投诉',
  ...ACCESS_ACTION_LABELS,
  ...DIRECTORY_ACTION_LABELS,
  ...CASE_ACTION_LABELS,
  'place.apply-table': '导入区划表',
  'place.set-contact': '更改联系人',
  'hotline.add': '增加监督电话',
  'hotline.change': '更改监督电话',
  'hotline.end': '停用监督电话',
  'hotline.test': '登记拨测',
  'hotline.correct-test': '更正拨测记录',
  'hotline.cancel-test': '撤销拨测记录',
  'hotline.add-duty': '登记电话值班',
  'hotline.drop-duty': '删除电话值班',
  'hotline.copy-duty': '沿用上月电话值班',
  'portal.set-up': '建立系统',
  'calendar.load': '装入节假日安排',
  'calendar.recompute': '重新计算暂定期限',
  'routing.save': '修改分办表',
  'relatives.import': '导入近亲属备案',
  'relatives.list': '查看近亲属备案',
  'relatives.end': '终止一条近亲属备案',
  'relative-hit.list': '查看近亲属比对结果',
  'relative-hit.decide': '核查近亲属比对结果',
  'reminder.run': '发送到期提醒',
  'audit.list': '查看操作日志',
  'audit.export': '导出操作日志',
  'audit.verify': '核对操作日志',
};
