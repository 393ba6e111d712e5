import { readFile } from 'node:fs/promises';
import axe from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { publishNow } from '#scripts/demo-content.ts';
import { expectStatus, postJson } from '#scripts/portal-client.ts';
import { runPortal } from './running-portal.ts';
import type { RunningPortal } from './running-portal.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
export const NARROW = { width: 320, height: 640 };
export const WIDE = { width: 1280, height: 900 };
/** Defects and all, so that the page of the list shows every table it has. */
const SPECIMENS = new URL('../../scripts/specimens/', import.meta.url);
const FILES = [
  { file: 'layout-d-defects.xlsx', kind: 'LIST' },
  { file: 'review-notice.csv', kind: 'REVIEW_NOTICE' },
];

/** A running portal with a list and a notice on its site. */
export async function runPublishedPortal(): Promise<RunningPortal> {
  const portal = await runPortal();
  await publishLists(portal);
  return portal;
}

async function publishLists(portal: RunningPortal) {
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

/**
 * The rules of WCAG the page breaks. Axe's own helper for Playwright says the same, and takes five times as long:
 * it opens a blank page for each analysis and reads its half megabyte into both.
 */
async function findViolations(page: Page): Promise<Violation[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (values) => {
    const { axe: inPage } = window as unknown as { axe: AxeInPage };
    const runOnly = { type: 'tag' as const, values };
    const { violations } = await inPage.run(document, { runOnly, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => ({ id, target: nodes[0]?.target.join(' ') ?? '' }));
  }, TAGS);
}
type AxeInPage = { run(context: Document, options: RunOptions): Promise<AxeResults> };
type Violation = { id: string; target: string };

/** What is wrong with the page that is open: rules of WCAG it breaks, and how far it or a table is too wide. */
export async function judge(page: Page, name: string): Promise<string[]> {
  const violations = await findViolations(page);
  const broken = violations.map(({ id, target }) => `${name}: ${id} at ${target}`);
  const excess = await page.evaluate(() => {
    const boxes = [document.documentElement, ...document.querySelectorAll('.table-frame')];
    return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
  });
  if (excess > 0) broken.push(`${name}: ${excess}px too wide`);
  const covered = await findCoveredLabels(page);
  return [...broken, ...covered.map((label) => `${name}: no room for the label ${label}`)];
}

/** Labels of a folded table whose cell is lower than a line, so that they cover what comes next. */
async function findCoveredLabels(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cells = [...document.querySelectorAll<HTMLElement>('.records td[data-label]')];
    const isLow = (cell: HTMLElement) => {
      const { display, fontSize } = getComputedStyle(cell);
      const isFolded = !['table-cell', 'none'].includes(display) && cell.offsetParent !== null;
      return isFolded && cell.offsetHeight < Number.parseFloat(fontSize);
    };
    return cells.filter(isLow).map((cell) => cell.dataset['label'] ?? '');
  });
}

export async function judgeBoth(page: Page, name: string): Promise<string[]> {
  await page.setViewportSize(NARROW);
  const narrow = await judge(page, `${name} (narrow)`);
  await page.setViewportSize(WIDE);
  return [...narrow, ...(await judge(page, `${name} (wide)`))];
}
