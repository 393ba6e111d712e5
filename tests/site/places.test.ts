import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openSampleFiles } from './public-files.ts';
import { COUNTY, EMPTY_VILLAGE, TOWN, VILLAGE } from './sample-county.ts';
import { renderPage } from './render.ts';

test('a village page lists each household masked, with its total and standard', async () => {
  const { html } = await renderPage(`/places/${VILLAGE}/`);
  const names = [...html.matchAll(/role="rowheader"[^>]*>\s*([^<]+?)\s*<\/th>/g)].map((m) => m[1]);
  expect(names.slice(0, 6)).toEqual(['张*', '欧阳**', '王**华', '阿***·***', '张*', '李*四']);
  expect(names[6]?.replace(/\s+/g, '')).toBe('合计6户');
  expect(html).toContain('<h1>青山镇槐荫村社会救助公示</h1>');
  expect(html).toContain('槐荫村农村低保在保名单，2026年10月');
  expect(html).toContain('5,437.50');
  expect(html).toContain('农村每人每月680.00元');
});

test('anyone can recompute the hash of a list from what the page shows', async () => {
  const { html } = await renderPage(`/places/${VILLAGE}/`);
  const list = html.slice(html.indexOf('id="list-rural-dibao"'), html.indexOf('id="list-tekun"'));
  const body = list.slice(list.indexOf('<tbody'), list.indexOf('</tbody>'));
  const rows = [...body.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map((row) =>
    [...(row[1] ?? '').matchAll(/<t[dh][^>]*>([^<]*)</g)]
      .map((cell) => (cell[1] ?? '').trim().replace(',', ''))
      .join('\t'),
  );
  const [, salt, hash] = [...list.matchAll(/<dd>([^<]+)<\/dd>/g)].map((match) => match[1]);
  expect(rows).toHaveLength(6);
  expect(
    createHash('sha256')
      .update([salt, ...rows].join('\n'))
      .digest('hex'),
  ).toBe(hash);
});

test('a village page keeps out of search engines, a township page does not', async () => {
  const village = await renderPage(`/places/${VILLAGE}/`);
  const town = await renderPage(`/places/${TOWN}/`);
  expect(village.html).toContain('<meta name="robots" content="noindex, noarchive">');
  expect(town.html).not.toContain('name="robots"');
});

test('a village page leads to a complaint about it and to both hotlines', async () => {
  const { html } = await renderPage(`/places/${VILLAGE}/`);
  expect(html).toContain(`href="/complaints/new?place=${VILLAGE}"`);
  expect(html.indexOf('tel:0000-8000201')).toBeGreaterThan(0);
  expect(html.indexOf('tel:0000-8000001')).toBeGreaterThan(html.indexOf('tel:0000-8000201'));
});

test('every table cell of a list is tied to its header', async () => {
  const { html } = await renderPage(`/places/${VILLAGE}/`);
  const headers = html.match(/<th scope="col"/g) ?? [];
  expect(headers).toHaveLength(10);
  expect(html).not.toMatch(/<th (?![^>]*scope=)/);
  expect(html).toContain('<caption');
});

test('a village without a list says so and still shows whom to call', async () => {
  const { status, html } = await renderPage(`/places/${EMPTY_VILLAGE}/`);
  expect(status).toBe(200);
  expect(html).toContain('石桥村目前没有公布的名单。');
  expect(html).toContain('tel:0000-8000201');
  expect(html).not.toContain('<table');
});

test('a list without a standard says that it is not published yet', async () => {
  const read = openSampleFiles({ standards: { '': null } });
  const { html } = await renderPage(`/places/${VILLAGE}/`, read);
  expect(html).toContain('农村低保的现行标准尚未公布。');
});

test('a township page shows totals and what lies below, with zero told from unknown', async () => {
  const { html } = await renderPage(`/places/${TOWN}/`);
  const text = html.replace(/<[^>]+>|\s+/g, ' ');
  expect(text).toMatch(/1,263\s+2,380\s+811,705\.50/);
  expect(html).toContain(`href="/places/${EMPTY_VILLAGE}/"`);
  expect(text).toContain('包括依法不公开姓名的家庭');
});

test('a county without counts says that nothing is published yet', async () => {
  const read = openSampleFiles({ counts: { [COUNTY]: null } });
  const { html } = await renderPage(`/places/${COUNTY}/`, read);
  expect(html).toContain('示范区还没有公布救助名单。');
  expect(html).toContain('发布机构');
});

test('an unknown place is not found', async () => {
  const { status, html } = await renderPage('/places/990101999999/');
  expect(status).toBe(404);
  expect(html).toContain('没有找到这个页面');
});
