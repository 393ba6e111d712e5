import type { Context } from '#api/context.ts';
import { listEnteredBy } from '#db/queries/erasures.ts';
import { listEvents } from '#db/queries/lead-events.ts';
import { addDays, civilDateOf } from '#rules/civil-date.ts';
import { SPAM_DAYS } from '#rules/erasure.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { findEntry } from '#rules/lifecycle.ts';
import { eraseLead } from './erase-lead.ts';

const EFFECT = 'keep-spam-90-days';

/** Erases what was rejected as spam and had its time to be looked at again. Returns how many. */
export async function lapseSpam(context: Context): Promise<number> {
  const { db, secrets, now } = context;
  const before = addDays(civilDateOf(now()), -SPAM_DAYS);
  const rule = TRANSITIONS.find((each) => each.effects?.includes(EFFECT));
  if (!rule?.to) return 0;
  const wanted = { event: rule.event, state: rule.to, before };
  let count = 0;
  for (const lead of await listEnteredBy(db, wanted)) {
    const entry = findEntry(await listEvents(db, lead.id), lead.state);
    // Restored meanwhile, and rejected for another reason or again.
    if (entry?.event !== rule.event || entry.onDate >= before) continue;
    const erasure = { lead, reason: 'spam-lapsed', personId: null } as const;
    await db.transaction((tx) => eraseLead(tx, secrets, now(), erasure));
    count += 1;
  }
  return count;
}
