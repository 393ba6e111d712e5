import type { Page } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publish } from '#publishing/publish.ts';
import { expectStatus, postJson } from '#scripts/portal-client.ts';
import { csvOf, idOf } from '#support/lists.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

const ADDRESS = 'https://dibao.example.gov.cn';
const VILLAGE = '990101100202';
const BUREAU = 'bureau-990101000000';
/** Width between the margins of A4, in CSS pixels (a 96th of an inch). */
const A4_WIDTH = Math.floor(((210 - 28) / 25.4) * 96);
const MM = 96 / 25.4;

let portal: RunningPortal;
let sheet: string;
beforeAll(async () => {
  portal = await runPortal();
  sheet = await publishList();
});
afterAll(async () => portal.close());

/** Sixty households of one village, live at an address. */
async function publishList(): Promise<string> {
  const [cookie, reviewer] = [
    await portal.signInCall('publisher'),
    await portal.signInCall('reviewer'),
  ];
  const households = Array.from({ length: 60 }, (_, index) => ({
    village: '东河村',
    name: `施暮${'春夏秋冬'.at(index % 4) ?? ''}`,
    id: idOf('19550101', 100 + index),
  }));
  const form = new FormData();
  const facts = { aidType: 'RURAL_DIBAO', period: '2026-10' };
  for (const [name, value] of Object.entries({ ...facts, reviewBodyCode: BUREAU })) {
    form.set(name, value);
  }
  form.set('file', new Blob([csvOf(households)]), 'list.csv');
  const init = { method: 'POST', headers: { cookie }, body: form };
  const uploaded = await portal.call('/api/staff/batches', init);
  await expectStatus(uploaded, 201);
  const { id } = (await uploaded.json()) as { id: string };
  const decision = { decision: 'approve', disclosureReview: true };
  const path = `/api/staff/batches/${id}/decision`;
  await expectStatus(await postJson(portal.call, path, decision, reviewer), 204);
  const { context } = portal;
  await publish({ ...context, config: { ...context.config, publicUrl: ADDRESS } });
  return `/staff/boards/${id}/${VILLAGE}/`;
}

/** The picture of an element, as what a decoder takes. */
async function readPicture(page: Page, selector: string) {
  const picture = await page.locator(selector).screenshot({ type: 'png' });
  const blank = await page.context().newPage();
  const { width, data } = await blank.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const pixels = context?.getImageData(0, 0, image.width, image.height);
    return { width: image.width, data: [...(pixels?.data ?? [])] };
  }, picture.toString('base64'));
  await blank.close();
  return { width, height: data.length / 4 / width, data: new Uint8ClampedArray(data) };
}

test('the code on the printed sheet leads a phone to the living page', async () => {
  const { window, page } = await portal.signInWindow('township-qingshan');
  const complaints = watchConsole(page);
  await page.goto(sheet);
  await page.emulateMedia({ media: 'print' });
  const box = await page.locator('.qr-code').boundingBox();
  expect(box?.width).toBeGreaterThan(30 * MM);
  expect(decodeQR(await readPicture(page, '.qr-code'))).toBe(`${ADDRESS}/v/100202`);
  const answer = await portal.call('/v/100202', { redirect: 'manual' });
  expect(answer.headers.get('location')).toBe(`/places/${VILLAGE}/`);
  expect(complaints).toEqual([]);
  await window.close();
});

test('in print the sheet stands alone and fits the paper', async () => {
  const { window, page } = await portal.signInWindow('township-longwan');
  expect((await page.goto(sheet))?.status()).toBe(404);
  await window.close();
  const own = await portal.signInWindow('publisher');
  for (const size of ['a4', 'a3'] as const) {
    await own.page.goto(`${sheet}?size=${size}`);
    await own.page.setViewportSize({
      width: Math.floor(A4_WIDTH * (size === 'a4' ? 1 : 1.4)),
      height: 900,
    });
    await own.page.emulateMedia({ media: 'print' });
    const excess = await own.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(excess).toBeLessThanOrEqual(0);
    expect(await own.page.locator('.staff-header').isVisible()).toBe(false);
    expect(await own.page.getByRole('heading', { level: 1 }).isVisible()).toBe(false);
    expect(await own.page.locator('.sheet').isVisible()).toBe(true);
    await own.page.emulateMedia({ media: null });
  }
  await own.window.close();
});

test.each([
  ['a4', '[0 0 594.95996 841.91998]'],
  ['a3', '[0 0 841.91998 1191.12]'],
])('sixty households print on some pages of %s', async (size, box) => {
  const { window, page } = await portal.signInWindow('reviewer');
  await page.goto(`${sheet}?size=${size}`);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(1);
  expect(pages).toBeLessThan(6);
  const boxes = pdf.match(/MediaBox\s*\[[^\]]*\]/g) ?? [];
  expect(new Set(boxes)).toEqual(new Set([`MediaBox ${box}`]));
  await window.close();
});
