/** Kinds of what the search finds, in the order in which results stand. */
export const SEARCH_KINDS = {
  place: '公示名单',
  procedure: '办事指南',
  form: '打印表格',
  policy: '政策法规',
  standard: '救助标准',
  hotline: '监督电话',
  case: '通报曝光',
  page: '网页',
} as const;
export type SearchKind = keyof typeof SEARCH_KINDS;
