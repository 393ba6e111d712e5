import { expect, test } from 'vitest';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead, renamePerson } from '#support/leads.ts';

const CIVIL = { ...STALLING, subjectRole: 'CIVIL_STAFF', subjectBody: undefined };

/** Of some logins those that see the lead, in their queue and when they ask for it. */
async function readersOf(portal: FreshPortal, reference: string, logins: string[]) {
  const desk = createDesk(portal);
  const readers: string[] = [];
  for (const login of logins) {
    const { items, total } = await desk.queue(login);
    const opened = await desk.call(login, `/api/staff/leads/${reference}`);
    expect(items.length).toBe(total);
    expect(items.some((item) => item.reference === reference)).toBe(opened.ok);
    if (opened.ok) readers.push(login);
  }
  return readers;
}

const BUREAU = ['intake', 'triage', 'section-chief', 'leader'];

test.each(['祁思齐', '民政局祁思齐', '祁思齐股长', ' 祁 思 齐 和另一个人'])(
  'an accused typed as %s hides the lead from that person alone',
  async (subjectName) => {
    await using portal = await createPortal();
    const { reference } = await fileLead(portal, { ...STALLING, subjectName });
    expect(await readersOf(portal, reference, BUREAU)).toEqual([
      'intake',
      'section-chief',
      'leader',
    ]);
  },
);

test('one of two liaisons spoken of: the other receives the complaint', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal, { ...CIVIL, subjectName: '纪检组的甘若谷' });
  expect(await readersOf(portal, reference, ['liaison', 'liaison-2', ...BUREAU])).toEqual([
    'liaison-2',
  ]);
});

test('a guess at names never leaves nobody to receive the complaint', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal, { ...CIVIL, subjectName: '甘若谷、郁怀瑾' });
  expect(await readersOf(portal, reference, ['liaison', 'liaison-2'])).toEqual([
    'liaison',
    'liaison-2',
  ]);
});

test('who joined since is matched when the lead is opened, and never to the last reader', async () => {
  await using portal = await createPortal();
  const one = await fileLead(portal, { ...STALLING, subjectName: '民政局的欧阳某某' });
  const all = await fileLead(portal, { ...CIVIL, subjectName: '甲乙丙、丁戊己' });
  await renamePerson(portal, 'triage', '欧阳某某');
  await renamePerson(portal, 'liaison', '甲乙丙');
  await renamePerson(portal, 'liaison-2', '丁戊己');
  expect(await readersOf(portal, one.reference, ['section-chief'])).toEqual(['section-chief']);
  expect(await readersOf(portal, one.reference, ['triage'])).toEqual([]);
  const liaisons = await readersOf(portal, all.reference, ['liaison', 'liaison-2']);
  expect(liaisons).toEqual(['liaison', 'liaison-2']);
});

test('the number of exclusions of a sealed lead does not say whom it is about', async () => {
  await using portal = await createPortal();
  await fileLead(portal, CIVIL);
  await fileLead(portal, { ...CIVIL, subjectName: '祁思齐' });
  await fileLead(portal, { ...CIVIL, subjectRole: 'COUNTY_LEADER' });
  const { db } = portal.context;
  const rows = await db.select().from(db.t.leadExclusion);
  const counts = [...Map.groupBy(rows, (row) => row.leadId).values()].map((each) => each.length);
  expect(counts).toHaveLength(3);
  expect(new Set(counts).size).toBe(1);
});

test('a lead about telephones and something else is not for the hotline manager', async () => {
  await using portal = await createPortal();
  const phones = await fileLead(portal, { ...STALLING, problemTypes: ['PHONE'] });
  const both = await fileLead(portal, { ...STALLING, problemTypes: ['PHONE', 'STALL'] });
  expect(await readersOf(portal, phones.reference, ['hotline'])).toEqual(['hotline']);
  expect(await readersOf(portal, both.reference, ['hotline'])).toEqual([]);
});
