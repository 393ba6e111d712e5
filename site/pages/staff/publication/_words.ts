/** States of a publication, in a word and a colour. */
export const PUBLICATION_STATUS = {
  running: { label: '正在发布', kind: 'active' },
  live: { label: '已上线', kind: 'done' },
  refused: { label: '被拦下，网站内容没有变化', kind: 'late' },
} as const;

const PUBLICATION_SCOPES = {
  approved: '整体发布',
  standing: '撤下和更正立即上线',
  directory: '标准、电话和网站内容更新',
  due: '到期自动更新',
} as const;

/** What went with it; the server itself also brings pages up to date, after a restart or with a new day. */
export function nameScope(item: {
  scope: keyof typeof PUBLICATION_SCOPES;
  startedBy: string | null;
}): string {
  const isByItself = item.scope === 'standing' && item.startedBy === null;
  return isByItself ? '日常自动更新' : PUBLICATION_SCOPES[item.scope];
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'long',
  timeStyle: 'medium',
});

export function formatInstant(instant: number): string {
  return clock.format(instant);
}
