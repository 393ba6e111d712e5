import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { expect, test } from 'vitest';
import { createApp } from '#api/app.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { publishingPaths } from '#publishing/paths.ts';
import { publish } from '#publishing/publish.ts';
import { rememberPages } from '#routes/remember-pages.ts';
import { serveLiveTree } from '#routes/static.ts';
import { TOWNS, addList, openCounty, villageCode } from '#support/county.ts';

const [TOWN] = TOWNS;
const VILLAGE = `/places/${villageCode(TOWN, 0)}/`;
type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** A published county behind a real server; `asked` are the paths that went to the portal itself. */
async function openServer(cap?: number) {
  const county = await openCounty();
  await addList(county, { town: TOWN });
  await publish(county.portal);
  const { dataDir } = county.config;
  const app = createApp(county.portal, {
    pages: null,
    read: createPublicReader(publishingPaths(dataDir).public),
    files: serveLiveTree(dataDir),
  });
  const asked: string[] = [];
  const { remember, recall } = rememberPages(county.config, cap);
  const fetch = remember((given, env) => {
    asked.push(new URL(given.url).pathname);
    return app.fetch(given, env);
  });
  const server = createServer(recall(getRequestListener(fetch)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const sent = request({ port, host: '127.0.0.1', path, headers, method }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const { date: _date, ...kept } = response.headers;
        const { statusCode: status = 0 } = response;
        resolve({ status, headers: kept, body: Buffer.concat(parts) });
      });
    });
    sent.on('error', reject).end();
    return promise;
  }
  async function close() {
    server.closeAllConnections();
    server.close();
    await county.close();
  }
  return { county, asked, get, [Symbol.asyncDispose]: close };
}

test.each(['gzip, deflate, br', 'gzip', 'identity'])(
  'a page asked for again with %s comes from memory with every header of the first time',
  async (encoding) => {
    await using server = await openServer();
    const first = await server.get(VILLAGE, { 'accept-encoding': encoding });
    const again = await server.get(`${VILLAGE}?from=qr`, { 'accept-encoding': encoding });
    expect(again).toEqual(first);
    expect(server.asked).toEqual([VILLAGE]);
    expect(again.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'self'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-robots-tag': 'noindex, noarchive',
      vary: 'accept-encoding',
    });
  },
);

test('each encoding is kept for itself', async () => {
  await using server = await openServer();
  const plain = await server.get(VILLAGE);
  const br = await server.get(VILLAGE, { 'accept-encoding': 'br' });
  expect(brotliDecompressSync(br.body)).toEqual(plain.body);
  expect((await server.get(VILLAGE)).body).toEqual(plain.body);
});

test('HEAD and an unchanged page are answered as the portal answers them', async () => {
  await using server = await openServer();
  const fromPortal = [await server.get(VILLAGE, {}, 'HEAD')];
  const etag = fromPortal[0]?.headers.etag ?? '';
  fromPortal.push(await server.get(VILLAGE, { 'if-none-match': etag }));
  await server.get(VILLAGE);
  server.asked.length = 0;
  const fromMemory = [
    await server.get(VILLAGE, {}, 'HEAD'),
    await server.get(VILLAGE, { 'if-none-match': etag }),
  ];
  expect(server.asked).toEqual([]);
  expect(fromMemory).toEqual(fromPortal);
  expect(fromMemory.map(({ status, body }) => [status, body.length])).toEqual([
    [200, 0],
    [304, 0],
  ]);
});

test('a kept page is refused under another host name', async () => {
  await using server = await openServer();
  await server.get(VILLAGE);
  const other = await server.get(VILLAGE, { host: 'evil.example' });
  expect(other.status).toBe(403);
  expect((await server.get(VILLAGE)).status).toBe(200);
});

test('other methods, missing pages and what depends on the visitor go to the portal', async () => {
  await using server = await openServer();
  for (const path of ['/places/999/', '/prefs.css', '/healthz', '/places/1']) {
    const [first, again] = [await server.get(path), await server.get(path)];
    expect(again).toEqual(first);
  }
  expect(server.asked).toHaveLength(8);
  await server.get(VILLAGE);
  expect((await server.get(VILLAGE, {}, 'POST')).status).toBe(403);
  expect(server.asked).toHaveLength(10);
});

test('without room nothing is kept, and the page comes all the same', async () => {
  await using server = await openServer(10);
  const first = await server.get(VILLAGE);
  expect(await server.get(VILLAGE)).toEqual(first);
  expect(server.asked).toEqual([VILLAGE, VILLAGE]);
});

test('a kept page makes way for a new publication', async () => {
  await using server = await openServer();
  const before = await server.get(VILLAGE);
  await addList(server.county, { town: TOWN, period: '2026-12', rows: 1 });
  await publish(server.county.portal);
  await expect.poll(async () => (await server.get(VILLAGE)).body).not.toEqual(before.body);
  expect((await server.get(VILLAGE)).body.toString()).toContain('2026年12月');
});
