import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { BatchView } from '#routes/staff-batch-schemas.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { decideList, idOf } from '#support/lists.ts';
import type { CsvHousehold } from '#support/lists.ts';
import { publicFolders, publishHouseholds, publishedBy } from '#support/publications.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { uploadRows } from '#support/protected.ts';

const HOUSEHOLDS: CsvHousehold[] = Array.from({ length: 12 }, (_, at) => ({
  village: '柳树村',
  name: `陆${'春夏秋冬晨暮山川云月松竹'.charAt(at)}实`,
  id: idOf('19570303', 100 + at * 2),
}));

/** The first `count` of the households with a remark. */
function markFirst(count: number): CsvHousehold[] {
  return HOUSEHOLDS.map((each, at) => (at < count ? { ...each, remark: '保密' } : each));
}

async function readQuestions(portal: FreshPortal, cookie: string, id: string) {
  const answer = await portal.call(`/api/staff/batches/${id}`, { cookie });
  return ((await answer.json()) as z.infer<typeof BatchView>).questions;
}

async function countRegister({ context: { db } }: FreshPortal): Promise<number> {
  return (await db.select().from(db.t.protectedHousehold)).length;
}

function approve(portal: FreshPortal, cookie: string, id: string) {
  const json = {
    decision: 'approve',
    disclosureReview: true,
    disclosureChecks: ['MANY_PROTECTED'],
  };
  return portal.call(`/api/staff/batches/${id}/decision`, { cookie, json });
}

const namesOnSite = (portal: FreshPortal) =>
  publicFolders(portal).flatMap((folder) => findInFolder(folder, ['陆*实']));

test('a file that marks very many households takes none off what stands before its reviewer has said so', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer } = await publishHouseholds(portal, { households: HOUSEHOLDS });
  const { id, rows } = await uploadRows(portal, publisher, '2026-11', markFirst(12));
  expect(rows.every((row) => row.maskedName === null)).toBe(true);
  expect(await countRegister(portal)).toBe(0);
  expect(namesOnSite(portal)).not.toEqual([]);
  expect(await readQuestions(portal, reviewer, id)).toEqual([
    { check: 'MANY_PROTECTED', households: 12, of: 12, places: ['柳树村'] },
  ]);
  const refused = await decideList(portal, reviewer, id, 'approve');
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('不公开的家庭有疑问');
});

test('once the reviewer confirms, they are in the register and leave what stands', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer } = await publishHouseholds(portal, { households: HOUSEHOLDS });
  const { id } = await uploadRows(portal, publisher, '2026-11', markFirst(12));
  const answer = await publishedBy(portal, () => approve(portal, reviewer, id));
  expect(answer.status).toBe(204);
  expect(await countRegister(portal)).toBe(12);
  expect(namesOnSite(portal)).toEqual([]);
  const next = await uploadRows(portal, publisher, '2026-11', HOUSEHOLDS);
  expect(next.rows.every((row) => row.visibility === 'withheld')).toBe(true);
});

test('where the list is rejected no household is in the register', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer } = await publishHouseholds(portal, { households: HOUSEHOLDS });
  const { id } = await uploadRows(portal, publisher, '2026-11', markFirst(12));
  await decideList(portal, reviewer, id, 'reject');
  expect(await countRegister(portal)).toBe(0);
  expect(namesOnSite(portal)).not.toEqual([]);
});

test('a few marked households leave the site at once, and nobody is asked', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer } = await publishHouseholds(portal, { households: HOUSEHOLDS });
  const { id } = await publishedBy(portal, () =>
    uploadRows(portal, publisher, '2026-11', markFirst(5)),
  );
  expect(await countRegister(portal)).toBe(5);
  expect(await readQuestions(portal, reviewer, id)).toEqual([]);
  expect((await decideList(portal, reviewer, id, 'approve')).status).toBe(204);
});

test('the page asks in words, with a box to tick', async () => {
  await using portal = await createPortal({ pages: true });
  const publisher = await portal.signIn('publisher');
  const { id } = await uploadRows(portal, publisher, '2026-11', markFirst(7));
  const cookie = await portal.signIn('reviewer');
  const html = await (
    await portal.app.request(`/staff/lists/${id}/`, { headers: { cookie } })
  ).text();
  expect(html).toContain('这份名单12户里有7户第一次标明不公开');
  expect(html).toContain('value="MANY_PROTECTED"');
});
