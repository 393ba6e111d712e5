import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishNow } from '#scripts/demo-content.ts';
import { expectStatus, postJson, solveProof } from '#scripts/portal-client.ts';
import { addDays, civilDateOf } from '#rules/civil-date.ts';
import { judgeBoth } from '#support/accessible.ts';
import { STALLING } from '#support/complaints.ts';
import { ANSWERED, QINGSHAN_LINE, YUNSHUI_LINE } from '#support/hotlines.ts';
import { runPortal, watchConsole } from '#support/running-portal.ts';
import type { RunningPortal } from '#support/running-portal.ts';

let portal: RunningPortal;
beforeAll(async () => {
  portal = await runPortal();
});
afterAll(async () => portal.close());

const yesterday = () => addDays(civilDateOf(Date.now()), -1);

async function post(login: string, path: string, body: object, status: number) {
  const cookie = await portal.signInCall(login);
  await expectStatus(await postJson(portal.call, path, body, cookie), status);
}

test('the pages of hotlines are accessible and fit a phone, and a test call takes two clicks', async () => {
  const line = `/api/staff/hotlines/${QINGSHAN_LINE}`;
  const call = { ...ANSWERED, calledOn: yesterday(), outcome: 'TURNED_AWAY' };
  await post('hotline', `${line}/tests`, call, 201);
  const duty = { fromDate: yesterday(), toDate: addDays(yesterday(), 6) };
  await post('publisher-qingshan', `${line}/duty`, { ...duty, hours: '', who: '值班岗' }, 204);
  const { window, page } = await portal.signInWindow('hotline');
  const complaints = watchConsole(page);
  const found: string[] = [];
  const visit = async (path: string) => {
    await page.goto(path);
    found.push(...(await judgeBoth(page, path)));
  };
  await visit('/staff/hotlines/');
  await page
    .getByRole('link', { name: /^登记拨测/ })
    .first()
    .click();
  found.push(...(await judgeBoth(page, 'test form')));
  await page.getByLabel('接通，但推诿、不受理').check();
  await page.getByRole('button', { name: '登记' }).click();
  await page.getByText('填写响铃多少秒后接通').first().waitFor();
  found.push(...(await judgeBoth(page, 'test form, refused')));
  await page.getByLabel('空号、停机或者无法接通').check();
  await page.getByRole('button', { name: '登记' }).click();
  await page.getByText('判定为“开而不通”').waitFor();
  found.push(...(await judgeBoth(page, 'recorded')));
  await visit(`/staff/hotlines/record/?hotline=${QINGSHAN_LINE}`);
  await page.getByRole('link', { name: /^更正/ }).click();
  await page.getByRole('button', { name: '撤销' }).waitFor();
  found.push(...(await judgeBoth(page, 'correction')));
  await visit(`/staff/hotlines/duty/?hotline=${QINGSHAN_LINE}`);
  await visit('/staff/hotlines/edit/');
  await visit(`/staff/hotlines/edit/?hotline=${YUNSHUI_LINE}`);
  await page.getByLabel('联系科室或者联系人').fill('社会事务办');
  await page.getByRole('button', { name: '下一步：核对' }).click();
  await page.getByText('网站上会是这样').waitFor();
  found.push(...(await judgeBoth(page, 'preview')));
  await window.close();
  expect(found).toEqual([]);
  // The one page that is answered with an error is asked for on purpose.
  expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
});

test('the public page of hotlines fits a phone with old, missing and bad results', async () => {
  const cookie = await portal.signInCall('publisher');
  await publishNow(portal.call, cookie);
  const window = await portal.openWindow();
  const page = await window.newPage();
  await page.goto('/hotlines/');
  const found = await judgeBoth(page, '/hotlines/');
  await window.close();
  expect(found).toEqual([]);
});

test('a complaint about a telephone leads its reader to the test of the place’s numbers', async () => {
  const complaint = { ...STALLING, problemTypes: ['PHONE'], altcha: await solveProof(portal.call) };
  const filed = await postJson(portal.call, '/api/complaints', complaint);
  await expectStatus(filed, 201);
  const { reference } = (await filed.json()) as { reference: string };
  const { window, page } = await portal.signInWindow('section-chief');
  await page.goto(`/staff/leads/${reference}/`);
  await page.getByRole('link', { name: '拨测这个地方的监督电话' }).click();
  await page.waitForURL(/\/staff\/hotlines\/test\/\?place=\d+$/);
  const html = await page.content();
  await window.close();
  expect(html).toContain('0000-8000201');
  expect(html).not.toContain(reference);
});
