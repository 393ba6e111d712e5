import { expect, test } from 'vitest';
import { standingOf } from '#rules/page-texts.ts';
import { openSampleFiles } from './public-files.ts';
import { listSamplePaths, renderPage } from './render.ts';

test('policies stand by whether they hold, the law in force first, ended ones marked as such', async () => {
  const { html } = await renderPage('/policies/');
  const current = html.indexOf('id="current"');
  const ended = html.indexOf('id="ended"');
  const law = html.indexOf('中华人民共和国社会救助法</a>');
  const rules = html.indexOf('href="/policies/dibao-rules/"');
  expect([current, law, rules, ended].every((at) => at > 0)).toBe(true);
  expect(current).toBeLessThan(law);
  expect(law).toBeLessThan(rules);
  expect(ended).toBeLessThan(html.indexOf('href="/policies/dibao-rules-2012/"'));
  expect(html).toContain('2021年7月1日停止执行');
});

test('the page of a policy names its issuer, number, first day, state and official source', async () => {
  const { html } = await renderPage('/policies/dibao-rules/');
  expect(html).toContain('民发〔2021〕57号');
  expect(html).toContain('2021年7月1日');
  expect(html).toContain('现行有效');
  expect(html).toContain('<a href="https://www.mca.gov.cn/">www.mca.gov.cn</a>');
  expect((await renderPage('/policies/dibao-rules-2012/')).html).toContain('已停止执行');
});

test('a document holds from its first day until the day it ends', () => {
  const law = { effectiveFrom: '2026-07-01', endedOn: '2027-01-01' };
  expect(standingOf(law, '2026-06-30')).toBe('future');
  expect(standingOf(law, '2026-07-01')).toBe('current');
  expect(standingOf(law, '2027-01-01')).toBe('ended');
});

test('a procedure begins with its terms and materials, and links to the forms', async () => {
  const { html } = await renderPage('/procedures/dibao/');
  const overview = html.slice(html.indexOf('<dl class="overview">'), html.indexOf('</dl>'));
  expect(overview).toMatch(/<dt>办理时限<\/dt>\s*<dd>[^<]*30个工作日/);
  expect(overview).toContain('<a href="/forms/application/">申请书</a>');
  expect(html.indexOf('<dl class="overview">')).toBeLessThan(html.indexOf('class="prose"'));
});

test('a form is a sheet of blanks and tables, without a script', async () => {
  const { html } = await renderPage('/forms/application/');
  expect(html).toContain('<article class="paper">');
  expect(html).toMatch(/<h1 class="paper-title">社会救助申请书<\/h1>/);
  expect(html.match(/<span class="blank blank-\d">/g)?.length).toBeGreaterThan(8);
  expect(html).toMatch(/<table class="lines-table">[\s\S]*<th scope="col">与申请人关系<\/th>/);
  expect(html.match(/<tbody>[\s\S]*<\/tbody>/)?.[0].match(/<tr>/g)).toHaveLength(5);
  expect(html).not.toContain('____');
  expect(html).not.toContain('<script');
});

test('texts are found at the address of their section only', async () => {
  const wrong = [
    '/forms/dibao/',
    '/policies/application/',
    '/procedures/proxy/',
    '/policies/about/',
  ];
  const answers = await Promise.all(wrong.map((path) => renderPage(path)));
  expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 404));
});

test('a portal without policies and forms says where to ask', async () => {
  const read = openSampleFiles({ texts: { '': { texts: [] } } });
  expect((await renderPage('/policies/', read)).html).toContain('正在整理');
  expect((await renderPage('/forms/', read)).html).toContain('窗口领取');
});

test('what was published before texts had an overview is shown as it is', async () => {
  const { overview: _, document: __, ...older } = (await openSampleFiles()('text', 'about'))!;
  const read = openSampleFiles();
  const over = (async (kind: 'text', code?: string) =>
    kind === 'text' && code === 'about' ? older : read(kind, code)) as unknown as typeof read;
  expect((await renderPage('/about/', over)).status).toBe(200);
});

test('policies that staff added are news, and search engines find policies and forms', async () => {
  const { html } = await renderPage('/feed.xml');
  expect(html).toContain('政策法规：最低生活保障审核确认办法');
  expect(html).not.toContain('政策法规：中华人民共和国社会救助法');
  const paths = await listSamplePaths();
  expect(paths).toEqual(expect.arrayContaining(['/policies/', '/forms/', '/forms/objection/']));
  const { html: map } = await renderPage('/sitemap.xml');
  expect(map).toContain('/policies/social-assistance-law/');
});
