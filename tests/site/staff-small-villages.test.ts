import { expect, test } from 'vitest';
import { DONGHE, openBoards } from '#support/boards.ts';
import type { BoardPortal } from '#support/boards.ts';
import { publishedBy } from '#support/publications.ts';

const PATH = '/staff/small-villages/';

async function openPage(portal: BoardPortal, cookie: string, path: string): Promise<string> {
  return (await portal.app.request(path, { headers: { cookie } })).text();
}

async function save(portal: BoardPortal, cookie: string, below: string) {
  return portal.app.request(PATH, {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ below }),
  });
}

test('the county chooses below how many households a list shows counts only', async () => {
  await using portal = await openBoards({ pages: true });
  const cookie = await portal.signIn('security');
  expect(await openPage(portal, cookie, PATH)).toContain('现在每户都列入名单');
  const answer = await publishedBy(portal, () => save(portal, cookie, '2'));
  expect(answer.status).toBe(303);
  expect(await openPage(portal, cookie, PATH)).toContain('不足2户的，网页、公开数据和公示栏');
  const sheet = `/staff/boards/${portal.batch}/${DONGHE}/`;
  const html = await openPage(portal, portal.publisher, sheet);
  expect(html).toContain('本村（社区）共1户1人。户数不足2户');
  expect(html).not.toContain('sheet-table');
  const preview = `/staff/lists/${portal.batch}/preview/?place=${DONGHE}`;
  expect(await openPage(portal, portal.publisher, preview)).toContain('享受农村低保的有1户1人');
});

test('the choice is refused with a reason beside the field, and to others altogether', async () => {
  await using portal = await openBoards({ pages: true });
  const cookie = await portal.signIn('security');
  const refused = await save(portal, cookie, '');
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('选择一个户数。');
  expect(await openPage(portal, portal.publisher, PATH)).toContain('由民政局的安全管理员设置');
});
