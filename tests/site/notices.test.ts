import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openSampleFiles } from './public-files.ts';
import { NOTICE_VILLAGE, TOWN, VILLAGE } from './sample-county.ts';
import { renderPage } from './render.ts';

test('a village page shows its running notice: what it is, until when, its households', async () => {
  const { html } = await renderPage(`/places/${NOTICE_VILLAGE}/`);
  expect(html).toContain('还没有最后确认');
  expect(html).toMatch(/公示到<strong>2026年11月27日24时<\/strong>，从2026年11月18日9时30分开始/);
  expect(html).toContain('周*安');
  expect(html).toContain('1,020.50');
  expect(html).toContain('<meta name="robots" content="noindex, noarchive">');
});

test('each household of a notice can be objected to, and the notice as a whole', async () => {
  const { html } = await renderPage(`/places/${NOTICE_VILLAGE}/`);
  const objection = `/complaints/new?notice=running-notice&amp;place=${NOTICE_VILLAGE}`;
  const links = [...html.matchAll(/href="(\/complaints\/new\?notice[^"]*)"/g)].map((m) => m[1]);
  expect(links).toEqual([`${objection}&amp;row=1`, `${objection}&amp;row=3`, objection]);
});

test('the hash of a notice can be recomputed from its page, each line ending with a tab', async () => {
  const { html } = await renderPage(`/places/${NOTICE_VILLAGE}/`);
  const [, salt, hash] = [...html.matchAll(/<dd>([^<]+)<\/dd>/g)].map((match) => match[1]);
  const text = `${salt}\n1\t周*安\t2\t640.00\t\n3\t吴*\t1\t380.50\t`;
  expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
});

test('a running notice leads to its villages, an ended one says when it ran', async () => {
  const running = await renderPage('/notices/running-notice/');
  expect(running.html).toContain(`href="/places/${NOTICE_VILLAGE}/#notice-running-notice"`);
  expect(running.html).toContain('/complaints/new?notice=running-notice');
  const ended = await renderPage('/notices/ended-notice/');
  expect(ended.html).toContain('公示已结束');
  expect(ended.html).toContain('2026年10月12日9时至2026年10月19日24时');
  expect(ended.html).toContain('2 户，3 人');
  expect(ended.html).not.toContain('/complaints/new?notice');
  expect((await renderPage('/notices/withdrawn-notice/')).html).toContain('公示已撤下');
  expect((await renderPage('/notices/no-such-notice/')).status).toBe(404);
});

test('a notice of one village says which when somebody objects', async () => {
  const running = await openSampleFiles()('notice', 'running-notice');
  if (!running) throw new Error('no such notice');
  const [place] = running.places;
  const one = { ...running, places: running.places.filter((each) => each === place) };
  const two = { ...running, places: [place, { ...place, code: VILLAGE }] } as typeof running;
  async function hrefOf(notice: typeof running) {
    const read = openSampleFiles({ notice: { 'running-notice': notice } });
    const { html } = await renderPage('/notices/running-notice/', read);
    return /href="(\/complaints\/new[^"]*)"/.exec(html)?.[1];
  }
  const plain = '/complaints/new?notice=running-notice';
  expect(await hrefOf(one)).toBe(`${plain}&amp;place=${NOTICE_VILLAGE}`);
  expect(await hrefOf(two)).toBe(plain);
});

test('the index tells running notices before those that ended; without any it says so', async () => {
  const { html } = await renderPage('/notices/');
  expect(html.indexOf('正在公示')).toBeGreaterThan(0);
  expect(html.indexOf('/notices/running-notice/')).toBeGreaterThan(html.indexOf('正在公示'));
  expect(html.indexOf('公示已结束')).toBeGreaterThan(html.indexOf('/notices/running-notice/'));
  expect(html.indexOf('/notices/ended-notice/')).toBeGreaterThan(html.indexOf('公示已结束'));
  const none = await renderPage('/notices/', openSampleFiles({ notices: { '': null } }));
  expect(none.html).toContain('目前没有正在公示的事项');
});

test('home and the township lead to running notices, another village does not', async () => {
  const home = await renderPage('/');
  expect(home.html).toContain('<a href="/notices/">正在公示的审核确认事项 1 份</a>');
  const town = await renderPage(`/places/${TOWN}/`);
  expect(town.html).toContain('href="/notices/running-notice/"');
  expect(town.html).not.toContain('href="/notices/ended-notice/"');
  expect((await renderPage(`/places/${VILLAGE}/`)).html).not.toContain('running-notice');
});
