import type { Context } from '#api/context.ts';
import { listReachable, listRemindersOf, saveReminder } from '#db/queries/reminders.ts';
import type { Reminder } from '#db/queries/reminders.ts';
import { isWorkday } from '#rules/calendar.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { appendAudit } from './audit.ts';
import { loadCalendars } from './calendars.ts';
import { countDueFor } from './due-list.ts';
import { openMailer } from './mail.ts';
import type { Mailer } from './mail.ts';
import { readPosts } from './sessions.ts';

/**
 * Writes to whoever has something late or due within three days: how many, and where to sign in, nothing of
 * what it is. On working days only; without a mail server nobody is written to. A mail that could not be
 * sent is noted, and the next working day's takes its place.
 */
export async function sendReminders(context: Context): Promise<{ sent: number; failed: number }> {
  const { db, secrets, config, now } = context;
  const onDate = civilDateOf(now());
  const none = { sent: 0, failed: 0 };
  if (!config.mail || !isWorkday(onDate, await loadCalendars(db)).workday) return none;
  const mailer = openMailer(config.mail);
  const reminders: Reminder[] = [];
  try {
    for (const person of await listUnwritten(context, onDate)) {
      const { due, overdue } = person;
      const status = await write(mailer, person, config.publicUrl);
      reminders.push({ personId: person.personId, onDate, due, overdue, status });
    }
  } finally {
    mailer.close();
  }
  await db.transaction(async (tx) => {
    for (const reminder of reminders) await saveReminder(tx, reminder);
    // One entry a day, whoever was written to: who got a mail has leads that are due.
    await appendAudit(tx, secrets, now(), {
      action: 'reminder.run',
      subjectKind: 'portal',
      subjectId: 'reminders',
      fields: reminders,
    });
  });
  const failed = reminders.filter(({ status }) => status === 'failed').length;
  return { sent: reminders.length - failed, failed };
}

/** Who is to be written to and was not yet today, with what they may know of, counted as their pages count it. */
async function listUnwritten(context: Context, onDate: string) {
  const { db } = context;
  const written = (await listRemindersOf(db, onDate)).filter(({ status }) => status === 'sent');
  const done = new Set(written.map(({ personId }) => personId));
  const people = [];
  for (const { personId, email } of await listReachable(db, onDate)) {
    if (done.has(personId)) continue;
    const posts = await readPosts(db, personId, onDate);
    const counts = await countDueFor(context, { personId, posts });
    if (counts.due + counts.overdue > 0) people.push({ personId, email, ...counts });
  }
  return people;
}

type Counted = { email: string; due: number; overdue: number };

async function write(
  mailer: Mailer,
  { email, ...counts }: Counted,
  publicUrl: string | null,
): Promise<Reminder['status']> {
  const words = describe(counts);
  const where = publicUrl ? `\n\n${publicUrl}/staff/\n` : '\n';
  try {
    await mailer.send({ to: email, subject: words, text: `${words}。${where}` });
    return 'sent';
  } catch {
    // What the server answers may name the address: it is kept nowhere.
    return 'failed';
  }
}

function describe({ due, overdue }: Pick<Counted, 'due' | 'overdue'>): string {
  const parts = [
    ...(due > 0 ? [`${due}件将到期`] : []),
    ...(overdue > 0 ? [`${overdue}件已逾期`] : []),
  ];
  return `您有${parts.join('，')}`;
}
