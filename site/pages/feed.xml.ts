import type { APIRoute } from 'astro';
import { listNews } from '#site/lib/news.ts';
import { XML_HEADERS, writeXml } from '#site/lib/xml.ts';

const MOST = 40;
const NONE_YET = '2020-01-01';

/** News as an Atom feed (RFC 4287). */
export const GET: APIRoute = async ({ locals: { read, now } }) => {
  const site = await read('site');
  const base = site?.publicUrl ?? '';
  const news = (await listNews(read, now)).slice(0, MOST);
  const body = writeXml([
    'feed',
    { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'zh-CN' },
    ['id', {}, `urn:sunshine-dibao:${site?.countyCode ?? ''}:news`],
    ['title', {}, `${site?.countyName ?? ''}阳光低保 最新公开`],
    ['updated', {}, toInstant(news[0]?.onDate ?? NONE_YET)],
    ['author', {}, ['name', {}, site?.bureauName ?? '阳光低保']],
    ['link', { rel: 'self', href: `${base}/feed.xml` }],
    ['link', { href: `${base}/` }],
    ...news.map(
      ({ id, onDate, title, href, detail }) =>
        [
          'entry',
          {},
          ['id', {}, `urn:sunshine-dibao:${site?.countyCode ?? ''}:${encodeURIComponent(id)}`],
          ['title', {}, title],
          ['updated', {}, toInstant(onDate)],
          ['link', { href: `${base}${href}` }],
          ['summary', {}, detail],
        ] as const,
    ),
  ]);
  return new Response(body, { headers: XML_HEADERS });
};

function toInstant(civilDate: string): string {
  return `${civilDate}T00:00:00+08:00`;
}
