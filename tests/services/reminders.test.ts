import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '#api/context.ts';
import { listRemindersOf } from '#db/queries/reminders.ts';
import { sendReminders } from '#services/reminders.ts';
import { readSiteHealth } from '#services/site-health.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { fileLead } from '#support/leads.ts';
import { startMailServer } from '#support/mail-server.ts';

const DAY = 86_400_000;
const PUBLIC_URL = 'https://dibao.example.gov.cn';
let server: Awaited<ReturnType<typeof startMailServer>>;
let isBroken = false;
beforeAll(async () => {
  server = await startMailServer(() => isBroken);
});
beforeEach(() => {
  isBroken = false;
  server.received.length = 0;
});
afterAll(async () => server.close());

/** Everybody of the demo county has an address, named after their id. */
async function createMailPortal() {
  const portal = await createPortal({ publicUrl: PUBLIC_URL });
  const { db } = portal.context;
  const { person } = db.t;
  const people = await db.select().from(person);
  await db.transaction(async (tx) => {
    for (const each of people) {
      const set = { email: `${each.id}@example.gov.cn` };
      await tx.insert(person).values(each).onConflictDoUpdate({ target: person.id, set });
    }
  });
  const mail = { url: server.url, from: 'portal@example.gov.cn' };
  const context: Context = { ...portal.context, config: { ...portal.context.config, mail } };
  return { portal, context, [Symbol.asyncDispose]: portal.close };
}

function textOf(data: string): string {
  return Buffer.from(data.split('\n\n').slice(1).join(''), 'base64').toString('utf8');
}

/** The demo county's logins that were written to. */
async function listWritten({ context }: FreshPortal): Promise<string[]> {
  const { db } = context;
  const accounts = await db.select().from(db.t.account);
  const addresses = new Set(server.received.flatMap(({ to }) => to));
  const written = accounts.filter((each) => addresses.has(`${each.personId}@example.gov.cn`));
  return written.map(({ login }) => login).toSorted();
}

const READERS = ['intake', 'leader', 'section-chief', 'triage'];

test('who may see a lead that is due is told how many there are, and nothing else', async () => {
  await using mailing = await createMailPortal();
  const { portal, context } = mailing;
  const { reference } = await fileLead(portal);
  expect(await sendReminders(context)).toEqual({ sent: 0, failed: 0 });
  portal.advance(14 * DAY);
  expect(await sendReminders(context)).toEqual({ sent: 4, failed: 0 });
  expect(await listWritten(portal)).toEqual(READERS);
  for (const { data } of server.received) {
    expect(textOf(data)).toBe(`您有1件将到期。\n\n${PUBLIC_URL}/staff/\n`);
    for (const secret of [reference, '青山', '推诿', '柳']) {
      expect(`${data}${textOf(data)}`).not.toContain(secret);
    }
  }
  // Nobody is written to twice on a day.
  expect(await sendReminders(context)).toEqual({ sent: 0, failed: 0 });
  portal.advance(4 * DAY);
  await sendReminders(context);
  expect(textOf(server.received.at(-1)?.data ?? '')).toContain('您有1件已逾期。');
});

test('of a lead about the bureau nobody there is told', async () => {
  await using mailing = await createMailPortal();
  const { portal, context } = mailing;
  await fileLead(portal, { ...STALLING, subjectRole: 'CIVIL_STAFF', subjectBody: undefined });
  portal.advance(5 * DAY);
  portal.advance(2 * DAY);
  await sendReminders(context);
  expect(await listWritten(portal)).toEqual(['liaison', 'liaison-2']);
});

test('nobody is written to on a day off, nor without a mail server', async () => {
  await using mailing = await createMailPortal();
  const { portal, context } = mailing;
  await fileLead(portal);
  portal.advance(15 * DAY);
  expect(await sendReminders(context)).toEqual({ sent: 0, failed: 0 });
  portal.advance(2 * DAY);
  expect(await sendReminders(portal.context)).toEqual({ sent: 0, failed: 0 });
  expect(server.received).toEqual([]);
});

test('a mail that was refused is noted, shown on the health page, and tried the next day', async () => {
  await using mailing = await createMailPortal();
  const { portal, context } = mailing;
  await fileLead(portal);
  portal.advance(14 * DAY);
  isBroken = true;
  expect(await sendReminders(context)).toEqual({ sent: 0, failed: 4 });
  expect((await readSiteHealth(context)).reminders).toEqual({
    last: { onDate: '2026-12-04', allSent: false },
  });
  isBroken = false;
  portal.advance(3 * DAY);
  expect(await sendReminders(context)).toEqual({ sent: 4, failed: 0 });
  const rows = await listRemindersOf(context.db, '2026-12-07');
  expect(rows.map(({ status, due, overdue }) => [status, due, overdue])).toEqual(
    READERS.map(() => ['sent', 1, 0]),
  );
});
