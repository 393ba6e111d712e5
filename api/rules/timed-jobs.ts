/** Timed work, by name; patterns are cron in Asia/Shanghai. */

type TimedJob = {
  label: string;
  pattern: string;
  /** What a stopped server missed cannot wait for the next time. */
  atStart: boolean;
  /** Minutes between two runs. */
  every: number;
};

export const TIMED_JOBS = {
  'publish-due': {
    label: '到期内容发布',
    pattern: '* * * * *',
    atStart: true,
    every: 1,
  },
  sweep: { label: '清理过期文件', pattern: '17 * * * *', atStart: true, every: 60 },
  'lapse-questions': {
    label: '催问到期处理',
    pattern: '7 0 * * *',
    atStart: true,
    every: 24 * 60,
  },
  'count-months': {
    label: '统计上月举报投诉',
    pattern: '11 0 * * *',
    atStart: true,
    every: 24 * 60,
  },
  remind: { label: '到期提醒邮件', pattern: '30 8 * * *', atStart: false, every: 24 * 60 },
  'verify-audit': {
    label: '核对操作日志',
    pattern: '37 2 * * *',
    atStart: false,
    every: 24 * 60,
  },
} as const satisfies Record<string, TimedJob>;
export type TimedJobName = keyof typeof TIMED_JOBS;

/** What a run may take or wait for; a minute's job is not late after two. */
const PATIENCE_MINUTES = 30;

/** Whether a job should have begun again by now; one that never ran, since the portal was set up. */
export function isLate(
  name: TimedJobName,
  { startedAt, setUpAt }: { startedAt: number | null; setUpAt: number },
  now: number,
): boolean {
  const waited = now - (startedAt ?? setUpAt);
  return waited > (TIMED_JOBS[name].every + PATIENCE_MINUTES) * 60_000;
}
