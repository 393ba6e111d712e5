import { expect, test } from 'vitest';
import { listFirstTexts } from '#rules/first-texts/list.ts';
import { TextFile } from '#rules/public-directory.ts';
import { toSafeHref } from '#rules/safe-href.ts';
import { openSampleFiles, publicTextOf } from './public-files.ts';
import { renderPage } from './render.ts';

async function renderText(markdown: string): Promise<string> {
  const read = openSampleFiles({
    text: {
      about: {
        publisher: '示范区民政局',
        legalBasis: ['《中华人民共和国社会救助法》'],
        updatedOn: '2026-11-05',
        slug: 'about',
        title: '关于本站',
        markdown,
        overview: [],
        document: null,
      },
    },
  });
  const { html } = await renderPage('/about/', read);
  return html.slice(
    html.indexOf('<div class="prose">'),
    html.indexOf('<section class="provenance"'),
  );
}

test('raw HTML in a text is shown as text', async () => {
  const html = await renderText(
    '<script>alert(1)</script>\n\n正文 <img src=x onerror=alert(1)> 完',
  );
  expect(html).not.toMatch(/<script|<img/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

test('headings begin at level 2 whatever the writer chose', async () => {
  const top = await renderText('# 甲\n\n## 乙');
  const low = await renderText('### 甲\n\n#### 乙');
  for (const html of [top, low]) {
    expect(html).toMatch(/<h2>甲<\/h2>/);
    expect(html).toMatch(/<h3>乙<\/h3>/);
  }
});

test('lists, emphasis, quotes and links come through', async () => {
  const html = await renderText(
    '3. **甲**\n4. *乙*\n\n> 引文\n\n[电话](tel:12345) [标准](/standards/)',
  );
  expect(html).toMatch(/<ol start="3">\s*<li><strong>甲<\/strong><\/li>/);
  expect(html).toContain('<em>乙</em>');
  expect(html).toMatch(/<blockquote>\s*<p>引文<\/p>/);
  expect(html).toContain('<a href="tel:12345">电话</a>');
  expect(html).toContain('<a href="/standards/">标准</a>');
});

test('a link that could run code keeps its words only', async () => {
  const html = await renderText('[点我](javascript:alert%281%29) [文件](data:text/html,x)');
  expect(html).toContain('点我');
  expect(html).not.toContain('<a');
});

test('only http, https, tel and this site are linked', () => {
  expect(toSafeHref('https://www.gov.cn/')).toBe('https://www.gov.cn/');
  expect(toSafeHref('/hotlines/')).toBe('/hotlines/');
  expect(toSafeHref('#places')).toBe('#places');
  expect(toSafeHref('JaVa\nScript:alert(1)')).toBeUndefined();
  expect(toSafeHref('mailto:a@example.cn')).toBeUndefined();
  expect(toSafeHref('vbscript:x')).toBeUndefined();
});

test('the texts a portal starts with pass the airlock and name the bureau', () => {
  const texts = listFirstTexts({ countyName: '示范区', bureauName: '示范区民政局' });
  for (const { slug, legalBasis, ...text } of texts) {
    const provenance = { publisher: '示范区民政局', updatedOn: '2026-11-20', legalBasis };
    const file = TextFile.parse({ ...provenance, slug, ...publicTextOf(text) });
    expect(file.document === null).toBe(text.section !== 'policy');
  }
  expect(texts.map((text) => text.slug)).toEqual(
    expect.arrayContaining(['dibao', 'tekun', 'temp-aid', 'about', 'privacy', 'complaints']),
  );
  expect(texts.filter((text) => text.markdown.includes('示范区民政局')).length).toBeGreaterThan(4);
});

test('a missing text is announced, an unknown procedure is not found', async () => {
  const about = await renderPage('/about/', openSampleFiles({ text: { about: null } }));
  expect(about.status).toBe(200);
  expect(about.html).toContain('内容正在编写');
  expect((await renderPage('/procedures/about/')).status).toBe(404);
});
