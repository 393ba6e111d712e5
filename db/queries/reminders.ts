import { and, asc, desc, eq, gt, isNotNull, isNull, lte, ne, or } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Reminder = Schema['reminder']['$inferSelect'];

/** People who can be written to: an address, an account that works and a post on that day. */
export async function listReachable(db: Reader, on: string) {
  const { account, person, post } = db.t;
  return db
    .selectDistinct({ personId: person.id, email: person.email })
    .from(person)
    .innerJoin(account, eq(account.personId, person.id))
    .innerJoin(post, eq(post.personId, person.id))
    .where(
      and(
        ne(person.email, ''),
        isNull(account.disabledOn),
        lte(post.startsOn, on),
        or(isNull(post.endsOn), gt(post.endsOn, on)),
      ),
    )
    .orderBy(asc(person.id));
}

/** A person's reminder of a day; one that failed may be tried again on that day. */
export async function saveReminder(tx: Tx, reminder: Reminder): Promise<void> {
  await tx
    .insert(tx.t.reminder)
    .values(reminder)
    .onConflictDoUpdate({
      target: [tx.t.reminder.personId, tx.t.reminder.onDate],
      set: reminder,
    });
}

export async function listRemindersOf(db: Reader, onDate: string): Promise<Reminder[]> {
  const { reminder } = db.t;
  return db.select().from(reminder).where(eq(reminder.onDate, onDate));
}

/** The last day on which anybody was written to, and whether each mail went out. */
export async function readLastReminders(db: Reader) {
  const { reminder } = db.t;
  const [last] = await db
    .select({ onDate: reminder.onDate })
    .from(reminder)
    .where(isNotNull(reminder.onDate))
    .orderBy(desc(reminder.onDate))
    .limit(1);
  if (!last) return null;
  const all = await listRemindersOf(db, last.onDate);
  return { onDate: last.onDate, allSent: all.every(({ status }) => status === 'sent') };
}
