import { expect, test } from 'vitest';
import type { z } from 'zod';
import { createPublicReader } from '#publishing/public-reader.ts';
import type { StandardDesk, StandardOutcome } from '#routes/staff-standards.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { publishHouseholds, publishedBy } from '#support/publications.ts';

const PATH = '/api/staff/standards';
const NEW = {
  aidType: 'RURAL_DIBAO',
  areaType: 'rural',
  amount: '７２０元',
  effectiveFrom: '2027-01-01',
  documentNumber: ' 示民发〔2026〕40号 ',
};

async function deskOf(portal: FreshPortal, cookie: string) {
  const answer = await portal.call(PATH, { cookie });
  return (await answer.json()) as z.infer<typeof StandardDesk>;
}

async function post(portal: FreshPortal, cookie: string, json: object, path = PATH) {
  const answer = await portal.call(path, { cookie, json });
  type Refusal = { error: { code: string; fields: Record<string, string> } };
  const body = answer.status === 204 ? {} : await answer.json();
  return { status: answer.status, ...(body as Partial<Refusal & z.infer<typeof StandardOutcome>>) };
}

test('a new amount is shown first, then saved, and goes live with its document', async () => {
  await using portal = await createPortal();
  const { publisher: cookie } = await publishHouseholds(portal);
  expect(await post(portal, cookie, NEW)).toMatchObject({ status: 200, saved: false, doubts: [] });
  expect((await deskOf(portal, cookie)).changes).toEqual([]);
  const saved = await publishedBy(portal, () => post(portal, cookie, { ...NEW, confirm: true }));
  expect(saved).toMatchObject({ status: 200, saved: true });
  const standards = await createPublicReader(`${portal.context.config.dataDir}/public`)(
    'standards',
  );
  expect(standards?.items).toContainEqual({
    ...{ aidType: 'RURAL_DIBAO', areaType: 'rural', amountCents: 72_000 },
    ...{ effectiveFrom: '2027-01-01', documentNumber: '示民发〔2026〕40号' },
  });
  const { changes } = await deskOf(portal, cookie);
  expect(changes).toMatchObject([{ change: 'add', personName: '聂清和', onDate: '2026-11-20' }]);
  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  expect(entries.filter(({ action }) => action === 'standard.add')).toHaveLength(1);
});

test.each([
  [{ amount: '0' }, 'amount', '大于0'],
  [{ amount: '六百八' }, 'amount', '填写每人每月'],
  [{ amount: '' }, 'amount', '填写每人每月'],
  [{ effectiveFrom: '2026-02-30' }, 'effectiveFrom', '填写日期'],
  [{ effectiveFrom: '2026-07-01' }, 'effectiveFrom', '已经有一条'],
  [{ effectiveFrom: '2019-07-01' }, 'effectiveFrom', '补录以前的标准'],
  [{ effectiveFrom: '1202-07-01', isEarlier: true }, 'effectiveFrom', '太早'],
  [{ documentNumber: ' ' }, 'documentNumber', '填写文号'],
  [{ areaType: 'urban' }, 'aidType', '选择救助类型'],
])('what cannot be right is refused at its field: %o', async (wrong, field, words) => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const refused = await post(portal, cookie, { ...NEW, ...wrong, confirm: true });
  expect(refused.status).toBe(422);
  expect(refused.error?.fields[field]).toContain(words);
});

test('an amount that is more than half as much again is asked about once', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const { doubts = [] } = await post(portal, cookie, { ...NEW, amount: '7200' });
  expect(doubts.join()).toContain('高959%');
  expect(doubts.join()).toContain('特别大');
  const { doubts: fewer = [] } = await post(portal, cookie, { ...NEW, amount: '600' });
  expect(fewer.join()).toContain('低，核对');
  const sure = { ...NEW, amount: '7200', confirm: true };
  expect(await post(portal, cookie, sure)).toMatchObject({ saved: true });
});

test('an earlier amount completes the history where that is said', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const earlier = { ...NEW, amount: '600', effectiveFrom: '2019-07-01', isEarlier: true };
  const saved = await post(portal, cookie, { ...earlier, confirm: true });
  expect(saved).toMatchObject({ status: 200, saved: true });
});

test('a mistake is corrected with a reason, once, and what stood before is kept', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const row = (await deskOf(portal, cookie)).items.find((item) => item.amountCents === 68_000)!;
  const path = `${PATH}/${row.id}`;
  const { effectiveFrom, documentNumber } = row;
  const change = { base: 1, amount: '690', effectiveFrom, documentNumber, confirm: true };
  expect((await post(portal, cookie, { ...change, reason: '' }, path)).status).toBe(422);
  const reason = '录入时看错一位';
  const same = { ...change, amount: '680', reason };
  expect((await post(portal, cookie, same, path)).error?.fields['amount']).toContain('一样');
  expect(await post(portal, cookie, { ...change, reason }, path)).toMatchObject({ saved: true });
  expect((await post(portal, cookie, { ...change, reason }, path)).status).toBe(409);
  const { items, changes } = await deskOf(portal, cookie);
  expect(items.find((item) => item.id === row.id)).toMatchObject({
    amountCents: 69_000,
    version: 2,
  });
  expect(changes).toMatchObject([{ change: 'edit', note: reason, id: row.id }]);
});

test('one that should not be there is taken away with a reason', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const [row] = (await deskOf(portal, cookie)).items;
  const path = `${PATH}/${row?.id}/removal`;
  const removal = { base: 1, reason: '重复录入' };
  expect((await post(portal, cookie, removal, path)).status).toBe(204);
  expect((await post(portal, cookie, removal, path)).status).toBe(404);
  const { items, changes } = await deskOf(portal, cookie);
  expect(items.map((item) => item.id)).not.toContain(row?.id);
  expect(changes).toMatchObject([{ change: 'remove', note: '重复录入' }]);
});

test('who edits standards sits at the bureau; others see the site', async () => {
  await using portal = await createPortal();
  const township = await portal.signIn('publisher-qingshan');
  expect((await portal.call(PATH, { cookie: township })).status).toBe(403);
  expect((await post(portal, township, { ...NEW, confirm: true })).status).toBe(403);
  const reviewer = await portal.signIn('reviewer');
  expect((await portal.call(PATH, { cookie: reviewer })).status).toBe(403);
});
