import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { BatchView } from '#routes/staff-batch-schemas.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, idOf, uploadBatchId } from '#support/lists.ts';
import { publish } from '#publishing/publish.ts';

/** A list of one village with 120 households. */
async function uploadLong(portal: FreshPortal, cookie: string): Promise<string> {
  const households = Array.from({ length: 120 }, (_, at) => ({
    village: '柳树村',
    name: '陆秋实',
    id: idOf(`195${at % 9}0303`, 100 + at),
  }));
  return uploadBatchId(portal, cookie, { file: csvOf(households), fileName: 'list.csv' });
}

test('the households of a long village come a hundred at a time', async () => {
  await using portal = await createPortal({ pages: true });
  const cookie = await portal.signIn('publisher');
  const id = await uploadLong(portal, cookie);
  const read = async (query: string) => {
    const answer = await portal.call(`/api/staff/batches/${id}${query}`, { cookie });
    return (await answer.json()) as z.infer<typeof BatchView>;
  };
  expect(await read('')).toMatchObject({ rowPage: 1, rowPages: 2, rowTotal: 120 });
  const lines = [...(await read('')).rows, ...(await read('?rows=2')).rows].map((row) => row.line);
  expect(lines).toEqual(Array.from({ length: 120 }, (_, at) => at + 2));
  const page = await portal.app.request(`/staff/lists/${id}/?rows=2`, { headers: { cookie } });
  const html = await page.text();
  expect(html).toContain('120户，姓名已脱敏');
  expect(html).toMatch(/rel="prev" href="\?place=\d+&(amp;|#38;)?rows=1#rows"/);
});

test('what the server publishes by itself is not taken for a removal', async () => {
  await using portal = await createPortal({ pages: true });
  await publish(portal.context);
  await publish(portal.context, { scope: 'standing' });
  const cookie = await portal.signIn('publisher');
  const page = await portal.app.request('/staff/publication/', { headers: { cookie } });
  const html = await page.text();
  expect(html).toContain('日常自动更新');
  expect(html).not.toContain('撤下和更正立即上线');
});
