import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { VILLAGE } from '#support/complaints.ts';
import { fillForm, sendFilled } from '#support/complain.ts';
import { makePhoto, makeRecording } from '#support/evidence.ts';
import { publishNow } from '#scripts/demo-content.ts';
import { runPortal } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

/** The form offers the places that are published. */
async function runPublished() {
  const portal = await runPortal();
  await publishNow(portal.call, await portal.signInCall('publisher'));
  return portal;
}

const TOLD = { problem: '推来推去', text: '去了镇上五次，每次都说材料不全，有录音。' };

async function choose(page: Page) {
  const photo = Buffer.from(await makePhoto());
  await page.getByLabel('有没有照片、录音、文件').setInputFiles([
    { name: '领条.jpg', mimeType: 'image/jpeg', buffer: photo },
    { name: '说明.exe', mimeType: 'image/jpeg', buffer: Buffer.from('MZ not a picture') },
    { name: '录音.amr', mimeType: 'audio/amr', buffer: Buffer.from(makeRecording(300_000)) },
  ]);
}

async function readEvidence(portal: RunningPortal, reference: string) {
  const headers = { cookie: await portal.signInCall('triage') };
  const answer = await portal.call(`/api/staff/leads/${reference}`, { headers });
  const { evidence } = (await answer.json()) as { evidence: { file: { name: string } }[] };
  return evidence.map(({ file }) => file.name);
}

test('files are sent as they are chosen, told what they carry, and one is refused while the rest goes on', async () => {
  const portal = await runPublished();
  const window = await portal.openWindow({ viewport: { width: 375, height: 720 } });
  const page = await window.newPage();
  await fillForm(page, VILLAGE, {
    ...TOLD,
    async files() {
      await choose(page);
      const list = page.locator('.uploads li');
      await list.filter({ hasText: '录音.amr' }).getByText('已上传').waitFor();
      expect(await list.filter({ hasText: '说明.exe' }).innerText()).toContain('类型');
      const photo = await list.filter({ hasText: '领条.jpg' }).innerText();
      expect(photo).toContain('拍摄地点（30.59276, 114.30525）');
    },
  });
  expect(await page.locator('main').innerText()).toContain('领条.jpg');
  const { reference } = await sendFilled(page);
  expect(await readEvidence(portal, reference)).toEqual(['领条.jpg', '录音.amr']);
  await portal.close();
});

test('a file that is chosen before the script of the page has come is sent when it comes', async () => {
  const portal = await runPublished();
  const window = await portal.openWindow();
  const page = await window.newPage();
  const script = Promise.withResolvers<void>();
  await page.route(/EvidenceQuestion.*\.js/, async (route) => {
    await script.promise;
    await route.continue();
  });
  await fillForm(page, VILLAGE, {
    ...TOLD,
    async files() {
      await choose(page);
      expect(await page.locator('.uploads li').count()).toBe(0);
      script.resolve();
      const sent = page.locator('.uploads li').filter({ hasText: '录音.amr' });
      await sent.getByText('已上传').waitFor();
    },
  });
  await portal.close();
});

test('without JavaScript the page sends the files with its form, and shows the same', async () => {
  const portal = await runPublished();
  const window = await portal.openWindow({ javaScriptEnabled: false });
  const page = await window.newPage();
  await fillForm(page, VILLAGE, {
    ...TOLD,
    async files() {
      // The ticket is not good at once.
      await page.waitForTimeout(2100);
      await choose(page);
      await page.getByRole('button', { name: '上传所选文件' }).click();
      const list = page.locator('.uploads li');
      await list.filter({ hasText: '录音.amr' }).waitFor();
      const main = await page.locator('main').innerText();
      expect(main).toContain('说明.exe：不是可以上传的文件类型');
      expect(main).toContain('拍摄地点（30.59276, 114.30525）');
      await list.filter({ hasText: '领条.jpg' }).getByRole('button', { name: '去掉' }).click();
      await list.filter({ hasText: '领条.jpg' }).waitFor({ state: 'detached' });
    },
  });
  const { reference } = await sendFilled(page);
  expect(await readEvidence(portal, reference)).toEqual(['录音.amr']);
  await portal.close();
});
