import { Hono } from 'hono';
import { CodedError } from '#api/errors.ts';
import type { PublicReader } from '#rules/publication.ts';
import { findPlacesWritten, placeToOpen } from '#rules/short-address.ts';

/**
 * `/v/100203`, as boards print it: leads to the page of the place. Only places that are published are
 * known here. Of several villages of one name it leads to the township, else the county, they lie in. A place
 * that was merged has a page too, which says where it went: its boards hang until somebody takes them down.
 */
export function shortAddressRoutes(read: PublicReader) {
  const routes = new Hono();

  routes.get('/v/:written/', (c) => c.redirect(`/v/${encodeURIComponent(c.req.param('written'))}`));
  routes.get('/v/:written', async (c) => {
    const places = (await read('places'))?.places ?? [];
    const countyCode = (await read('site'))?.countyCode ?? '';
    const written = c.req.param('written');
    const former = ((await read('formerPlaces'))?.places ?? []).map((each) => {
      return { ...each, parentCode: null };
    });
    const [merged] = findPlacesWritten(former, countyCode, written);
    const place = placeToOpen(places, findPlacesWritten(places, countyCode, written)) ?? merged;
    if (!place) throw new CodedError('not-found');
    c.header('cache-control', 'no-cache');
    c.header('x-robots-tag', 'noindex');
    return c.redirect(`/places/${place.code}/`, 302);
  });
  return routes;
}
