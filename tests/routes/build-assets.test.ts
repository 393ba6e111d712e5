import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildAssetRoutes } from '#routes/build-assets.ts';

const STYLE = Buffer.from('p{color:red}'.repeat(100));
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const routes = buildAssetRoutes(
  new Map([
    ['_astro/a.css', STYLE],
    ['_astro/a.png', PICTURE],
  ]),
);
async function get(path: string, encodings: string) {
  const answer = await routes.request(path, { headers: { 'accept-encoding': encodings } });
  return { headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
}

test('styles of the build travel packed as the browser takes them', async () => {
  const br = await get('/_astro/a.css', 'gzip, br');
  expect(br.headers.get('content-encoding')).toBe('br');
  expect(br.headers.get('content-type')).toContain('text/css');
  expect(brotliDecompressSync(br.body)).toEqual(STYLE);
  expect(gunzipSync((await get('/_astro/a.css', 'gzip')).body)).toEqual(STYLE);
  const plain = await get('/_astro/a.css', '');
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(plain.body).toEqual(STYLE);
  expect(plain.headers.get('vary')).toBe('accept-encoding');
});

test('what is packed already travels as it is', async () => {
  const picture = await get('/_astro/a.png', 'gzip, br');
  expect(picture.headers.get('content-encoding')).toBeNull();
  expect(picture.body).toEqual(PICTURE);
});
