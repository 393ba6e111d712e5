import { expect, test } from 'vitest';
import { STANDARD_COLUMNS } from '#rules/data-files.ts';
import { listHistories, sortStandards, type Standard } from '#site/lib/standards.ts';
import { mergeProvenance } from '#site/lib/provenance.ts';
import { openSampleFiles } from './public-files.ts';
import { renderPage } from './render.ts';

function rural(amountCents: number, effectiveFrom: string): Standard {
  return {
    aidType: 'RURAL_DIBAO',
    areaType: 'rural',
    amountCents,
    effectiveFrom,
    documentNumber: `示民发〔${effectiveFrom.slice(0, 4)}〕1号`,
  };
}

test('the standard in force is the newest that has begun', () => {
  const old = rural(60000, '2024-07-01');
  const now = rural(64000, '2025-07-01');
  const next = rural(68000, '2026-07-01');
  expect(sortStandards([next, old, now], '2026-06-30')).toEqual({
    current: [now],
    future: [next],
    past: [old],
  });
  expect(sortStandards([next, old, now], '2026-07-01').current).toEqual([next]);
  expect(sortStandards([next], '2026-06-30').current).toEqual([]);
});

test('standards in force stand in the order of the aid types, however they were entered', () => {
  const country = rural(68000, '2026-07-01');
  const town: Standard = { ...country, aidType: 'URBAN_DIBAO', areaType: 'urban' };
  const care: Standard = { ...country, aidType: 'TEKUN' };
  expect(sortStandards([care, country, town], '2026-07-01').current).toEqual([town, country, care]);
});

test('the history of a kind says how long each amount held, and leaves out what is to come', () => {
  const rows = [rural(68000, '2026-07-01'), rural(64000, '2025-07-01'), rural(60000, '2024-07-01')];
  const [history] = listHistories([rural(72000, '2027-01-01'), ...rows.toReversed()], '2026-11-20');
  expect(history?.periods.map(({ amountCents, until }) => [amountCents, until])).toEqual([
    [68000, null],
    [64000, '2026-06-30'],
    [60000, '2025-06-30'],
  ]);
});

test('amounts of a kind that changed are drawn over the years, and told in words', async () => {
  const { html } = await renderPage('/standards/');
  expect(html).toMatch(/<svg class="chart" role="img"/);
  expect(html).toContain('农村低保从2025年7月1日的640.00元到2026年7月1日的680.00元');
  expect(html).not.toMatch(/<style|\sstyle=/);
});

test('the page tells current, coming and former standards apart', async () => {
  const { html } = await renderPage('/standards/');
  const [current, future, past] = ['id="current"', 'id="future"', 'id="history"'].map((id) =>
    html.indexOf(id),
  );
  expect(current).toBeLessThan(future ?? 0);
  expect(html.indexOf('680.00')).toBeLessThan(future ?? 0);
  expect(html.indexOf('700.00')).toBeLessThan(past ?? 0);
  expect(html.indexOf('640.00')).toBeGreaterThan(past ?? 0);
});

test('every standard is in the file the page leads to, with the columns of its dictionary', async () => {
  expect((await renderPage('/standards/')).html).toContain('href="/data/standards.csv" download');
  const { html: csv } = await renderPage('/data/standards.csv');
  const [head, ...lines] = csv.trimEnd().split('\r\n');
  expect(head).toBe('救助类型代码,救助类型,城乡代码,城乡,每人每月标准（元）,执行日期,文号');
  const items = (await openSampleFiles()('standards'))?.items ?? [];
  expect(lines).toHaveLength(items.length);
  for (const { amountCents, effectiveFrom, documentNumber } of items) {
    const end = `${(amountCents / 100).toFixed(2)},${effectiveFrom},${documentNumber}`;
    expect(lines.filter((line) => line.endsWith(end))).toHaveLength(1);
  }
  const { html: json } = await renderPage('/data/standards.json');
  const { rows } = JSON.parse(json) as { rows: Record<string, unknown>[] };
  const keys = STANDARD_COLUMNS.map(({ key }) => key);
  expect(rows.map((row) => Object.keys(row).toSorted())).toEqual(items.map(() => keys.toSorted()));
  const { html: dictionary } = await renderPage('/data/');
  for (const { heading, meaning } of STANDARD_COLUMNS) {
    expect(dictionary).toContain(heading);
    expect(dictionary).toContain(meaning);
  }
});

test('a portal without standards says so on the page and at home', async () => {
  const read = openSampleFiles({ standards: { '': null } });
  expect((await renderPage('/standards/', read)).html).toContain('救助标准尚未公布');
  expect((await renderPage('/', read)).html).toContain('救助标准尚未公布');
});

test('a page of several files bears the latest date and every basis once', () => {
  const a = { publisher: '甲', legalBasis: ['一', '二'], updatedOn: '2026-01-02' };
  const b = { publisher: '乙', legalBasis: ['二', '三'], updatedOn: '2026-03-01' };
  expect(mergeProvenance([null, a, b])).toEqual({
    publisher: '甲',
    legalBasis: ['一', '二', '三'],
    updatedOn: '2026-03-01',
  });
  expect(mergeProvenance([null])).toBeNull();
});
