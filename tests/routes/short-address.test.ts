import { expect, test } from 'vitest';
import { publish } from '#publishing/publish.ts';
import { createPublicReader } from '#publishing/public-reader.ts';
import { shortCodeOf } from '#rules/short-address.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { applyPlaceTable } from '#support/places.ts';

async function openPublished() {
  const portal = await createPortal();
  await publish(portal.context);
  return portal;
}

async function follow(portal: Awaited<ReturnType<typeof createPortal>>, written: string) {
  const answer = await portal.call(`/v/${encodeURIComponent(written)}`);
  return answer.headers.get('location') ?? answer.status;
}

test('a code leads to the page of its place, written in full, shortened or carelessly', async () => {
  await using portal = await openPublished();
  const ways = ['990101100203', '100203', ' 100 203 ', '１００２０３', '100203\u200b'];
  for (const way of ways) expect(await follow(portal, way)).toBe('/places/990101100203/');
  expect(await follow(portal, '100')).toBe('/places/990101100000/');
  expect(await follow(portal, '990101000000')).toBe('/places/990101000000/');
  expect((await portal.call('/v/100203/')).headers.get('location')).toBe('/v/100203');
});

test('a name leads to its village; one that two villages share to the place above both', async () => {
  await using portal = await openPublished();
  expect(await follow(portal, '石桥村')).toBe('/places/990101100203/');
  expect(await follow(portal, '东河村')).toBe('/places/990101000000/');
  expect(await follow(portal, '龙湾乡东河村')).toBe('/places/990101200207/');
});

test('the board of a village that was merged leads to the page that says where it went', async () => {
  await using portal = await openPublished();
  const line = '990101100203,石桥村,village,990101100000,990101100201,,';
  await applyPlaceTable(portal, await portal.signIn('security'), [line]);
  await publish(portal.context);
  for (const way of ['100203', '990101100203', '石桥村']) {
    expect(await follow(portal, way)).toBe('/places/990101100203/');
  }
});

test.each(['999999', '1', '桃花村', '/', '..%2f', '%'])('%s leads nowhere', async (written) => {
  await using portal = await openPublished();
  expect(await follow(portal, written)).toBe(404);
});

test('a place that is not published yet has no short address', async () => {
  await using portal = await createPortal();
  expect(await follow(portal, '100203')).toBe(404);
});

test('every published place has a short code that leads to it alone', async () => {
  await using portal = await openPublished();
  const read = createPublicReader(`${portal.context.config.dataDir}/public`);
  const places = (await read('places'))?.places ?? [];
  const codes = places.map(({ code }) => shortCodeOf(places, '990101000000', code));
  expect(new Set(codes).size).toBe(places.length);
  expect(codes).toContain('100203');
  const last = places.at(-1)?.code ?? '';
  expect(await follow(portal, codes.at(-1) ?? '')).toBe(`/places/${last}/`);
});
