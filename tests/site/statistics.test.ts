import { expect, test } from 'vitest';
import { STATISTICS_COLUMNS } from '#rules/statistics-columns.ts';
import { openSampleFiles } from './public-files.ts';
import { renderPage } from './render.ts';
import { STATISTICS } from './sample-statistics.ts';

const PATH = '/statistics/';

test('every chart has a name, a description and its numbers as a table or beside one', async () => {
  const { html } = await renderPage(PATH);
  const charts = [...html.matchAll(/<svg[^>]*role="img" aria-labelledby="([^"]+)"/g)];
  expect(charts.length).toBe(5);
  for (const [, ids = ''] of charts) {
    for (const id of ids.split(' ')) {
      expect(html).toMatch(new RegExp(`<(title|desc) id="${id}">[^<]+</`));
    }
  }
  expect(html.match(/<summary[^>]*>数据表<\/summary>/g)).toHaveLength(3);
});

test('a small number is told as such in chart, table and file alike', async () => {
  const { html } = await renderPage(PATH);
  expect(html).toContain('class="chart-small"');
  expect(html).toContain('2026年10月22件；有1个月不足10件');
  expect(html).toMatch(/2026年1月<\/time>[\s\S]{0,200}不足10件/);
  const { html: csv } = await renderPage('/data/complaints.csv');
  expect(csv).toContain('2026-01,,示范区,收到,,,10\r\n');
});

test('of a quarter with a small month neither sum nor townships are told', async () => {
  const [first] = (STATISTICS['']?.quarters ?? []).filter(({ quarter }) => quarter === '2026-Q1');
  expect(first).toMatchObject({ received: null, towns: { items: [] }, matters: { items: [] } });
  const { html } = await renderPage(PATH);
  expect(html).toContain('2026年第1季度收到的举报投诉，按乡镇（街道）：数字较小，不单独公布。');
});

test('townships of a quarter are told where no other can be computed', async () => {
  const { html } = await renderPage(PATH);
  const table =
    /<table[^>]*>\s*<caption id="towns-2026-Q3">[\s\S]*?<\/table>/.exec(html)?.[0] ?? '';
  const cells = [...table.matchAll(/<t[hd][^>]*role="(?:rowheader|cell)"[^>]*>\s*([^<]+?)\s*</g)];
  const words = cells.map(([, text]) => text);
  expect(words).toEqual([
    ...['云水街道', '28件', '青山镇', '53件', '白河乡', '不足10件', '柳林镇', '不足10件'],
    ...['石桥乡', '不足10件', '未指明乡镇（街道）', '不足10件'],
  ]);
});

test('the file says the same as the page, with the columns of its dictionary', async () => {
  const { html: csv } = await renderPage('/data/complaints.csv');
  expect(csv.startsWith('期间,乡镇代码,范围,指标,分项,件数,不足\r\n')).toBe(true);
  expect(csv).toContain('2026-Q3,,示范区,收到,,98,\r\n');
  expect(csv).toContain('2026-Q3,990101100000,青山镇,收到,,53,\r\n');
  expect(csv).toContain('2026-Q3,990101101000,白河乡,收到,,,10\r\n');
  const { html: json } = await renderPage('/data/complaints.json');
  const { rows } = JSON.parse(json) as { rows: Record<string, unknown>[] };
  expect(rows).toHaveLength(csv.trimEnd().split('\r\n').length - 1);
  const keys = STATISTICS_COLUMNS.map(({ key }) => key);
  expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual(keys.toSorted());
  const { html: dictionary } = await renderPage('/data/');
  for (const { heading, meaning } of STATISTICS_COLUMNS) {
    expect(dictionary).toContain(heading);
    expect(dictionary).toContain(meaning);
  }
});

test('before the first month is counted the page says when there will be one', async () => {
  const read = openSampleFiles({ statistics: { '': null } });
  const { status, html } = await renderPage(PATH, read);
  expect(status).toBe(200);
  expect(html).toContain('每月15日公布上个月的数');
  expect(
    (await renderPage('/data/complaints.csv', read)).html.trimEnd().split('\r\n'),
  ).toHaveLength(1);
});

test('the home page leads to it', async () => {
  const { html } = await renderPage('/');
  expect(html).toContain('<a href="/statistics/">各月人数、金额和举报投诉统计</a>');
});
