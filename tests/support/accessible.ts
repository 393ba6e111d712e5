import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
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

/** What is wrong with the page that is open: rules of WCAG it breaks, and how far it or a table is too wide. */
export async function judge(page: Page, name: string): Promise<string[]> {
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

export async function judgeBoth(page: Page, name: string): Promise<string[]> {
  await page.setViewportSize(NARROW);
  const narrow = await judge(page, `${name} (narrow)`);
  await page.setViewportSize(WIDE);
  return [...narrow, ...(await judge(page, `${name} (wide)`))];
}
