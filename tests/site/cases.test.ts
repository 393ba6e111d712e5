import { expect, test } from 'vitest';
import { openSampleFiles } from './public-files.ts';
import { renderPage } from './render.ts';
import { CASES } from './sample-cases.ts';

const [FIRST, OTHER] = CASES;

test('the index tells of every case, the newest first, with who exposes it', async () => {
  const { html } = await renderPage('/cases/');
  const found = CASES.map((each) => html.indexOf(each.title));
  expect(found[0]).toBeGreaterThan(0);
  expect(found[1]).toBeGreaterThan(found[0] ?? 0);
  expect(html).toContain('示范区民政局通报');
});

test('without cases the index says so', async () => {
  const file = await openSampleFiles()('cases');
  const read = openSampleFiles({ cases: { '': { ...file!, cases: [] } } });
  expect((await renderPage('/cases/', read)).html).toContain('目前没有公布的案例');
});

test('a case says what happened, what followed, and on which day it leaves by itself', async () => {
  const { html } = await renderPage(`/cases/${FIRST?.case}/`);
  for (const words of ['违规事实', '处理结果', '8,640.00元', '监督检查发现', '青山镇']) {
    expect(html).toContain(words);
  }
  expect(html).toContain('2027年5月16日自动撤下');
  expect(html).toMatch(/<meta name="robots" content="noarchive, unavailable_after: 2027-05-16"/);
  expect((await renderPage(`/cases/${OTHER?.case}/`)).html).not.toContain('发生地');
});

test('a case that is not there any more is a page that is not found', async () => {
  const id = FIRST?.case ?? '';
  const read = openSampleFiles({ case: { [id]: null } });
  expect((await renderPage(`/cases/${id}/`, read)).status).toBe(404);
});

test('a case is news on the home page and in the feed', async () => {
  for (const path of ['/', '/feed.xml']) {
    const { html } = await renderPage(path);
    expect(html).toContain(`通报曝光：${FIRST?.title}`);
    expect(html).toContain(`/cases/${FIRST?.case}/`);
  }
});
