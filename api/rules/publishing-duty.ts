import type { Calendars } from './calendar.ts';
import { addMonths, lastDayOf } from './civil-date.ts';
import { computeDeadline, isOverdue } from './deadline.ts';
import type { AidType } from './vocabulary.ts';

/** Lists of an aid type that a township has had; `standing` is the newest on the site, null where none is. */
export type ListedAid = { aidType: AidType; newest: string; standing: string | null };

/** A list that should be on the site. */
export type PublishingDuty = {
  aidType: AidType;
  period: string;
  /** Last day on which it is in time. */
  dueOn: string;
  /** The holiday notice of a year it rests on is not loaded: only weekends were taken as days off. */
  provisional: boolean;
};

/**
 * The lists that should be public by `today` and are not. Who has published an aid type once owes the list of each
 * month within 20 working days after its end (政府信息公开条例 art. 26, PUB20 in rules/deadlines); a later month
 * on the site settles the earlier ones. A list that was withdrawn is owed anew.
 */
export function listOverdueDuties(
  listed: readonly ListedAid[],
  today: string,
  calendars: Calendars,
): PublishingDuty[] {
  return listed.flatMap(({ aidType, newest, standing }) => {
    const duties: PublishingDuty[] = [];
    for (let period = standing ? addMonths(standing, 1) : newest; ; period = addMonths(period, 1)) {
      const { dueOn, provisional } = dutyOf(period, calendars);
      if (!isOverdue(dueOn, today)) return duties;
      duties.push({ aidType, period, dueOn, provisional });
    }
  });
}

/** By when the list of a month is due. */
export function dutyOf(period: string, calendars: Calendars) {
  return computeDeadline('PUB20', lastDayOf(period), calendars);
}
