import type { APIRoute } from 'astro';
import { listPages } from '#rules/public-pages.ts';
import { XML_HEADERS, writeXml } from '#site/lib/xml.ts';

/** Pages that search engines may show: no list and no notice is among them. */
export const GET: APIRoute = async ({ locals: { read } }) => {
  const { publicUrl = null } = (await read('site')) ?? {};
  const pages = listPages({
    places: (await read('places'))?.places ?? [],
    texts: (await read('texts'))?.texts ?? [],
    notices: [],
    cases: (await read('cases'))?.cases ?? [],
    former: [],
  });
  // Addresses must be whole; nobody outside reaches a portal without a public one.
  const paths = publicUrl ? pages.filter(({ path, index }) => index && path.endsWith('/')) : [];
  const body = writeXml([
    'urlset',
    { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' },
    ...paths.map(({ path }) => ['url', {}, ['loc', {}, `${publicUrl}${path}`]] as const),
  ]);
  return new Response(body, { headers: XML_HEADERS });
};
