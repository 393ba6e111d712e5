import { expect, test } from 'vitest';
import type { PlaceEntry } from '#rules/public-directory.ts';
import { openSampleFiles } from './public-files.ts';
import { COUNTY, TOWN, VILLAGE } from './sample-county.ts';
import { renderPage } from './render.ts';

test('home leads to every village, the complaints, the follow-up and the hotlines', async () => {
  const { html } = await renderPage('/');
  for (const href of [
    `/places/${TOWN}/`,
    `/places/${VILLAGE}/`,
    '/complaints/',
    '/complaints/follow-up',
    'tel:0000-8000001',
    '/procedures/dibao/',
  ]) {
    expect(html).toContain(`href="${href}"`);
  }
});

test('home shows the figures of the county and the standards in force', async () => {
  const { html } = await renderPage('/');
  expect(html).toContain('2,381');
  expect(html).toContain('812,345.50元');
  expect(html).toContain('680.00');
  expect(html).not.toContain('700.00');
});

test('a new portal without any file still has a home', async () => {
  const { status, html } = await renderPage('/', async () => null);
  expect(status).toBe(200);
  expect(html).toContain('名单正在整理，还没有公布。');
  expect(html).toContain('救助标准尚未公布。');
  expect(html).not.toMatch(/null|undefined|NaN/);
});

test('townships fold in a larger county, and stand alone in a very large one', async () => {
  const folded = await renderPage('/', openSampleFiles(withVillages(100)));
  expect(folded.html).toContain('<details class="town">');
  const large = await renderPage('/', openSampleFiles(withVillages(700)));
  expect(large.html).not.toContain('<details');
  expect(large.html).toContain(`href="/places/${TOWN}/"`);
});

function withVillages(count: number) {
  const villages = Array.from({ length: count }, (_, index): PlaceEntry => ({
    code: `9901011${String(index).padStart(5, '0')}9`,
    name: `第${index + 1}村`,
    level: 'village',
    parentCode: TOWN,
  }));
  const places: PlaceEntry[] = [
    { code: COUNTY, name: '示范区', level: 'district', parentCode: null },
    { code: TOWN, name: '青山镇', level: 'town', parentCode: COUNTY },
    ...villages,
  ];
  const provenance = { publisher: '示范区民政局', legalBasis: ['依据'], updatedOn: '2026-11-05' };
  return { places: { '': { ...provenance, places } } };
}
