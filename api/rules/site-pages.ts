/** Pages of every portal that are not about one place, text or list. */
export type SitePage = { href: string; title: string };

export const SERVICES: readonly SitePage[] = [
  { href: '/complaints/', title: '举报投诉' },
  { href: '/complaints/follow-up', title: '查询办理进度' },
  { href: '/complaints/correction', title: '信息更正' },
  { href: '/hotlines/', title: '监督电话' },
  { href: '/standards/', title: '救助标准' },
  { href: '/procedures/', title: '办事指南' },
  { href: '/forms/', title: '打印表格' },
];

export const DISCLOSURES: readonly SitePage[] = [
  { href: '/policies/', title: '政策法规' },
  { href: '/notices/', title: '审核确认公示' },
  { href: '/cases/', title: '通报曝光' },
  { href: '/publishing/', title: '公开情况' },
  { href: '/corrections/', title: '更正公告' },
  { href: '/statistics/', title: '统计数据' },
  { href: '/data/', title: '数据下载' },
  { href: '/verify/', title: '公开记录核验' },
];

export const ABOUT: readonly SitePage[] = [
  { href: '/about/', title: '关于本站' },
  { href: '/privacy/', title: '个人信息保护' },
];
