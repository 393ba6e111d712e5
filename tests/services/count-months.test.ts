import { join } from 'node:path';
import { expect, test } from 'vitest';
import { updateLeadInState } from '#db/queries/leads.ts';
import { listCountedMonths } from '#db/queries/statistics.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publish } from '#publishing/publish.ts';
import { CountedMonth } from '#rules/counted-month.ts';
import type { Receipt } from '#rules/receipt-file.ts';
import { countMonths } from '#services/count-months.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead } from '#support/leads.ts';
import { findInFolder } from '#support/scan-folder.ts';

const DAY = 86_400_000;
const TOWN = '990101100000';
/** From the start of a fresh portal to the day on which its first month is counted. */
const TO_COUNTING = 25 * DAY;

async function fileMany(portal: FreshPortal, count: number, complaint: object = STALLING) {
  const receipts = [];
  for (let at = 0; at < count; at += 1) {
    receipts.push(
      await fileLead(portal, { ...complaint, text: `第${at + 1}次去镇上，还是没有办成。` }),
    );
  }
  return receipts;
}

async function countedOf(portal: FreshPortal, month: string): Promise<CountedMonth | null> {
  const rows = await listCountedMonths(portal.context.db, 36);
  const row = rows.find((each) => each.month === month);
  return row ? CountedMonth.parse(JSON.parse(row.numbers)) : null;
}

async function told(portal: FreshPortal) {
  await publish(portal.context);
  return createPublicReader(join(portal.context.config.dataDir, 'public'))('statistics');
}

test('a month is counted once, on the 15th of the next one, and stays as it was counted', async () => {
  await using portal = await createPortal();
  const receipts = await fileMany(portal, 11);
  portal.advance(TO_COUNTING - DAY);
  expect(await countMonths(portal.context)).toEqual([]);
  portal.advance(DAY);
  expect(await countMonths(portal.context)).toEqual(['2026-11']);
  expect(await countedOf(portal, '2026-11')).toMatchObject({
    byTown: { '': 0, [TOWN]: 11 },
    byMatter: { conduct: 11, aid: 0 },
    overdue: { onDate: '2026-12-15', byKind: { bureau: 11, township: 0 } },
  });
  const before = await told(portal);
  expect(before?.months).toMatchObject([{ month: '2026-11', received: 11 }]);
  const desk = createDesk(portal);
  const [first, second] = receipts.map(({ reference }) => reference);
  await desk.take('intake', first ?? '', 'claim', 'RECEIVED');
  await desk.take('intake', second ?? '', 'claim', 'RECEIVED');
  await desk.take('triage', second ?? '', 'merge', 'TRIAGE', {
    parent: first,
    basis: 'SAME_ACCUSED',
    reason: '被反映人和事项相同。',
  });
  portal.advance(DAY);
  expect(await countMonths(portal.context)).toEqual([]);
  expect(await told(portal)).toEqual(before);
});

test('what is sealed is not counted: its number alone would tell those it is about', async () => {
  await using portal = await createPortal();
  await fileMany(portal, 10);
  await fileMany(portal, 2, { ...STALLING, subjectRole: 'CIVIL_STAFF', subjectBody: undefined });
  await fileMany(portal, 1, { ...STALLING, subjectRole: 'COUNTY_LEADER', subjectBody: undefined });
  portal.advance(TO_COUNTING);
  await countMonths(portal.context);
  expect((await told(portal))?.months).toMatchObject([{ month: '2026-11', received: 10 }]);
  expect((await countedOf(portal, '2026-11'))?.overdue?.byKind.discipline).toBe(0);
});

test('what came to no one’s desk as a matter of its own is not counted', async () => {
  await using portal = await createPortal();
  const [, second, third] = await fileMany(portal, 3);
  const { db } = portal.context;
  const rows = await db.select().from(db.t.lead);
  const idOf = (reference = '') => rows.find((row) => row.reference === reference)?.id ?? '';
  await db.transaction(async (tx) => {
    const parentId = rows[0]?.id ?? '';
    await updateLeadInState(tx, idOf(second?.reference), 'RECEIVED', { state: 'MERGED', parentId });
    await updateLeadInState(tx, idOf(third?.reference), 'RECEIVED', { state: 'SCREENING' });
  });
  const spam = third?.reference ?? '';
  const reason = '推销广告，与救助无关。';
  await createDesk(portal).take('intake', spam, 'reject-spam', 'SCREENING', { reason });
  portal.advance(TO_COUNTING);
  await countMonths(portal.context);
  expect((await countedOf(portal, '2026-11'))?.byTown[TOWN]).toBe(1);
});

/** Takes an appeal up, ends it and lets its reporter say what they think. */
async function conclude(portal: FreshPortal, { reference, queryCode }: Receipt, afterDays: number) {
  const before = createDesk(portal);
  await before.take('intake', reference, 'claim', 'RECEIVED');
  await before.take('triage', reference, 'accept', 'TRIAGE', { ...ACCEPTANCE, class: 'APPEAL' });
  const say = (json: object) =>
    portal.call('/api/follow-up/messages', { json: { queryCode, text: '不反映了。', ...json } });
  expect((await say({ wish: 'withdraw' })).status).toBe(204);
  portal.advance(afterDays * DAY);
  const after = createDesk(portal);
  const reply = { reply: '已撤回。' };
  await after.take('triage', reference, 'conclude-withdrawn', 'ACCEPTED', reply);
  expect((await say({ wish: 'rate', rating: 'GOOD', text: '' })).status).toBe(204);
}

test('conclusions, whether they came in time and what the reporter thought are counted', async () => {
  await using portal = await createPortal();
  const appeal = { ...STALLING, class: 'APPEAL' };
  const [soon, late] = [await fileLead(portal, appeal), await fileLead(portal, appeal)];
  await conclude(portal, soon, 1);
  await conclude(portal, late, 70);
  portal.advance(60 * DAY);
  await countMonths(portal.context);
  const ratings = { GOOD: 1, FAIR: 0, BAD: 0 };
  const counted = { concluded: 1, firstTime: 1, ratings };
  expect(await countedOf(portal, '2026-11')).toMatchObject({ ...counted, inTime: 1 });
  expect(await countedOf(portal, '2027-01')).toMatchObject({ ...counted, inTime: 0 });
});

test('no small number reaches a file that anyone may have', async () => {
  await using portal = await createPortal();
  await fileMany(portal, 7);
  portal.advance(TO_COUNTING);
  await countMonths(portal.context);
  const file = await told(portal);
  expect(file?.months).toMatchObject([{ received: null, overdue: { total: null, below: null } }]);
  const { dataDir } = portal.context.config;
  for (const folder of ['public', 'site']) {
    const needles = ['"received":7', '收到,,7,', '>7件', '"total":7', '"count":7'];
    expect(findInFolder(join(dataDir, folder), needles)).toEqual([]);
  }
  expect(findInFolder(join(dataDir, 'site', 'statistics'), ['不足10件'])).not.toEqual([]);
});

test('a second count at the same moment adds nothing', async () => {
  await using portal = await createPortal();
  await fileMany(portal, 1);
  portal.advance(TO_COUNTING);
  await Promise.all([countMonths(portal.context), countMonths(portal.context)]);
  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  expect(entries.filter(({ action }) => action === 'statistics.count')).toHaveLength(1);
});
