import type { Page } from 'playwright-core';

/** What a citizen answers on the pages of the form; what is absent is left as it is. */
export type Told = {
  class?: string;
  problem: string;
  role?: string;
  body?: string;
  text: string;
  mode?: string;
  /** Adds files on their page. */
  files?: (page: Page) => Promise<void>;
};

export async function goOn(page: Page, heading: string): Promise<void> {
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** Opens the form from a village's page and answers everything, up to the check page. */
export async function fillForm(page: Page, village: string, told: Told): Promise<void> {
  await page.goto(`/complaints/new?place=${village}`);
  await page.getByRole('radio', { name: told.class ?? '举报' }).check();
  await goOn(page, '是什么问题');
  await page.getByRole('checkbox', { name: told.problem }).check();
  await goOn(page, '事情发生在这里吗');
  await page.getByRole('radio', { name: /^是，在/ }).check();
  await goOn(page, '反映的是谁');
  if (told.role) {
    await page.getByRole('radio', { name: told.role }).check();
    if (told.body) await page.getByLabel('所在单位').selectOption({ label: told.body });
    await goOn(page, '被反映的人和单位');
  }
  await goOn(page, '发生了什么');
  await page.getByLabel('发生了什么').fill(told.text);
  await goOn(page, '知道的话，再写几样');
  await goOn(page, '有没有照片、录音、文件');
  await told.files?.(page);
  await goOn(page, '是否留下姓名和联系方式');
  await page.getByRole('radio', { name: told.mode ?? '匿名' }).check();
  await goOn(page, '替自己还是替别人反映');
  await page.getByRole('radio', { name: '替自己' }).check();
  await goOn(page, '核对后提交');
}

/** Sends the form from its check page and answers what the receipt shows. */
export async function sendFilled(page: Page): Promise<{ code: string; reference: string }> {
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.waitForURL('**/complaints/receipt');
  return readReceipt(page);
}

export async function readReceipt(page: Page): Promise<{ code: string; reference: string }> {
  const code = (await page.locator('.query-code').first().textContent()) ?? '';
  const text = await page.locator('main').innerText();
  return { code, reference: /YG-\d{4}-\w{4}-\w{2}/.exec(text)?.[0] ?? '' };
}
