import { expect, test } from 'vitest';
import { STALLING, sendForm } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';
import type { Failure } from '#support/leads.ts';

type Bulk = { done: string[]; refused: { reference: string; message: string }[] };
type Found = { items: { reference: string }[]; searched: number; isMore: boolean };

/** Complaints that came without a proof. */
async function fileUnproved(portal: FreshPortal, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const answer = await sendForm(
      portal,
      '/api/complaints',
      Object.entries({ ...STALLING, problemTypes: 'STALL', text: `${STALLING.text}${at}` }),
    );
    expect(answer.status).toBeLessThan(400);
  }
}

async function takeBulk(desk: ReturnType<typeof createDesk>, login: string, body: object) {
  return desk.call(login, '/api/staff/lead-steps', body);
}

test('the intake clerk claims several complaints at once, each on its own', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const first = await fileLead(portal);
  const second = await fileLead(portal, { ...STALLING, text: `${STALLING.text}第二次。` });
  await desk.take('intake', second.reference, 'claim', 'RECEIVED');
  const leads = [first, second, { reference: 'YG-2026-0000-00' }].map(({ reference }) => ({
    reference,
    from: 'RECEIVED',
  }));
  const answer = await takeBulk(desk, 'intake', { event: 'claim', leads });
  const { done, refused } = (await answer.json()) as Bulk;
  expect(done).toEqual([first.reference]);
  expect(refused.map((each) => each.reference)).toEqual([second.reference, 'YG-2026-0000-00']);
  expect((await desk.open('triage', first.reference)).status).toBe('TRIAGE');
});

test('what came without a proof is cleared in bulk, with a reason', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await fileUnproved(portal, 3);
  const { items } = await desk.queue('intake', '?state=SCREENING');
  const leads = items.map(({ reference }) => ({ reference, from: 'SCREENING' }));
  const without = await takeBulk(desk, 'intake', { event: 'reject-spam', leads });
  expect(without.status).toBe(422);
  expect(((await without.json()) as Failure).error.fields).toHaveProperty('reason');
  const fields = { reason: '广告，与救助无关。' };
  const answer = await takeBulk(desk, 'intake', { event: 'reject-spam', fields, leads });
  expect(((await answer.json()) as Bulk).done).toHaveLength(3);
  expect((await desk.queue('intake', '?state=SCREENING')).total).toBe(0);
});

test('only steps about which nothing has to be said of each lead are taken in bulk', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const leads = [{ reference, from: 'TRIAGE' }];
  expect((await takeBulk(desk, 'triage', { event: 'accept', leads })).status).toBe(409);
  expect((await takeBulk(desk, 'triage', { event: 'claim', leads: [] })).status).toBe(422);
});

test('a search opens the leads a person may see, finds words and names, and is logged', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const named = {
    ...STALLING,
    subjectName: '钟离未',
    text: '签字的人换了三个，都说不归自己管，村长也是。',
  };
  const { reference } = await fileLead(portal, named);
  await fileLead(portal);
  const find = async (login: string, words: string) => {
    const answer = await desk.call(login, '/api/staff/lead-search', { words });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Found;
  };
  for (const words of ['换了三个', '钟离未', '钟 离未', '村⻓']) {
    const { items, searched } = await find('triage', words);
    expect({ words, found: items.map((item) => item.reference), searched }).toEqual({
      words,
      found: [reference],
      searched: 2,
    });
  }
  expect(await find('township-qingshan', '钟离未')).toMatchObject({ items: [], searched: 0 });
  const short = await desk.call('triage', '/api/staff/lead-search', { words: '钟' });
  expect(short.status).toBe(422);
  expect((await desk.call('publisher', '/api/staff/lead-search', { words: '钟离' })).status).toBe(
    403,
  );
  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  expect(entries.filter((entry) => entry.action === 'lead.search')).toHaveLength(5);
});
