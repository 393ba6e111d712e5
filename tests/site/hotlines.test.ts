import { expect, test } from 'vitest';
import type { PublicReader } from '#rules/publication.ts';
import { openSampleFiles } from './public-files.ts';
import { renderPage } from './render.ts';

const words = (html: string) => html.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ');

test('each number tells its last test, also that it is old or was never made', async () => {
  const text = words((await renderPage('/hotlines/')).html);
  expect(text).toContain('0000-8000001 2026年11月18日拨测：12秒接通');
  expect(text).toContain('0000-8000002 还没有拨测过');
  expect(text).toMatch(/2026年10月12日第三方拨测：未接通 ?已超过30天未拨测/);
});

test('only the duty of this week is told', async () => {
  const text = words((await renderPage('/hotlines/')).html);
  expect(text).toMatch(/本周值班： ?11月16日至20日 8:30-17:30 民政办值班室/);
  expect(text).not.toContain('党政办值班室');
});

test('the page says what a caller may expect, and which townships publish no number', async () => {
  const text = words((await renderPage('/hotlines/')).html);
  expect(text).toContain('打电话以后');
  expect(text).toContain('云水街道还没有公布监督电话，请拨打县（区）级电话。');
  const files = openSampleFiles();
  const read: PublicReader = async (kind, code) =>
    kind === 'hotlineCare' ? null : files(kind, code);
  expect(words((await renderPage('/hotlines/', read)).html)).toContain('0000-8000001 还没有拨测过');
});
