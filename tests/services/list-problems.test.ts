import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, readSpecimen, uploadBatchId } from '#support/lists.ts';
import { findInFolder } from '#support/scan-folder.ts';

const ren = { village: '柳树村', name: '任桂香', id: idOf('19550101') };
const bad = { village: '柳树村', name: '段兰香', id: idOf('19560202'), amount: '很多' };

async function upload(portal: FreshPortal, file = csvOf([ren, bad])) {
  return uploadBatchId(portal, await portal.signIn('publisher'), { file, fileName: '名单.csv' });
}

const download = (portal: FreshPortal, cookie: string, id: string, query = '') =>
  portal.call(`/api/staff/batches/${id}/problems.xlsx${query}`, { cookie });

test('the uploaded file comes back with its problems marked, to importer and reviewer', async () => {
  await using portal = await createPortal();
  const id = await upload(portal);
  for (const login of ['publisher', 'reviewer']) {
    const answer = await download(portal, await portal.signIn(login), id);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const { sheets } = await readXlsx(new Uint8Array(await answer.arrayBuffer()));
    expect(sheets[0]?.name).toBe('问题清单');
    expect(JSON.stringify(sheets[0]?.rows)).toContain('保障金额看不懂');
    expect(JSON.stringify(sheets[1]?.rows[2])).toContain(bad.id);
  }
});

test('the persons file has its own problems marked', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const id = await uploadBatchId(portal, cookie, {
    file: readSpecimen('layout-a-households.xlsx'),
    persons: readSpecimen('layout-a-persons.xlsx'),
  });
  const list = await portal.call(`/api/staff/batches/${id}/problems`, { cookie });
  const { files } = (await list.json()) as { files: string[] };
  expect(files.toSorted()).toEqual(['households', 'persons']);
  const answer = await download(portal, cookie, id, '?file=persons');
  const { sheets } = await readXlsx(new Uint8Array(await answer.arrayBuffer()));
  expect(JSON.stringify(sheets[1]?.rows)).toContain('与户主关系');
});

test('each download is logged once, and nothing of it is left in the data folder', async () => {
  await using portal = await createPortal();
  const id = await upload(portal);
  await download(portal, await portal.signIn('publisher'), id);
  const { db, config } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  expect(entries.filter((entry) => entry.subjectId === id).map((entry) => entry.action)).toEqual([
    'batch.upload',
    'batch.download-problems',
  ]);
  const whole = [ren.name, bad.name, ren.id, bad.id, '名单.csv'];
  expect(findInFolder(config.dataDir, whole)).toEqual([]);
});

test('once the list is decided the file is gone and says so', async () => {
  await using portal = await createPortal();
  const id = await upload(portal);
  await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
  const cookie = await portal.signIn('publisher');
  expect((await download(portal, cookie, id)).status).toBe(409);
  const list = await portal.call(`/api/staff/batches/${id}/problems`, { cookie });
  expect(await list.json()).toMatchObject({ files: [] });
});

test('a file that nobody decided about in time cannot be had any more', async () => {
  await using portal = await createPortal();
  const id = await upload(portal);
  const { db } = portal.context;
  await db.transaction(async (tx) => {
    await tx.delete(tx.t.sealedFile);
  });
  const answer = await download(portal, await portal.signIn('publisher'), id);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({
    error: { code: 'upload-gone', message: expect.stringContaining('销毁') },
  });
});

test('of many problems the first of each kind are sent, of one kind five hundred', async () => {
  await using portal = await createPortal();
  const wrong = Array.from({ length: 600 }, (_, at) => ({
    ...bad,
    id: idOf('19560202', at),
  }));
  const id = await upload(portal, csvOf([ren, ...wrong]));
  const cookie = await portal.signIn('publisher');
  const count = async (query: string) => {
    const answer = await portal.call(`/api/staff/batches/${id}/problems${query}`, { cookie });
    const { groups } = (await answer.json()) as { groups: { total: number; items: unknown[] }[] };
    return groups.map(({ total, items }) => [total, items.length]);
  };
  expect(await count('')).toEqual([
    [600, 20],
    [0, 0],
    [0, 0],
  ]);
  expect(await count('?kind=rejected')).toEqual([
    [600, 500],
    [0, 0],
    [0, 0],
  ]);
});
