import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createApp } from '#api/app.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { ALL_CHECKS, DISCLOSURE_CHECKS } from '#rules/disclosure-review.ts';
import type { PageRenderer } from '#routes/pages.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, uploadBatchId } from '#support/lists.ts';

const SITE = new URL('../../dist/server/entry.mjs', import.meta.url).href;
const FACTS = 'aidType=RURAL_DIBAO&period=2026-10&reviewBodyCode=bureau-990101000000';
const household = { village: '柳树村', name: '陆秋实', id: idOf('19570303') };

/** Asks for pages the way a browser without JavaScript does. */
async function openPages(portal: FreshPortal, cookie: string) {
  const pages = (await import(/* @vite-ignore */ SITE)) as PageRenderer;
  const read = createPublicReader(join(portal.context.config.dataDir, 'public'));
  const app = createApp(portal.context, { pages, read, files: null });
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  return {
    get: async (path: string) => app.request(path, { headers }),
    post: async (path: string, body: FormData | URLSearchParams) =>
      app.request(path, { method: 'POST', headers, body }),
  };
}

function formOf(file: string): FormData {
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(FACTS)) form.set(name, value);
  form.set('bodyCode', 'bureau-990101000000');
  form.set('file', new Blob([file]), 'list.csv');
  form.set('persons', new Blob([]), '');
  return form;
}

test('the upload form leads to the page of the new list', async () => {
  await using portal = await createPortal();
  const pages = await openPages(portal, await portal.signIn('publisher'));
  const first = await pages.get('/staff/lists/new/');
  expect(await first.text()).toContain('由谁审查');
  const answer = await pages.post(`/staff/lists/new/file/?${FACTS}`, formOf(csvOf([household])));
  expect(answer.status).toBe(303);
  const list = await pages.get(answer.headers.get('location') ?? '');
  const html = await list.text();
  expect(html).toContain('陆*实');
  expect(html).toContain('公开的不到3户');
  expect(html).toContain('上传的人不能审查');
});

test('a refused file keeps what was stated and says what to do', async () => {
  await using portal = await createPortal();
  const pages = await openPages(portal, await portal.signIn('publisher'));
  const answer = await pages.post(`/staff/lists/new/file/?${FACTS}`, formOf(''));
  expect(answer.status).toBe(422);
  const html = await answer.text();
  expect(html).toContain('文件是空的');
  expect(html).toContain('农村低保');
});

test('the first page names what is missing', async () => {
  await using portal = await createPortal();
  const pages = await openPages(portal, await portal.signIn('publisher'));
  const asked = 'aidType=&period=10&reviewBodyCode=';
  const back = await pages.get(`/staff/lists/new/file/?${asked}`);
  const answer = await pages.get(back.headers.get('location') ?? '');
  expect(answer.status).toBe(422);
  const html = await answer.text();
  expect(html).toContain('选择救助类型。');
  expect(html).toContain('例如2026-10');
});

test('what was stated can be changed before the file is chosen', async () => {
  await using portal = await createPortal();
  const pages = await openPages(portal, await portal.signIn('publisher'));
  const answer = await pages.get(`/staff/lists/new/?${FACTS}`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('value="2026-10"');
});

test('a reviewer decides on the page of the list', async () => {
  await using portal = await createPortal();
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), {
    file: csvOf([household]),
    fileName: 'list.csv',
  });
  const pages = await openPages(portal, await portal.signIn('reviewer'));
  const incomplete = new URLSearchParams({ decision: 'approve', note: '已核对' });
  const refused = await pages.post(`/staff/lists/${id}/`, incomplete);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('已核对</textarea>');
  const complete = new URLSearchParams({ decision: 'approve' });
  for (const check of ALL_CHECKS) complete.append('disclosureChecks', check);
  const answer = await pages.post(`/staff/lists/${id}/`, complete);
  expect(answer.status).toBe(303);
  const html = await (await pages.get(`/staff/lists/${id}/`)).text();
  expect(html).toContain('已通过');
  expect(html).toContain(DISCLOSURE_CHECKS.SENSITIVE.label);
});

test('publishing and taking down show how far they are', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const id = await uploadBatchId(portal, publisher, {
    file: csvOf([household]),
    fileName: 'list.csv',
  });
  await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
  const pages = await openPages(portal, publisher);
  const started = await pages.post('/staff/publication/', new URLSearchParams());
  expect(started.headers.get('location')).toBe('/staff/publication/');
  expect(await (await pages.get('/staff/publication/')).text()).toContain('泄露检查');
  portal.advance(1000);
  const ask = await pages.get(`/staff/lists/${id}/take-down/`);
  expect(await ask.text()).toContain('确认撤下');
  const withoutReason = await pages.post(`/staff/lists/${id}/take-down/`, new URLSearchParams());
  expect(withoutReason.status).toBe(422);
  expect(await withoutReason.text()).toContain('选择撤下的原因。');
  const taken = await pages.post(
    `/staff/lists/${id}/take-down/`,
    new URLSearchParams({ reason: 'WRONG' }),
  );
  const next = taken.headers.get('location') ?? '';
  expect(next).toMatch(/^\/staff\/publication\/\?after=/);
  await vi.waitUntil(
    async () => (await (await pages.get(next)).text()).includes('已从网站上移除'),
    {
      timeout: 10_000,
      interval: 100,
    },
  );
});

test('who takes a household down sees which one it is', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const upload = { file: csvOf([household]), fileName: 'list.csv' };
  const id = await uploadBatchId(portal, publisher, upload);
  await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
  const pages = await openPages(portal, publisher);
  const list = await (await pages.get(`/staff/lists/${id}/`)).text();
  const path = /href="([^"]*take-down\/\?row=[^"]+)"/.exec(list)?.[1] ?? '';
  const html = await (await pages.get(path.replaceAll('&amp;', '&'))).text();
  expect(html).toContain('柳树村，陆*实');
  expect(html).toContain('，名单第2行，1人，每月500.00元');
});

test('a list out of reach is a page that is not there', async () => {
  await using portal = await createPortal();
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), {
    file: csvOf([household]),
    fileName: 'list.csv',
  });
  const pages = await openPages(portal, await portal.signIn('publisher-qingshan'));
  expect((await pages.get(`/staff/lists/${id}/`)).status).toBe(404);
});

test('who is not signed in is led to the sign-in page and back', async () => {
  await using portal = await createPortal();
  const pages = await openPages(portal, '');
  const answer = await pages.get('/staff/lists/');
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/staff/sign-in/?next=%2Fstaff%2Flists%2F');
});

test('a spelling is confirmed and the file read anew without JavaScript', async () => {
  await using portal = await createPortal();
  const unknown = { village: '老柳树屯', name: '段兰香', id: idOf('19560202') };
  const cookie = await portal.signIn('publisher');
  const id = await uploadBatchId(portal, cookie, {
    file: csvOf([household, unknown]),
    fileName: 'list.csv',
  });
  const pages = await openPages(portal, cookie);
  const list = await (await pages.get(`/staff/lists/${id}/`)).text();
  expect(list).toContain('区划表里没有这个村（社区）');
  expect(list).toContain('下载标出问题的名单');
  const path = `/staff/lists/${id}/spellings/`;
  const html = await (await pages.get(path)).text();
  const willow = /<option value="(\d+)"[^>]*>\s*柳树村/.exec(html)?.[1] ?? '';
  const empty = new URLSearchParams({ town: '青山镇', written: '老柳树屯', placeCode: '' });
  const refused = await pages.post(path, empty);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('至少选择一个');
  empty.set('placeCode', willow);
  expect((await pages.post(path, empty)).status).toBe(303);
  expect(await (await pages.get(path)).text()).toContain('按确认后的写法重新读取');
  const answer = await pages.post(path, new URLSearchParams({ do: 'reread' }));
  expect(answer.headers.get('location')).toBe(`/staff/lists/${id}/`);
  const after = await (await pages.get(`/staff/lists/${id}/`)).text();
  expect(after).toContain('段*香');
  expect(after).not.toContain('区划表里没有这个村');
});

test('a form sent twice says that the list is there already', async () => {
  await using portal = await createPortal();
  const pages = await openPages(portal, await portal.signIn('publisher'));
  const path = `/staff/lists/new/file/?${FACTS}`;
  expect((await pages.post(path, formOf(csvOf([household])))).status).toBe(303);
  const again = await pages.post(path, formOf(csvOf([household])));
  expect(again.status).toBe(409);
  expect(await again.text()).toContain('同一份名单您已经上传过');
});

test('the days of a notice are asked on the first page and stand beside the file', async () => {
  await using portal = await createPortal();
  const pages = await openPages(portal, await portal.signIn('publisher'));
  const notice = `${FACTS}&kind=REVIEW_NOTICE&noticeDays=10&noticeDate=2026-12-01&noticeHour=9`;
  const file = await pages.get(`/staff/lists/new/file/?${notice}`);
  expect(await file.text()).toContain('从2026年12月1日9时起，10日');
  const wrong = await pages.get(`/staff/lists/new/?${notice.replace('2026-12-01', '2026-11-01')}`);
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('不能早于今天');
});
