import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPublicReader } from '#publishing/public-reader.ts';
import { listPages } from '#rules/public-pages.ts';
import { STALLING } from '#support/complaints.ts';
import { fillForm, goOn, sendFilled } from '#support/complain.ts';
import { watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';
import { NARROW, WIDE, judge, judgeBoth, runPublishedPortal } from '#support/accessible.ts';

const VILLAGE = '990101100203';
/** It has a running notice. */
const NOTICE_VILLAGE = '990101100204';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPublishedPortal();
});
afterAll(async () => portal.close());

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
    cases: (await read('cases'))?.cases ?? [],
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
}, 240_000);

test.each([
  { choices: ['长辈版'], back: '标准版' },
  { choices: ['特大字', '高对比'], back: '普通颜色' },
])('$choices is accessible and fits a narrow phone', async ({ choices, back }) => {
  const { window, page, complaints } = await openPage();
  await page.goto('/');
  for (const name of choices) await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: back }).waitFor();
  const found: string[] = [];
  const paths = [
    ...['/', `/places/${VILLAGE}/`, '/standards/', '/statistics/'],
    ...['/search/', '/complaints/new'],
  ];
  for (const path of paths) {
    await page.goto(path);
    found.push(...(await judgeBoth(page, path)));
    // A wide window at 200 %.
    await page.setViewportSize({ width: WIDE.width / 2, height: WIDE.height / 2 });
    found.push(...(await judge(page, `${path} (200 %)`)));
  }
  const { height } = (await page.getByRole('button', { name: back }).boundingBox())!;
  expect(height).toBeGreaterThanOrEqual(60);
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
  const told = { text: STALLING.text, problem: '推来推去', role: '县（区）领导' };
  await fillForm(page, VILLAGE, told);
  found.push(...(await judgeBoth(page, 'check')));
  const named = [
    'class',
    'problem',
    'here',
    'accused',
    'others',
    'text',
    'details',
    'evidence',
    'mode',
  ];
  for (const step of [...named, 'behalf']) {
    await page.goto(`/complaints/new?step=${step}`);
    found.push(...(await judgeBoth(page, step)));
  }
  await page.goto('/complaints/new?step=check');
  await sendFilled(page);
  found.push(...(await judgeBoth(page, 'receipt')));
  await page.goto('/complaints/slip');
  found.push(...(await judgeBoth(page, 'slip')));
  await page.goto('/complaints/receipt');
  await page.getByRole('button', { name: '查看进度' }).click();
  await page.getByText('办到哪一步').waitFor();
  found.push(...(await judgeBoth(page, 'follow-up')));
  expect(found).toEqual([]);
  expect(complaints).toEqual([]);

  await page.goto('/complaints/new');
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByText('有错误需要更正').waitFor();
  found.push(...(await judgeBoth(page, 'form with errors')));
  await page.getByRole('radio', { name: '举报' }).check();
  await goOn(page, '是什么问题');
  await page.getByRole('checkbox', { name: '推来推去' }).check();
  await goOn(page, '发生在哪个乡镇（街道）');
  found.push(...(await judgeBoth(page, 'towns')));
  await page.getByRole('radio', { name: '青山镇' }).check();
  await goOn(page, '发生在哪个村（社区）');
  expect([...found, ...(await judgeBoth(page, 'villages'))]).toEqual([]);
  await window.close();
});
