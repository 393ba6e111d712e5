import { describe, expect, test } from 'vitest';
import { FORMER_VILLAGE, VILLAGE } from './sample-county.ts';
import { listSamplePaths, renderPage } from './render.ts';

const published = await listSamplePaths();
const paths = published.filter((path) => /(\/|\.html)$/.test(path));
const reading = paths.filter((path) => path.endsWith('/'));

describe.each(paths)('%s', (path) => {
  test('is served whole, with one h1 and a title', async () => {
    const { status, html } = await renderPage(path);
    expect(status).toBe(path === '/404.html' ? 404 : 200);
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html).toMatch(/<title>.+示范区阳光低保<\/title>|<title>示范区阳光低保<\/title>/);
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('href="#main"');
  });

  test('holds no inline style or script and nothing from another site', async () => {
    const { html } = await renderPage(path);
    expect(html).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc="\/)|\son[a-z]+=/i);
    expect(html).not.toMatch(/(?:\ssrc|<link[^>]*href)="(?:https?:)?\/\//);
    expect(html).toContain('<link rel="stylesheet" href="/prefs.css">');
  });

  test('links only to pages that exist', async () => {
    const { html } = await renderPage(path);
    const links = [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !isKnown(link, html))).toEqual([]);
  });

  test('says that the data are invented and offers 长辈版 without JavaScript', async () => {
    const { html } = await renderPage(path);
    expect(html).toContain('演示数据');
    expect(html).toContain('action="/api/prefs"');
    const back = path.endsWith('.html') ? '/' : path;
    expect(html).toContain(`name="back" value="${back}"`);
  });
});

test.each(reading)(
  '%s names its publisher, basis, date and the way to correct it',
  async (path) => {
    const { html } = await renderPage(path);
    expect(html).toMatch(/发布机构<\/dt>\s*<dd[^>]*>示范区民政局/);
    expect(html).toMatch(/依据<\/dt>[\s\S]*《中华人民共和国/);
    expect(html).toMatch(/更新日期<\/dt>\s*<dd><time datetime="2026-1?\d?-?[\d-]+"/);
    const code = /^\/places\/(\d+)\/$/.exec(path)?.[1];
    const place = code === FORMER_VILLAGE ? VILLAGE : code;
    const correction = `/complaints/correction${place ? `?place=${place}` : ''}`;
    expect(html).toContain(`<a href="${correction}">信息有误或不应公开</a>`);
    expect(html).toContain('<meta name="SiteName" content="示范区阳光低保">');
    expect(html).toContain('<meta name="ContentSource" content="示范区民政局">');
  },
);

test('headings never skip a level', async () => {
  const skipped: string[] = [];
  for (const path of paths) {
    const { html } = await renderPage(path);
    const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map((match) => Number(match[1]));
    if (levels.some((level, index) => level > (levels[index - 1] ?? 0) + 1)) skipped.push(path);
  }
  expect(skipped).toEqual([]);
});

function isKnown(link: string, html: string): boolean {
  if (link.startsWith('#')) return html.includes(`id="${link.slice(1)}"`);
  if (/^(tel:[\d-]+|https:\/\/beian\.(miit|mps)\.gov\.cn\/)$/.test(link)) return true;
  if (/^https:\/\/(zfwzzc\.www|flk\.npc|www\.mca|www\.gjxfj)\.gov\.cn\//.test(link)) return true;
  const path = link.replace(/[?#].*$/, '');
  return published.includes(path) || /^\/(complaints|api|staff)(\/|$)/.test(path);
}
