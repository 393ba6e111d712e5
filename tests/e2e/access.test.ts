import { afterAll, beforeAll, expect, test } from 'vitest';
import { totpAt } from '#sealing/totp.ts';
import { judgeBoth } from '#support/accessible.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

const PASSPHRASE = '竹林 石桥 晚风 白鹭';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
});
afterAll(async () => portal.close());

test('a new colleague comes by an invitation, gets the key from a member, and keeps an own account', async () => {
  const found: string[] = [];
  const { page } = await portal.signInWindow('security');
  const complaints = watchConsole(page);
  await page.goto('/staff/people/');
  found.push(...(await judgeBoth(page, 'people')));
  await page.getByRole('link', { name: '登记新人' }).click();
  await page.getByLabel('姓名').fill('卓听澜');
  await page.getByLabel('单位').selectOption({ label: '青山镇人民政府' });
  await page.getByLabel('岗位').selectOption({ label: '甄别员' });
  await page.getByRole('button', { name: '登记' }).click();
  await page.locator('#role-error').waitFor();
  found.push(...(await judgeBoth(page, 'new person with an error')));
  await page.getByLabel('岗位').selectOption({ label: '乡镇经办' });
  await page.getByRole('button', { name: '登记' }).click();
  await page.getByLabel('起一个账号').fill('zhuo');
  await page.getByRole('button', { name: '生成邀请链接' }).click();
  await page.getByText('只显示这一次').waitFor();
  for (const each of await page.locator('summary').all()) await each.click();
  found.push(...(await judgeBoth(page, 'person with a link')));
  const [address = '', code = ''] = await page.locator('.secret').allTextContents();

  const guest = await (await portal.openWindow()).newPage();
  complaints.push(...watchConsole(guest));
  await guest.goto(address);
  await guest.getByLabel('验证码').fill(code);
  await guest.getByRole('button', { name: '继续' }).click();
  await guest.getByLabel('口令', { exact: true }).fill('短');
  await guest.getByRole('button', { name: '完成' }).click();
  await guest.locator('#passphrase-error').waitFor();
  found.push(...(await judgeBoth(guest, 'invitation')));
  const secret = (await guest.locator('.totp-text').innerText()).replaceAll(/\s/g, '');
  await guest.getByLabel('口令', { exact: true }).fill(PASSPHRASE);
  await guest.getByLabel('再输入一次口令').fill(PASSPHRASE);
  await guest.getByLabel('手机上显示的动态码').fill(totpAt(secret, portal.context.now()));
  await guest.getByRole('button', { name: '完成' }).click();
  await guest.getByText('口令和动态码已设好').waitFor();
  await guest.getByLabel('账号').fill('zhuo');
  await guest.getByLabel('口令').fill(PASSPHRASE);
  await guest.getByLabel('动态码').fill(totpAt(secret, portal.context.now() + 30_000));
  await guest.getByRole('button', { name: '登录' }).click();
  await guest.getByText('您的密钥待同事授予').waitFor();

  const member = (await portal.signInWindow('township-qingshan')).page;
  await member.getByText('1人等待授予密钥').waitFor();
  await member.goto('/staff/keys/');
  found.push(...(await judgeBoth(member, 'keys with somebody waiting')));
  await member.getByRole('button', { name: '授予卓听澜' }).click();
  await member.getByText('已授予').waitFor();
  await member.goto('/staff/keys/papers/?body=township-990101100000');
  await member.getByRole('button', { name: '生成新的凭据' }).click();
  await member.getByText('第2页，共2页').waitFor();
  found.push(...(await judgeBoth(member, 'recovery papers')));

  await guest.goto('/staff/keys/');
  await guest.getByText('池远山把密钥授予卓听澜').waitFor();
  await guest.goto('/staff/account/');
  found.push(...(await judgeBoth(guest, 'own account')));
  await guest.getByRole('link', { name: '加第二部手机' }).click();
  await guest.getByRole('heading', { name: '加第二部手机' }).waitFor();
  found.push(...(await judgeBoth(guest, 'second device')));
  await guest.goto('/staff/account/');
  await guest.getByRole('button', { name: '全部退出' }).click();
  await guest.getByText('您已退出登录').waitFor();
  expect(found).toEqual([]);
  // The refused forms are answers of 422, which the console names.
  expect(complaints.filter((each) => !each.includes('422'))).toEqual([]);
});
