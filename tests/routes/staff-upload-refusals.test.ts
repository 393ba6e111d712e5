import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import { csvOf, readSpecimen, uploadList } from '#support/lists.ts';

const layoutA = { file: readSpecimen('layout-a-households.xlsx') };

test.each([
  ['an empty file', '', '文件是空的'],
  ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '另存为 .xlsx'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), '.xlsx'],
])('%s is refused in one sentence and nothing is stored', async (_name, file, words) => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const answer = await uploadList(portal, cookie, { file });
  expect(answer.status).toBe(422);
  const { error } = (await answer.json()) as { error: { code: string; message: string } };
  expect(error.code).toBe('file-refused');
  expect(error.message).toContain(words);
  const { db } = portal.context;
  expect(await db.$count(db.t.batch)).toBe(0);
  expect(await db.$count(db.t.sealedFile)).toBe(0);
});

test('a file over 20 MB is refused in one sentence', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const answer = await uploadList(portal, cookie, { file: Buffer.alloc(20 * 1024 * 1024 + 1, 65) });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    error: { code: 'file-refused', fields: { file: expect.stringContaining('20MB') } },
  });
});

test('missing fields are named one by one', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const body = new FormData();
  body.set('period', '2026-13');
  const answer = await portal.app.request('/api/staff/batches', {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    body,
  });
  expect(answer.status).toBe(422);
  const { error } = (await answer.json()) as { error: { fields: Record<string, string> } };
  expect(Object.keys(error.fields).sort()).toEqual(['aidType', 'file', 'period', 'reviewBodyCode']);
});

test('only a publisher uploads', async () => {
  await using portal = await createPortal();
  const answer = await uploadList(portal, await portal.signIn('reviewer'), layoutA);
  expect(answer.status).toBe(403);
});

test('a month that is still far is refused at its field, the next one is not', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  for (const period of ['2027-01', '2027-11', '2062-11']) {
    const answer = await uploadList(portal, cookie, { ...layoutA, period });
    expect(answer.status).toBe(422);
    const { error } = (await answer.json()) as { error: { fields: Record<string, string> } };
    expect(error.fields).toEqual({ period: expect.stringContaining('核对年份和月份') });
  }
  expect((await uploadList(portal, cookie, { ...layoutA, period: '2026-12' })).status).toBe(201);
});

test('a list without a household says how all of them are reported to have left', async () => {
  await using portal = await createPortal();
  const file = csvOf([]);
  const cookie = await portal.signIn('publisher');
  const answer = await uploadList(portal, cookie, { file, fileName: 'list.csv' });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('到现行名单的各村明细里提出退出');
});
