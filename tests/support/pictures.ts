import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { VILLAGE } from './complaints.ts';
import { fillForm } from './complain.ts';

/** A picture of the guides: a page of the demo as one person sees it. */
export type Picture = {
  /** The file in docs/pictures, without its ending. */
  name: string;
  path: string;
  /** Who is signed in; a citizen where absent. */
  login?: string;
  /** What is done on the page before the picture. */
  act?: (page: Page) => Promise<void>;
  /** Pixels of the page that are shown; a phone's where narrow. */
  height?: number;
  narrow?: boolean;
};

const LIST = fileURLToPath(
  new URL('../../scripts/specimens/layout-d-defects.xlsx', import.meta.url),
);

/** In the order in which they are taken: what one does is seen by the next. */
export const PICTURES: readonly Picture[] = [
  { name: 'home', path: '/', height: 900 },
  { name: 'village', path: `/places/${VILLAGE}/`, height: 900 },
  { name: 'statistics', path: '/statistics/', height: 900 },
  { name: 'complaint', path: '/complaints/', narrow: true, height: 720 },
  {
    name: 'check',
    path: '/complaints/new',
    act: (page) => fillForm(page, VILLAGE, STALLING),
    narrow: true,
    height: 720,
  },
  { name: 'sign-in', path: '/staff/sign-in/', height: 560 },
  { name: 'start', path: '/staff/', login: 'section-chief' },
  { name: 'upload', path: '/staff/lists/new/', login: 'publisher' },
  {
    name: 'upload-file',
    path: '/staff/lists/new/',
    login: 'publisher',
    act: uploadList,
    height: 900,
  },
  { name: 'review', path: '/staff/lists/', login: 'reviewer', act: openReview },
  { name: 'publication', path: '/staff/publication/', login: 'publisher' },
  { name: 'boards', path: '/staff/boards/', login: 'publisher' },
  { name: 'board-sheet', path: '/staff/boards/', login: 'publisher', act: openSheet },
  { name: 'cases', path: '/staff/cases/', login: 'publisher' },
  { name: 'directory-standards', path: '/staff/standards/', login: 'publisher' },
  { name: 'directory-texts', path: '/staff/texts/', login: 'publisher' },
  { name: 'changes', path: '/staff/changes/', login: 'reviewer' },
  { name: 'health', path: '/staff/health/', login: 'publisher', height: 900 },
  { name: 'queue', path: '/staff/leads/', login: 'triage' },
  { name: 'lead', path: '/staff/leads/', login: 'triage', act: openTriaged, height: 1100 },
  { name: 'lead-steps', path: '/staff/leads/', login: 'triage', act: openStep },
  { name: 'registration', path: '/staff/leads/new/', login: 'intake', height: 900 },
  { name: 'due', path: '/staff/leads/due/', login: 'section-chief', height: 560 },
  { name: 'referral', path: '/staff/referrals/', login: 'leader', act: openFirst, height: 900 },
  { name: 'ledgers', path: '/staff/ledgers/', login: 'section-chief' },
  { name: 'relatives', path: '/staff/relatives/', login: 'liaison' },
  { name: 'routing', path: '/staff/routing/', login: 'leader' },
  { name: 'hotlines', path: '/staff/hotlines/', login: 'hotline', height: 900 },
  { name: 'people', path: '/staff/people/', login: 'security' },
  { name: 'settings', path: '/staff/site/', login: 'security' },
  { name: 'keys', path: '/staff/keys/', login: 'liaison', height: 620 },
  { name: 'calendar', path: '/staff/calendar/', login: 'security' },
  { name: 'audit', path: '/staff/audit/', login: 'auditor' },
];

const STALLING = {
  problem: '推来推去',
  role: '乡镇（街道）经办人员',
  body: '青山镇人民政府',
  text: '镇里的经办人让我来回跑了五趟，材料一次比一次多，三个月还没有受理。',
};

async function openFirst(page: Page): Promise<void> {
  await page.locator('tbody a').first().click();
  await page.waitForLoadState();
}

async function scrollTo(page: Page, selector: string): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate((element) => element.scrollIntoView());
}

async function openReview(page: Page): Promise<void> {
  await openFirst(page);
  await scrollTo(page, '#review');
}

async function openSheet(page: Page): Promise<void> {
  await openFirst(page);
  await scrollTo(page, '.sheet');
}

/** The lead that is read and not yet handed on. */
async function openTriaged(page: Page): Promise<void> {
  await page.locator('tbody tr', { hasText: '甄别中' }).getByRole('link').first().click();
  await page.waitForLoadState();
}

async function openStep(page: Page): Promise<void> {
  await openTriaged(page);
  await page
    .locator('.step summary', { hasText: /^\s*受理/ })
    .first()
    .click();
  await scrollTo(page, 'h2:has-text("可以办理的事项")');
}

async function uploadList(page: Page): Promise<void> {
  await page.getByLabel('在保名单', { exact: true }).check();
  await page.getByLabel('救助类型').selectOption('RURAL_DIBAO');
  await page.getByLabel('名单的月份').fill('2026-11');
  const reviewers = page.getByLabel('由谁审查');
  await reviewers.selectOption({ label: '示范区民政局' });
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByLabel('名单（家庭表）').setInputFiles(LIST);
  await page.getByRole('button', { name: '上传' }).click();
  await page.getByRole('heading', { name: '文件里需要看的地方' }).waitFor();
  await scrollTo(page, '#problems');
}
