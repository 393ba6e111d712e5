import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { listPages } from '#rules/public-pages.ts';
import { publishNow } from '#scripts/demo-content.ts';
import { expectStatus, postJson } from '#scripts/portal-client.ts';
import { STALLING } from '#support/complaints.ts';
import { csvOf, idOf } from '#support/lists.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 900 };
const VILLAGE = '990101100203';
/** Defects and all, so that the page of the list shows every table it has. */
const SPECIMENS = new URL('../../scripts/specimens/', import.meta.url);
const FILES = [
  { file: 'layout-d-defects.xlsx', kind: 'LIST' },
  { file: 'review-notice.csv', kind: 'REVIEW_NOTICE' },
];
/** It has a running notice. */
const NOTICE_VILLAGE = '990101100204';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
  await publishLists();
});
afterAll(async () => portal.close());

async function publishLists() {
  const [cookie, reviewer] = [
    await portal.signInCall('publisher'),
    await portal.signInCall('reviewer'),
  ];
  const options = await portal.call('/api/staff/batches/options', { headers: { cookie } });
  const [body] = ((await options.json()) as Options).bodies;
  for (const { file, kind } of FILES) {
    const form = new FormData();
    form.set('bodyCode', body?.code ?? '');
    form.set('reviewBodyCode', body?.reviewBodies[0]?.code ?? '');
    form.set('aidType', 'RURAL_DIBAO');
    form.set('period', '2026-10');
    form.set('kind', kind);
    form.set('file', new Blob([await readFile(new URL(file, SPECIMENS))]), file);
    const init = { method: 'POST', headers: { cookie }, body: form };
    const uploaded = await portal.call('/api/staff/batches', init);
    await expectStatus(uploaded, 201);
    const { id } = (await uploaded.json()) as { id: string };
    const decision = { decision: 'approve', disclosureReview: true };
    const path = `/api/staff/batches/${id}/decision`;
    await expectStatus(await postJson(portal.call, path, decision, reviewer), 204);
  }
  await publishNow(portal.call, cookie);
}
type Options = { bodies: { code: string; reviewBodies: { code: string }[] }[] };

/** What is wrong with the page that is open: rules of WCAG it breaks, and how far it or a table is too wide. */
async function judge(page: Page, name: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const broken = violations.map(
    ({ id, nodes }) => `${name}: ${id} at ${nodes[0]?.target.join(' ')}`,
  );
  const excess = await page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('.table-frame')];
    return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
  });
  return excess > 0 ? [...broken, `${name}: ${excess}px too wide`] : broken;
}

async function judgeBoth(page: Page, name: string): Promise<string[]> {
  await page.setViewportSize(NARROW);
  const narrow = await judge(page, `${name} (narrow)`);
  await page.setViewportSize(WIDE);
  return [...narrow, ...(await judge(page, `${name} (wide)`))];
}

async function openPage(viewport = NARROW) {
  const window = await portal.openWindow({ viewport });
  const page = await window.newPage();
  return { window, page, complaints: watchConsole(page) };
}

/** One page of each kind. */
function isOfItsKind(path: string): boolean {
  return (
    [VILLAGE, NOTICE_VILLAGE, '/notices/'].some((part) => path.includes(part)) || !/\d/.test(path)
  );
}

async function listPublicPaths(): Promise<string[]> {
  const read = createPublicReader(join(portal.dataDir, 'public'));
  const [places, texts] = [await read('places'), await read('texts')];
  const notices = await read('notices');
  const pages = listPages({
    places: places?.places ?? [],
    texts: texts?.texts ?? [],
    notices: notices?.notices ?? [],
    former: (await read('formerPlaces'))?.places ?? [],
  }).map(({ path }) => path);
  return pages.filter((path) => path.endsWith('/'));
}

test('every public page is accessible and fits a narrow phone', async () => {
  const paths = await listPublicPaths();
  expect(paths).toContain(`/places/${VILLAGE}/`);
  const { window, page, complaints } = await openPage();
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    found.push(...(await judge(page, path)));
  }
  await page.setViewportSize(WIDE);
  for (const path of paths.filter((each) => isOfItsKind(each))) {
    await page.goto(path);
    found.push(...(await judge(page, path)));
  }
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
  await page.goto('/places/nowhere/');
  expect(await judge(page, 'not found')).toEqual([]);
  await window.close();
});

test.each(['长辈版', '高对比'])('%s is accessible and fits a narrow phone', async (choice) => {
  const { window, page, complaints } = await openPage();
  await page.goto('/');
  await page.getByRole('button', { name: choice }).click();
  await page.getByRole('button', { name: '标准版' }).waitFor();
  const found: string[] = [];
  const paths = ['/', `/places/${VILLAGE}/`, '/standards/', '/hotlines/', '/complaints/new'];
  for (const path of paths) {
    await page.goto(path);
    found.push(...(await judgeBoth(page, path)));
  }
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
  await window.close();
});

test('a complaint is accessible from the start page to the follow-up', async () => {
  const { window, page, complaints } = await openPage();
  const found: string[] = [];
  for (const path of ['/complaints/', '/complaints/follow-up', '/staff/sign-in']) {
    await page.goto(path);
    found.push(...(await judgeBoth(page, path)));
  }
  await page.goto(`/complaints/correction?place=${VILLAGE}`);
  found.push(...(await judgeBoth(page, 'correction')));
  await page.goto(`/complaints/new?place=${VILLAGE}`);
  found.push(...(await judgeBoth(page, 'form')));
  await page.getByLabel('发生了什么').fill(STALLING.text);
  await page.getByRole('radio', { name: '举报' }).check();
  await page.getByRole('checkbox', { name: '推来推去' }).check();
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('heading', { name: '核对后提交' }).waitFor();
  found.push(...(await judgeBoth(page, 'check')));
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.waitForURL('**/complaints/receipt');
  found.push(...(await judgeBoth(page, 'receipt')));
  await page.getByRole('button', { name: '查看进度' }).click();
  await page.getByText('办到哪一步').waitFor();
  found.push(...(await judgeBoth(page, 'follow-up')));
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);

  await page.goto('/complaints/new');
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByText('有错误需要更正').waitFor();
  expect(await judgeBoth(page, 'form with errors')).toEqual([]);
  await window.close();
});

test('the pages of staff are accessible and their tables fold on a phone', async () => {
  const found: string[] = [];
  const intake = await portal.signInWindow('intake');
  const complaints = watchConsole(intake.page);
  await intake.page.goto('/staff/leads/');
  found.push(...(await judgeBoth(intake.page, 'queue')));
  await intake.page.locator('tbody a').first().click();
  await intake.page.getByRole('heading', { name: '办理经过' }).waitFor();
  for (const step of await intake.page.locator('summary').all()) await step.click();
  found.push(...(await judgeBoth(intake.page, 'lead')));
  await intake.window.close();

  const { window, page } = await portal.signInWindow('publisher');
  complaints.push(...watchConsole(page));
  for (const path of [
    '/',
    '/lists/',
    '/lists/new/',
    '/publication/',
    '/boards/',
    '/health/',
    '/people/',
  ]) {
    await page.goto(`/staff${path}`);
    found.push(...(await judgeBoth(page, `/staff${path}`)));
  }
  await page.goto('/staff/lists/');
  await page.locator('tbody a').first().click();
  await page.getByRole('link', { name: '预览' }).waitFor();
  found.push(...(await judgeBoth(page, 'list')));
  await page.getByRole('link', { name: '预览' }).click();
  await page.getByText('预览，尚未公开').waitFor();
  found.push(...(await judgeBoth(page, 'preview of a village')));
  await page.goto('/staff/boards/');
  await page.locator('tbody a').first().click();
  await page.getByRole('heading', { name: '打印公示栏名单' }).waitFor();
  found.push(...(await judgeBoth(page, 'board sheet')));
  await window.close();
  const security = await portal.signInWindow('security');
  await security.page.goto('/staff/boards/settings/');
  found.push(...(await judgeBoth(security.page, 'board settings')));
  await security.window.close();
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
});

test('changes of single households are accessible from the proposal to the history', async () => {
  const found: string[] = [];
  const { window, page } = await portal.signInWindow('publisher');
  const complaints = watchConsole(page);
  // A notice's households are not corrected one by one.
  await page.goto('/staff/lists/?kind=LIST');
  await page.locator('tbody a').first().click();
  await page
    .getByRole('link', { name: /^撤下\s*第/ })
    .last()
    .click();
  await page.getByLabel('信息有误').check();
  await page.getByRole('button', { name: '确认撤下' }).click();
  await page.goto('/staff/lists/?kind=LIST');
  await page.locator('tbody a').first().click();
  await page.getByRole('link', { name: '提出单户的退出或更正' }).click();
  await page.getByRole('button', { name: '继续' }).click();
  found.push(...(await judgeBoth(page, 'change with errors')));
  await page.getByRole('checkbox').first().check();
  await page.getByLabel('退出', { exact: true }).check();
  await page.getByLabel('退出的原因').selectOption({ label: '死亡' });
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('heading', { name: '核对后提交' }).waitFor();
  found.push(...(await judgeBoth(page, 'change, check')));
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByText('等另一位人员审核').waitFor();
  found.push(...(await judgeBoth(page, 'changes of the publisher')));
  await page.goto('/staff/changes/protected/');
  await page.getByRole('button', { name: '登记' }).click();
  found.push(...(await judgeBoth(page, 'register')));
  await window.close();

  const reviewer = await portal.signInWindow('reviewer');
  await reviewer.page.goto('/staff/changes/');
  found.push(...(await judgeBoth(reviewer.page, 'changes of the reviewer')));
  await reviewer.page.getByRole('checkbox').first().check();
  await reviewer.page.getByRole('button', { name: '通过勾选的更改' }).click();
  await reviewer.page.getByText('已通过，正在更新网站').waitFor();
  await reviewer.page.getByRole('button', { name: '恢复公开' }).first().click();
  await reviewer.page.getByText('已恢复').first().waitFor();
  found.push(...(await judgeBoth(reviewer.page, 'history of changes')));
  await reviewer.window.close();
  expect(found).toEqual([]);
  // A form that is refused answers 422, which Chromium notes.
  expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
});

test('the pages of an upload are accessible and fit a narrow phone', async () => {
  const found: string[] = [];
  const { window, page } = await portal.signInWindow('publisher');
  const complaints = watchConsole(page);
  await page.goto('/staff/lists/new/');
  await page.getByLabel('审核公示').check();
  await page.getByLabel('公示天数').fill('10');
  found.push(...(await judgeBoth(page, 'notice')));
  await page.getByLabel('救助类型').selectOption('RURAL_DIBAO');
  await page.getByRole('button', { name: '继续' }).click();
  const file = csvOf([
    { village: '柳树村', name: '陆秋实', id: idOf('19570303') },
    { village: '老柳树屯', name: '段兰香', id: idOf('19560202') },
  ]);
  const upload = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(file) };
  await page.getByLabel('名单（家庭表）').setInputFiles(upload);
  found.push(...(await judgeBoth(page, 'file')));
  await page.getByRole('button', { name: '上传' }).click();
  await page.getByRole('heading', { name: '文件里需要看的地方' }).waitFor();
  found.push(...(await judgeBoth(page, 'list in review')));
  await page.getByRole('link', { name: '村（社区）的写法' }).click();
  await page.getByRole('button', { name: '确认这些写法' }).waitFor();
  found.push(...(await judgeBoth(page, 'spellings')));
  await window.close();
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);
});
