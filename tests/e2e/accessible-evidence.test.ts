import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishNow } from '#scripts/demo-content.ts';
import { judgeBoth } from '#support/accessible.ts';
import { fillForm, sendFilled } from '#support/complain.ts';
import { VILLAGE } from '#support/complaints.ts';
import { makePdf, makePhoto, makeSound } from '#support/evidence.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
  await publishNow(portal.call, await portal.signInCall('publisher'));
});
afterAll(async () => portal.close());

const ASK = '有没有照片、录音、文件';
const FILES = {
  sound: { name: '录音.wav', mimeType: 'audio/wav', buffer: makeSound(3) },
  paper: { name: '说明.pdf', mimeType: 'application/pdf', buffer: makePdf('990101') },
};

test('a recording is a complaint without a word, and its pages are accessible up to the desk', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  const complaints = watchConsole(page);
  const found: string[] = [];
  const list = page.locator('.uploads li');
  await fillForm(page, VILLAGE, {
    problem: '推来推去',
    text: '',
    async files() {
      await page.getByRole('button', { name: '继续' }).click();
      await page.getByText('有错误需要更正').waitFor();
      found.push(...(await judgeBoth(page, 'no words and no files')));
      const photo = Buffer.from(await makePhoto());
      await page
        .getByLabel(ASK)
        .setInputFiles([{ name: '领条.jpg', mimeType: 'image/jpeg', buffer: photo }, FILES.sound]);
      await list.filter({ hasText: '录音.wav' }).getByText('已上传').waitFor();
      found.push(...(await judgeBoth(page, 'files that wait')));
    },
  });
  await page.getByText('没有写文字，由录音或者录像说明').waitFor();
  found.push(...(await judgeBoth(page, 'check without words')));
  const { reference } = await sendFilled(page);
  await page.getByRole('button', { name: '查看进度' }).click();
  await page.getByLabel(ASK).setInputFiles(FILES.paper);
  await list.filter({ hasText: '说明.pdf' }).getByText('已上传').waitFor();
  found.push(...(await judgeBoth(page, 'follow-up with a file')));
  await page.getByRole('button', { name: '发送补充' }).click();
  await page.getByText('已收到，附件1个。工作人员会看到。').waitFor();
  expect(await page.locator('main').innerText()).toContain('补充附件1个');
  expect(await list.count()).toBe(0);
  found.push(...(await judgeBoth(page, 'follow-up after sending')));
  await window.close();

  const desk = await portal.signInWindow('triage');
  await desk.page.goto(`/staff/leads/${reference}/`);
  await desk.page.getByRole('heading', { name: '附件' }).waitFor();
  found.push(...(await judgeBoth(desk.page, 'files on the desk')));
  const names = await desk.page.locator('.evidence strong').allInnerTexts();
  expect(names).toEqual(['领条.jpg', '录音.wav', '说明.pdf']);
  await desk.window.close();
  expect(found).toEqual([]);
  // A form that is refused answers 422, which Chromium notes.
  expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
});

test('without JavaScript files and words of a supplement go in one form, and a refused file holds nothing back', async () => {
  const window = await portal.openWindow({ javaScriptEnabled: false });
  const page = await window.newPage();
  await fillForm(page, VILLAGE, { problem: '推来推去', text: '来回跑了五趟，材料都说不全。' });
  const { reference } = await sendFilled(page);
  await page.getByRole('button', { name: '查看进度' }).click();
  await page.getByLabel('补充情况').fill('补一份说明。');
  // The ticket is not good at once.
  await page.waitForTimeout(2100);
  const refused = {
    name: '说明.exe',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('MZ no picture'),
  };
  await page.getByLabel(ASK).setInputFiles([FILES.paper, refused]);
  await page.getByRole('button', { name: '发送补充' }).click();
  await page.getByText('有错误需要更正').waitFor();
  expect(await page.locator('main').innerText()).toContain('说明.exe：不是可以上传的文件类型');
  expect(await page.getByLabel('补充情况').inputValue()).toBe('补一份说明。');
  await page.getByRole('button', { name: '发送补充' }).click();
  await page.getByText('已收到，附件1个。工作人员会看到。').waitFor();
  await window.close();
  const headers = { cookie: await portal.signInCall('triage') };
  const answer = await portal.call(`/api/staff/leads/${reference}`, { headers });
  const { evidence } = (await answer.json()) as { evidence: { file: { name: string } }[] };
  expect(evidence.map(({ file }) => file.name)).toEqual(['说明.pdf']);
});

test('copies of a picture, a recording and a PDF open in the browser and can run nothing', async () => {
  const window = await portal.openWindow();
  const page = await window.newPage();
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#334455' } })
    .png()
    .toBuffer();
  await fillForm(page, VILLAGE, {
    problem: '推来推去',
    text: '材料有照片、录音和一份说明。',
    async files() {
      const picture = { name: '照片.png', mimeType: 'image/png', buffer: png };
      await page.getByLabel(ASK).setInputFiles([picture, FILES.sound, FILES.paper]);
      await page.locator('.uploads li').nth(2).getByText('已上传').waitFor();
    },
  });
  const { reference } = await sendFilled(page);
  await window.close();
  const desk = await portal.signInWindow('triage');
  const addressOf = (number: number) => `/api/staff/leads/${reference}/evidence/${number}/copy`;
  for (const number of [1, 2, 3]) {
    const answer = await desk.page.request.get(addressOf(number));
    const headers = answer.headers();
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  }
  await desk.page.goto(addressOf(1));
  expect(await desk.page.locator('img').evaluate(widthOf)).toBe(40);
  await desk.page.goto(addressOf(2));
  const heard = await desk.page.locator('video').evaluate(seekTo, 2);
  expect(heard).toEqual({ duration: 3, at: 2 });
  await desk.window.close();
});

function widthOf(image: Element): number {
  return (image as HTMLImageElement).naturalWidth;
}

/** The length of a recording, and where it stands after it was moved. */
async function seekTo(player: Element, seconds: number) {
  const media = player as HTMLMediaElement;
  if (media.readyState < 1)
    await new Promise((done) => media.addEventListener('loadedmetadata', done));
  media.pause();
  const moved = new Promise((done) => media.addEventListener('seeked', done, { once: true }));
  media.currentTime = seconds;
  await moved;
  return { duration: Math.round(media.duration), at: Math.round(media.currentTime) };
}
