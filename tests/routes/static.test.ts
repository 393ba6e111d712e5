import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { publish } from '#publishing/publish.ts';
import { serveLiveTree } from '#routes/static.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';

const [TOWN] = TOWNS;
const VILLAGE = `/places/${villageCode(TOWN, 0)}/`;

async function openSite() {
  const county = await openCounty();
  await addList(county, { town: TOWN });
  await publish(county.portal);
  const app = new Hono().use(serveLiveTree(county.config.dataDir));
  function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
    return app.request(path, { headers, method });
  }
  return { county, get, [Symbol.asyncDispose]: county.close };
}

test('a page comes in the encoding the browser takes, with its hash as ETag', async () => {
  await using site = await openSite();
  const plain = await site.get('/');
  const html = await plain.text();
  expect(html).toContain('示范区');
  expect(plain.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(plain.headers.get('vary')).toBe('accept-encoding');
  const br = await site.get('/', { 'accept-encoding': 'gzip, deflate, br' });
  expect(br.headers.get('content-encoding')).toBe('br');
  expect(brotliDecompressSync(await br.arrayBuffer()).toString()).toBe(html);
  const gzip = await site.get('/', { 'accept-encoding': 'gzip, br;q=0' });
  expect(gunzipSync(await gzip.arrayBuffer()).toString()).toBe(html);
  expect(gzip.headers.get('etag')).not.toBe(br.headers.get('etag'));
});

test('an unchanged page is answered with 304 and no body', async () => {
  await using site = await openSite();
  const etag = (await site.get('/')).headers.get('etag') ?? '';
  const again = await site.get('/', { 'if-none-match': `"other", W/${etag}` });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
  expect(again.headers.get('etag')).toBe(etag);
});

test('HEAD has the headers and no body; other methods are not for this handler', async () => {
  await using site = await openSite();
  const head = await site.get(VILLAGE, {}, 'HEAD');
  expect(head.status).toBe(200);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1000);
  expect(await head.text()).toBe('');
  expect((await site.get(VILLAGE, {}, 'POST')).status).toBe(404);
});

test('lists are kept out of search engines, other pages are not', async () => {
  await using site = await openSite();
  expect((await site.get(VILLAGE)).headers.get('x-robots-tag')).toBe('noindex, noarchive');
  expect((await site.get(`/places/${TOWN}/`)).headers.get('x-robots-tag')).toBeNull();
});

test('a page without its slash, or with index.html, is redirected to itself', async () => {
  await using site = await openSite();
  for (const path of [VILLAGE.slice(0, -1), `${VILLAGE}index.html`]) {
    const moved = await site.get(`${path}?from=qr`);
    expect([moved.status, moved.headers.get('location')]).toEqual([301, `${VILLAGE}?from=qr`]);
  }
});

test('styles of a build may be kept for ever', async () => {
  await using site = await openSite();
  const html = await (await site.get('/')).text();
  const path = /\/_astro\/[\w.-]+\.css/.exec(html)?.[0] ?? '';
  const style = await site.get(path);
  expect(style.status).toBe(200);
  expect(style.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test.each([
  '/places/1',
  '/places/999/',
  '/.live.json',
  '/.noindex.json',
  '/index.html.br',
  '/../portal.db',
  '/%2e%2e/portal.db',
  '/..%2f..%2fetc/passwd',
  '/places/%00/',
  '/%',
  '//etc/passwd',
  '/public/site.json',
  `/data/villages/${villageCode(TOWN, 0)}.json`,
  '/data/../villages/x.json',
  '/data/site.json',
])('%s is the page that says so, with 404', async (path) => {
  await using site = await openSite();
  const missing = await site.get(path);
  expect(missing.status).toBe(404);
  expect(await missing.text()).toContain('没有找到这个页面');
});

test('manifests and counts are open to anyone', async () => {
  await using site = await openSite();
  const manifest = await site.get('/data/manifest.json');
  expect(manifest.headers.get('content-type')).toContain('application/json');
  expect(await manifest.json()).toMatchObject({ seq: 1 });
  expect((await site.get('/data/chain.jsonl')).status).toBe(200);
  expect((await site.get(`/data/counts/${TOWN}.json`)).status).toBe(200);
});

test('a new publication is seen without a restart', async () => {
  await using site = await openSite();
  const before = await (await site.get(VILLAGE)).text();
  await addList(site.county, { town: TOWN, period: '2026-12', rows: 1 });
  await publish(site.county.portal);
  await expect.poll(async () => (await site.get(VILLAGE)).text()).not.toBe(before);
  expect(await (await site.get(VILLAGE)).text()).toContain('2026年12月');
});
