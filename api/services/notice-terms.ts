import type { Batch } from '#db/queries/batches.ts';
import type { Calendars } from '#rules/calendar.ts';
import { LIST_KINDS, isNotice } from '#rules/list-kinds.ts';
import { noticeTerm } from '#rules/notice-term.ts';

/**
 * When a notice stands on the site: as it was decided, else as it would be with an approval now. Null for
 * a list, which stands until it is replaced.
 */
export function planTerm(batch: Batch, now: number, calendars: Calendars) {
  const { kind, noticeDays, noticeUnit, noticeFrom, startsAt, endsAt } = batch;
  if (!isNotice(kind)) return null;
  if (startsAt !== null && endsAt !== null) return { kind, startsAt, endsAt };
  const days = noticeDays ?? LIST_KINDS[kind].days;
  const plan = { from: noticeFrom, days, unit: noticeUnit ?? 'calendar' };
  const term = noticeTerm(plan, now, calendars);
  return { kind, startsAt: term.startsAt, endsAt: term.endsAt };
}
