import { expect, test } from 'vitest';
import { lapseSpam } from '#services/lapse-spam.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';

const DAY_MS = 86_400_000;

/** A complaint by the plain form, without a proof. */
async function fileUnproved(portal: FreshPortal, text: string): Promise<string> {
  const fields: [string, string][] = [
    ['class', STALLING.class],
    ['problemTypes', 'STALL'],
    ['placeCode', STALLING.placeCode],
    ['text', text],
  ];
  await portal.app.request('/api/complaints', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    body: new URLSearchParams(fields).toString(),
  });
  const { db } = portal.context;
  const rows = await db.select().from(db.t.lead);
  return rows.at(-1)?.reference ?? '';
}

async function rowOf(portal: FreshPortal, reference: string) {
  const { db } = portal.context;
  const found = (await db.select().from(db.t.lead)).find((row) => row.reference === reference);
  if (!found) throw new Error('no such lead');
  return found;
}

test('spam is kept 90 days for another person to look at, then erased with its keys', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const spam = await fileUnproved(portal, '低价贷款，加微信。');
  const mistaken = await fileUnproved(portal, '镇上不给办，我也不知道怎么写。');
  for (const reference of [spam, mistaken]) {
    await desk.take('intake', reference, 'reject-spam', 'SCREENING', { reason: '无关。' });
  }
  const sample = await desk.queue('triage', '?spam=1');
  expect(sample.items.map((item) => item.reference).toSorted()).toEqual(
    [spam, mistaken].toSorted(),
  );
  await desk.take('triage', mistaken, 'restore-spam', 'REJECTED', { reason: '是真的反映。' });
  portal.advance(90 * DAY_MS);
  expect(await lapseSpam(portal.context)).toBe(0);
  portal.advance(DAY_MS);
  expect(await lapseSpam(portal.context)).toBe(1);
  expect(await lapseSpam(portal.context)).toBe(0);
  const erased = await rowOf(portal, spam);
  expect(erased.sealedContent).toHaveLength(0);
  expect(await portal.context.db.select().from(portal.context.db.t.tombstone)).toContainEqual(
    expect.objectContaining({ kind: 'lead', subjectId: erased.id, reason: 'spam-lapsed' }),
  );
  expect((await rowOf(portal, mistaken)).sealedContent.length).toBeGreaterThan(0);
});
