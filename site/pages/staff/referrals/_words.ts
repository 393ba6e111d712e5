import type { LetterBody, ReferralCounts } from '#routes/staff-referral-schemas.ts';
import { REFERRAL_STATES, isAwaited } from '#rules/referral.ts';
import { formatCount, formatDate } from '#site/lib/format.ts';

/** What a list can be narrowed to, the usual first. */
export const STATE_OPTIONS = [
  { value: 'open', label: '等回执或等反馈' },
  { value: 'waiting-receipt', label: REFERRAL_STATES['waiting-receipt'] },
  { value: 'waiting-feedback', label: REFERRAL_STATES['waiting-feedback'] },
  { value: 'overdue', label: '到期没有反馈' },
  { value: 'returned', label: REFERRAL_STATES.returned },
  { value: 'answered', label: REFERRAL_STATES.answered },
  { value: 'all', label: '全部' },
];

type Dates = Pick<
  LetterBody['referral'],
  'state' | 'receivedOn' | 'returnedOn' | 'feedbackOn' | 'remindOn' | 'reminders'
>;

/** How far the answer has come, with its day: 等反馈，2026年12月21日催问，已催问1次. */
export function describeAnswer(
  row: Omit<Dates, 'receivedOn' | 'returnedOn' | 'feedbackOn'>,
): string {
  const waits = isAwaited(row.state);
  return [
    REFERRAL_STATES[row.state],
    waits && `${formatDate(row.remindOn)}催问`,
    row.reminders > 0 && `已催问${formatCount(row.reminders)}次`,
  ]
    .filter(Boolean)
    .join('，');
}

/** Every day that is known of a letter. */
export function listDates(row: Dates & { sentOn: string }): { key: string; value: string }[] {
  const days: [string, string | null][] = [
    ['移交', row.sentOn],
    ['签收', row.receivedOn],
    ['退回', row.returnedOn],
    ['反馈', row.feedbackOn],
  ];
  const known = days.flatMap(([key, on]) => (on ? [{ key, value: formatDate(on) }] : []));
  return [...known, { key: '进度', value: describeAnswer(row) }];
}

/** 等回执1件，等反馈2件，其中1件到期没有反馈; empty where nothing waits. */
export function describeCounts(counts: ReferralCounts['in']): string {
  const parts = [
    counts.waitingReceipt > 0 && `等回执${formatCount(counts.waitingReceipt)}件`,
    counts.waitingFeedback > 0 && `等反馈${formatCount(counts.waitingFeedback)}件`,
    counts.overdue > 0 && `其中${formatCount(counts.overdue)}件到期没有反馈`,
  ];
  return parts.filter(Boolean).join('，');
}
