import type { AstroGlobal } from 'astro';
import { HEALTH_READERS } from '#rules/roles.ts';

/** The person signed in, as the head of every page shows them. */
export type Desk = {
  name: string;
  bodyName: string;
  posts: { bodyName: string; roleLabel: string }[];
  nav: DeskLink[];
  may: (capability: string) => boolean;
};
type DeskLink = { group: DeskGroup; href: string; label: string; about: string };
/** The parts of the start page, in its order; the links below stand in the same order. */
export const DESK_GROUPS = ['线索', '公开', '规则和设置', '人员和账号'] as const;
type DeskGroup = (typeof DESK_GROUPS)[number];

type Me = {
  name: string;
  posts: { bodyName: string; roleLabel: string }[];
  capabilities: string[];
};

/** What staff can open, and the capabilities any of which opens it; none: everybody. */
const LINKS: (DeskLink & { needs: string[] })[] = [
  {
    group: '线索',
    href: '/staff/leads/',
    label: '线索',
    about: '查看和办理举报投诉',
    needs: ['leads.read'],
  },
  {
    group: '线索',
    href: '/staff/leads/due/',
    label: '到期',
    about: '已逾期和7天内到期的线索，自己承办的在前',
    needs: ['leads.read'],
  },
  {
    group: '线索',
    href: '/staff/leads/phone/',
    label: '电话查询',
    about: '来电人报编号，查能告知的进度',
    needs: ['leads.register'],
  },
  {
    group: '线索',
    href: '/staff/referrals/',
    label: '移交',
    about: '打印移交函，查看回执、反馈和要催问的',
    needs: ['leads.read'],
  },
  {
    group: '线索',
    href: '/staff/ledgers/',
    label: '台账',
    about: '查看和打印线索、整改、重复信访、移交台账，录入旧台账',
    needs: ['ledgers.read'],
  },
  {
    group: '公开',
    href: '/staff/lists/',
    label: '名单',
    about: '上传、审查和撤下公示名单',
    needs: ['import.upload', 'import.review', 'takedown'],
  },
  {
    group: '公开',
    href: '/staff/changes/',
    label: '更正与撤下',
    about: '审核单户的退出和更正，复核撤下，管理保护登记',
    needs: ['import.upload', 'import.review', 'takedown'],
  },
  {
    group: '公开',
    href: '/staff/cases/',
    label: '通报曝光',
    about: '每月报送典型案例或“本月无”，审核和撤下案例',
    needs: ['cases.draft', 'cases.review'],
  },
  {
    group: '公开',
    href: '/staff/publication/',
    label: '发布',
    about: '把已通过的内容发布到网站',
    needs: ['publication.run', 'takedown'],
  },
  {
    group: '公开',
    href: '/staff/boards/',
    label: '公示栏',
    about: '打印村（社区）公示栏的名单，登记已经张贴的村',
    needs: ['boards.manage'],
  },
  {
    group: '公开',
    href: '/staff/hotlines/',
    label: '监督电话',
    about: '拨测电话有没有人接，更改号码、接听时间和值班表',
    needs: ['hotlines.edit', 'hotlines.test', 'hotlines.watch'],
  },
  {
    group: '公开',
    href: '/staff/health/',
    label: '公开情况',
    about: '查看各乡镇公开进度、逾期名单和定时任务',
    needs: [...HEALTH_READERS],
  },
  {
    group: '公开',
    href: '/staff/standards/',
    label: '救助标准',
    about: '公布新标准，更正现行和历年标准',
    needs: ['directory.edit'],
  },
  {
    group: '公开',
    href: '/staff/texts/',
    label: '网站内容',
    about: '修改办事指南、政策法规、打印表格和网站说明',
    needs: ['directory.edit'],
  },
  {
    group: '规则和设置',
    href: '/staff/routing/',
    label: '分办规则',
    about: '查看线索送给谁，试一试，修改规则',
    needs: ['leads.read'],
  },
  {
    group: '规则和设置',
    href: '/staff/relatives/',
    label: '近亲属备案',
    about: '导入备案，核对享受救助的近亲属',
    needs: ['relatives.manage'],
  },
  {
    group: '规则和设置',
    href: '/staff/calendar/',
    label: '工作日历',
    about: '装入每年的放假和调休上班安排，期限据此计算',
    needs: ['settings.manage'],
  },
  {
    group: '规则和设置',
    href: '/staff/places/',
    label: '区划',
    about: '区划变更和村（社区）联系人',
    needs: ['bodies.manage'],
  },
  {
    group: '规则和设置',
    href: '/staff/boards/settings/',
    label: '公示栏姓名',
    about: '决定公示栏上的姓名脱敏还是印全名',
    needs: ['settings.manage'],
  },
  {
    group: '规则和设置',
    href: '/staff/small-villages/',
    label: '小村公示',
    about: '决定户数很少的村（社区）列名单还是只公布户数和人数',
    needs: ['settings.manage'],
  },
  {
    group: '规则和设置',
    href: '/staff/referrals/words/',
    label: '移交函字号',
    about: '移交函文号里年份前面的字',
    needs: ['settings.manage'],
  },
  {
    group: '人员和账号',
    href: '/staff/people/',
    label: '人员',
    about: '查看本单位的岗位，管理账号',
    needs: [],
  },
  {
    group: '人员和账号',
    href: '/staff/keys/',
    label: '单位密钥',
    about: '把本单位密钥授予新同事，更换密钥，打印恢复凭据',
    needs: ['leads.read', 'import.upload', 'import.review'],
  },
  {
    group: '人员和账号',
    href: '/staff/audit/',
    label: '操作日志',
    about: '查看谁做了什么、看了什么，核对日志是否完整',
    needs: ['audit.read'],
  },
  {
    group: '人员和账号',
    href: '/staff/account/',
    label: '我的账号',
    about: '口令、动态码和登录情况',
    needs: [],
  },
];

/** Who is at the desk; a Response where nobody is signed in: the way to the sign-in page and back. */
export async function openDesk(astro: AstroGlobal): Promise<Desk | Response> {
  const answer = await astro.locals.api('/api/staff/session');
  if (!answer.ok) {
    const next = `${astro.url.pathname}${astro.url.search}`;
    return astro.redirect(`/staff/sign-in/?next=${encodeURIComponent(next)}`, 303);
  }
  const me = (await answer.json()) as Me;
  const may = (capability: string) => me.capabilities.includes(capability);
  return {
    name: me.name,
    bodyName: [...new Set(me.posts.map((post) => post.bodyName))].join('、'),
    posts: me.posts,
    nav: LINKS.filter((link) => link.needs.length === 0 || link.needs.some(may)),
    may,
  };
}

/** Where to go after signing in: a page of the desk, never another site. */
export function safeNext(next: string | null): string {
  const here = 'http://portal';
  const url = next?.startsWith('/') ? URL.parse(next, here) : null;
  const isDesk = url?.origin === here && /^\/staff(\/|$)/.test(url.pathname);
  // As the address is written in a header: without line breaks, everything but ASCII escaped.
  return url && isDesk ? `${url.pathname}${url.search}` : '/staff/';
}
