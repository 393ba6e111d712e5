import type { BodyKind } from './vocabulary.ts';

/** A role is held at one body and reaches what lies below it; of leads see the transition table. */

export const CAPABILITIES = {
  'leads.read': '查看线索',
  'leads.register': '登记来电、来访、来信',
  'leads.screen': '筛查未经验证的来件',
  'leads.pull-up': '提级办理下级的线索',
  'reporter.open': '查看反映人身份',
  'reporter.approve': '同意查看反映人身份',
  'routing.manage': '修改分办规则',
  'ledgers.read': '查看和导出台账',
  'relatives.manage': '管理近亲属备案',
  'import.upload': '上传名单',
  'import.review': '审查名单',
  'publication.run': '发布',
  'boards.manage': '打印公示栏名单并登记张贴',
  takedown: '立即撤下',
  'takedown.review': '复核撤下',
  'protection.manage': '登记和解除保护对象',
  'cases.draft': '报送通报曝光的案例',
  'cases.review': '审核通报曝光的案例',
  'directory.edit': '维护标准、办事指南和政策',
  'hotlines.edit': '维护监督电话',
  'hotlines.test': '拨测监督电话',
  'hotlines.watch': '查看监督电话的拨测情况',
  'audit.read': '查看操作日志',
  'accounts.manage': '管理账号',
  'bodies.manage': '管理区划、单位和人员',
  'settings.manage': '管理本单位的设置和工作日历',
  'county.manage': '管理全县（市、区）的设置',
  'system.manage': '管理服务器和备份',
} as const;
export type Capability = keyof typeof CAPABILITIES;

/** Which leads of its body a role may see; `phone` are those about a hotline that is not answered. */
type LeadReach = 'none' | 'assigned' | 'phone' | 'body';

type Role = {
  label: string;
  leads: LeadReach;
  /** May see sealed leads that its body holds. */
  sealed: boolean;
  capabilities: readonly Capability[];
  /** Kinds of body where the role may be held. */
  bodyKinds: readonly BodyKind[];
};

export const ROLES = {
  intake_clerk: {
    label: '登记员',
    leads: 'body',
    sealed: false,
    capabilities: ['leads.read', 'leads.register', 'leads.screen', 'ledgers.read'],
    bodyKinds: ['bureau'],
  },
  triage_officer: {
    label: '甄别员',
    leads: 'body',
    sealed: false,
    capabilities: [
      'leads.read',
      'leads.pull-up',
      'leads.register',
      'reporter.open',
      'takedown',
      'ledgers.read',
    ],
    bodyKinds: ['bureau'],
  },
  handler: {
    label: '承办人',
    leads: 'assigned',
    sealed: false,
    capabilities: ['leads.read'],
    bodyKinds: ['bureau', 'township'],
  },
  section_chief: {
    label: '科室负责人',
    leads: 'body',
    sealed: false,
    capabilities: [
      'leads.read',
      'leads.pull-up',
      'reporter.open',
      'reporter.approve',
      'hotlines.test',
      'takedown',
      'takedown.review',
      'cases.review',
      'ledgers.read',
    ],
    bodyKinds: ['bureau'],
  },
  bureau_leader: {
    label: '分管或主要领导',
    leads: 'body',
    sealed: false,
    capabilities: [
      'leads.read',
      'reporter.approve',
      'routing.manage',
      'hotlines.watch',
      'takedown',
      'takedown.review',
      'cases.review',
      'ledgers.read',
    ],
    bodyKinds: ['bureau'],
  },
  discipline_liaison: {
    label: '驻组联络员',
    leads: 'body',
    sealed: true,
    capabilities: [
      'leads.read',
      'leads.pull-up',
      'leads.register',
      'leads.screen',
      'reporter.open',
      'reporter.approve',
      'hotlines.test',
      'relatives.manage',
      'cases.draft',
      'cases.review',
      'ledgers.read',
    ],
    bodyKinds: ['discipline'],
  },
  township_user: {
    label: '乡镇经办',
    leads: 'body',
    sealed: false,
    capabilities: ['leads.read', 'boards.manage', 'hotlines.watch', 'cases.draft', 'ledgers.read'],
    bodyKinds: ['township'],
  },
  publisher: {
    label: '发布员',
    leads: 'none',
    sealed: false,
    capabilities: [
      'import.upload',
      'publication.run',
      'boards.manage',
      'takedown',
      'protection.manage',
      'cases.draft',
      'directory.edit',
      'hotlines.edit',
    ],
    bodyKinds: ['bureau', 'township'],
  },
  reviewer: {
    label: '公开审查员',
    leads: 'none',
    sealed: false,
    capabilities: [
      'import.review',
      'publication.run',
      'boards.manage',
      'takedown',
      'takedown.review',
      'cases.review',
      'protection.manage',
    ],
    bodyKinds: ['bureau', 'township'],
  },
  hotline_manager: {
    label: '监督电话管理员',
    leads: 'phone',
    sealed: false,
    capabilities: ['leads.read', 'hotlines.edit', 'hotlines.test'],
    bodyKinds: ['bureau', 'township'],
  },
  auditor: {
    label: '审计管理员',
    leads: 'none',
    sealed: false,
    capabilities: ['audit.read'],
    bodyKinds: ['bureau', 'discipline'],
  },
  security_admin: {
    label: '安全管理员',
    leads: 'none',
    sealed: false,
    capabilities: ['accounts.manage', 'bodies.manage', 'settings.manage', 'county.manage'],
    bodyKinds: ['bureau', 'discipline'],
  },
  sysadmin: {
    label: '系统管理员',
    leads: 'none',
    sealed: false,
    capabilities: ['system.manage'],
    bodyKinds: ['bureau'],
  },
} as const satisfies Record<string, Role>;
export type RoleCode = keyof typeof ROLES;

/** Any of these opens the page on how publishing fares. */
export const HEALTH_READERS = [
  'publication.run',
  'takedown',
  'system.manage',
  'audit.read',
] as const satisfies readonly Capability[];

export function hasCapability(roles: readonly RoleCode[], capability: Capability): boolean {
  return roles.some((code) => roleOf(code).capabilities.includes(capability));
}

export function mayHoldAt(role: RoleCode, kind: BodyKind): boolean {
  return roleOf(role).bodyKinds.includes(kind);
}

/** The row of a role, with the wide types that generic code needs. */
export function roleOf(code: RoleCode): Role {
  return ROLES[code];
}
