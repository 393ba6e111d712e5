import { expect, test } from 'vitest';
import { openSampleFiles } from './public-files.ts';
import { CASES } from './sample-cases.ts';
import { COUNTY, TOWN, VILLAGE } from './sample-county.ts';
import { listSamplePaths, renderPage } from './render.ts';

const SITE = 'https://dibao.example.cn';

test('the sitemap names every page that search engines may show, and no list and no notice', async () => {
  const { html } = await renderPage('/sitemap.xml');
  const listed = [...html.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? '');
  expect(listed).toContain(`${SITE}/`);
  expect(listed).toContain(`${SITE}/standards/`);
  expect(listed).toContain(`${SITE}/places/${TOWN}/`);
  for (const found of CASES) expect(listed).toContain(`${SITE}/cases/${found.case}/`);
  expect(listed).not.toContain(`${SITE}/places/${VILLAGE}/`);
  expect(listed.filter((url) => /\/notices\/.+|search\.json|\.html|prefs/.test(url))).toEqual([]);
  const paths = await listSamplePaths();
  expect(listed.filter((url) => !paths.includes(url.slice(SITE.length)))).toEqual([]);
});

test('crawlers are kept from forms and staff, not from lists, whose noindex they must see', async () => {
  const { html } = await renderPage('/robots.txt');
  expect(html).toBe(
    'User-agent: *\nDisallow: /staff\nDisallow: /complaints\nDisallow: /api\n\n' +
      `Sitemap: ${SITE}/sitemap.xml\n`,
  );
});

test('without a public address there is nothing to crawl and nothing wrong', async () => {
  const empty = async () => null;
  expect((await renderPage('/robots.txt', empty)).html).not.toContain('Sitemap');
  expect((await renderPage('/sitemap.xml', empty)).html).not.toContain('<loc>');
  const feed = await renderPage('/feed.xml', empty);
  expect([feed.status, feed.html.includes('<entry>')]).toEqual([200, false]);
});

test('the feed tells of notices, lists, corrections and standards, the newest first', async () => {
  const { html } = await renderPage('/feed.xml');
  expect(html).toContain('<feed xmlns="http://www.w3.org/2005/Atom"');
  const links = [...html.matchAll(/<entry>.*?<link href="([^"]+)"/g)].map((match) => match[1]);
  expect(links).toContain(`${SITE}/notices/running-notice/`);
  expect(links).toContain(`${SITE}/places/${TOWN}/`);
  expect(links).toContain(`${SITE}/corrections/`);
  expect(links).toContain(`${SITE}/standards/`);
  const days = [...html.matchAll(/<entry>.*?<updated>([^<]+)</g)].map((match) => match[1] ?? '');
  expect(days).toEqual(days.toSorted().toReversed());
  expect(html).not.toContain('ended-notice');
});

test('the feed holds no masked name', async () => {
  const { html } = await renderPage('/feed.xml');
  expect(html).not.toContain('*');
});

test('ids of the feed stay with their news and differ from each other', async () => {
  const { html } = await renderPage('/feed.xml');
  const ids = [...html.matchAll(/<id>([^<]+)<\/id>/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  const again = await renderPage('/feed.xml');
  expect(again.html).toBe(html);
});

test('text is escaped in what machines read', async () => {
  const site = (await openSampleFiles()('site'))!;
  const odd = openSampleFiles({ site: { '': { ...site, countyName: 'A & <B>' } } });
  expect((await renderPage('/feed.xml', odd)).html).toContain('A &amp; &lt;B&gt;阳光低保');
});

test('choices of size and contrast are files of their own for a server before the portal', async () => {
  const { html } = await renderPage('/prefs/largest.high.css');
  expect(html).toMatch(/^:root\{--text-scale:1\.7;/);
  expect(html).toContain('--link:#00137a');
  expect((await renderPage('/prefs/normal.normal.css')).html).not.toContain(':root');
});

test('the page for a portal that does not answer gives telephones and asks nothing of it', async () => {
  const { html } = await renderPage('/502.html');
  expect(html).toContain('href="tel:0000-8000001"');
  expect(html).toContain('href="tel:12345"');
  expect(html).not.toContain('<script');
  expect(html).toContain('content="noindex"');
});

test('registrations of a government site stand in the footer, and only those that are configured', async () => {
  const { html } = await renderPage('/');
  expect(html).toContain('承办单位：示范区社会救助服务中心');
  expect(html).toContain('政府网站找错');
  const site = (await openSampleFiles()('site'))!;
  const bare = { ...site, operatorName: '', faultReportUrl: '', siteCode: '', icpNumber: '' };
  const plain = await renderPage('/', openSampleFiles({ site: { '': bare } }));
  expect(plain.html).not.toMatch(/承办单位|找错|网站标识码|beian/);
  expect(plain.html).toContain(`href="/places/${COUNTY}/"`);
});
