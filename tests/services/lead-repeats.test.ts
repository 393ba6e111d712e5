import { expect, test } from 'vitest';
import { insertExclusions } from '#db/queries/lead-details.ts';
import { macOfExclusion } from '#services/exclusions.ts';
import { QINGSHAN, STALLING, VILLAGE } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead, personOf } from '#support/leads.ts';

const STOPPED = {
  class: 'APPEAL',
  problemTypes: ['TUOBAO', 'INACT'],
  placeCode: VILLAGE,
  text: '低保停了，没有人说明原因。',
  mode: 'CONFIDENTIAL',
  reporter: { name: '演示反映人', contact: '100 0000-0009' },
};

/** A lead that triage has in front of it. */
async function claimed(portal: FreshPortal, desk: ReturnType<typeof createDesk>, told: object) {
  const { reference } = await fileLead(portal, told);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  return reference;
}

test('the same reporter with the same matter is suggested to triage, confirmed by it, and counted', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const first = await claimed(portal, desk, STOPPED);
  expect((await desk.open('triage', first)).repeatOf).toEqual([]);
  const reporter = { name: '演 示反映人', contact: '１０００００００００９' };
  const again = await claimed(portal, desk, { ...STOPPED, problemTypes: ['TUOBAO'], reporter });
  expect((await desk.open('triage', again)).repeatOf).toEqual([
    {
      reference: first,
      receivedOn: '2026-11-20',
      statusLabel: '甄别中',
      because: ['同一反映人反映同类问题'],
    },
  ]);
  for (const login of ['intake', 'section-chief', 'leader']) {
    expect((await desk.open(login, again)).repeatOf).toEqual([]);
  }
  const merge = { parent: first, basis: 'SAME_PERSON', reason: '同一件事。' };
  const merged = await desk.press('triage', again, 'merge', 'TRIAGE', merge);
  expect(await merged.json()).toMatchObject({ event: 'merge' });
  expect((await desk.open('triage', first)).repeats).toBe(1);
});

test('who wished to be anonymous is not recognised; the accused and the matter are', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const contact = { reporter: { contact: '100-0000-0009' }, mode: 'ANONYMOUS' };
  const first = await claimed(portal, desk, { ...STALLING, ...contact });
  const same = await claimed(portal, desk, { ...STALLING, text: '我也被推了四次。' });
  const other = await claimed(portal, desk, { ...STOPPED, ...contact });
  for (const reference of [first, other]) await desk.open('triage', reference);
  const { repeatOf } = await desk.open('triage', same);
  expect(repeatOf.map(({ reference, because }) => [reference, because])).toEqual([
    [first, ['反映同一单位或人员的同类问题']],
  ]);
  expect((await desk.open('triage', other)).repeatOf).toEqual([]);
});

test('a lead that the reader must not know of is not suggested', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const first = await claimed(portal, desk, STALLING);
  await desk.open('triage', first);
  const second = await claimed(portal, desk, { ...STALLING, text: '又被推了一次。' });
  expect((await desk.open('triage', second)).repeatOf).toHaveLength(1);
  const { db, secrets } = portal.context;
  const lead = (await db.select().from(db.t.lead)).find((row) => row.reference === first);
  const mac = macOfExclusion(secrets, lead?.id ?? '', { person: await personOf(portal, 'triage') });
  await db.transaction((tx) => insertExclusions(tx, lead?.id ?? '', [mac]));
  expect((await desk.open('triage', second)).repeatOf).toEqual([]);
});

test('hashes are made in a session of the body only, as many for each lead, and go with its key', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { db } = portal.context;
  const first = await claimed(portal, desk, STALLING);
  const subjects = [{ role: 'TOWN_HANDLER', bodyCode: QINGSHAN, name: '演示经办' }];
  const second = await claimed(portal, desk, { ...STOPPED, subjects });
  await desk.open('leader', first);
  expect(await db.select().from(db.t.repeatPrint)).toEqual([]);
  for (const reference of [first, second]) await desk.open('triage', reference);
  const stored = await db.select().from(db.t.repeatPrint);
  const counts = Map.groupBy(stored, (row) => row.leadId).values();
  expect([...counts].map((rows) => rows.length)).toEqual([24, 24]);
  const [key] = await db.select().from(db.t.repeatKey);
  expect(key?.sealed.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /);
});
