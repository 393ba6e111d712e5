import { expect, test } from 'vitest';
import { publish } from '#publishing/publish.ts';
import { DONGHE, HOUSEHOLDS, LIUSHU, openBoards, printFullNames } from '#support/boards.ts';
import type { BoardPortal } from '#support/boards.ts';
import { csvOf, decideList, uploadBatchId } from '#support/lists.ts';

const ADDRESS = 'https://dibao.example.gov.cn';

async function openPage(portal: BoardPortal, cookie: string, path: string): Promise<string> {
  const answer = await portal.app.request(path, { headers: { cookie } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return answer.text();
}

async function sendForm(
  portal: BoardPortal,
  cookie: string,
  path: string,
  fields: [string, string][],
): Promise<Response> {
  return portal.app.request(path, {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });
}

/** Publishes as a portal does that knows its address. */
async function publishAt(portal: BoardPortal) {
  const { config } = portal.context;
  await publish({ ...portal.context, config: { ...config, publicUrl: ADDRESS } });
}

test('the overview counts boards and confirms the ticked ones', async () => {
  await using portal = await openBoards({ pages: true });
  const cookie = await portal.signIn('township-qingshan');
  const html = await openPage(portal, cookie, '/staff/boards/');
  expect(html).toContain('0 / 2 个公示栏已张贴');
  expect(html).toContain('农村低保在保名单，2026年10月');
  const answer = await sendForm(portal, cookie, '/staff/boards/', [
    ['boards', `${portal.batch} ${LIUSHU}`],
    ['shown', `${portal.batch} ${LIUSHU}`],
    ['shown', `${portal.batch} ${DONGHE}`],
    ['postedOn', '2026-11-20'],
    ['action', 'post'],
  ]);
  expect(answer.status).toBe(303);
  const after = await openPage(portal, cookie, answer.headers.get('location') ?? '');
  expect(after).toContain('已登记1个公示栏。');
  expect(after).toContain('1 / 2 个公示栏已张贴');
  expect(after).toContain('已张贴，2026年11月20日');
});

test('all boards of the page are confirmed with one tick, without JavaScript', async () => {
  await using portal = await openBoards({ pages: true });
  const answer = await sendForm(portal, portal.publisher, '/staff/boards/?state=open', [
    ['all', 'yes'],
    ['shown', `${portal.batch} ${LIUSHU}`],
    ['shown', `${portal.batch} ${DONGHE}`],
    ['postedOn', '2026-11-20'],
  ]);
  expect(answer.headers.get('location')).toBe('/staff/boards/?state=open&done=2');
});

test('a wrong date stands beside the field and the ticks are kept', async () => {
  await using portal = await openBoards({ pages: true });
  const answer = await sendForm(portal, portal.publisher, '/staff/boards/', [
    ['boards', `${portal.batch} ${DONGHE}`],
    ['postedOn', '2026-12-01'],
  ]);
  expect(answer.status).toBe(422);
  const html = await answer.text();
  expect(html).toContain('张贴日期不能晚于今天。');
  expect(html).toMatch(new RegExp(`value="${portal.batch} ${DONGHE}" checked`));
});

test('ticked boards of one list lead to their sheets', async () => {
  await using portal = await openBoards({ pages: true });
  const chosen: [string, string][] = [['action', 'print']];
  const none = await sendForm(portal, portal.publisher, '/staff/boards/', chosen);
  expect(await none.text()).toContain('勾选要打印的村（社区）。');
  chosen.push(['boards', `${portal.batch} ${LIUSHU}`], ['boards', `${portal.batch} ${DONGHE}`]);
  const answer = await sendForm(portal, portal.publisher, '/staff/boards/', chosen);
  const to = answer.headers.get('location') ?? '';
  expect(to).toBe(`/staff/boards/${portal.batch}/print/?place=${LIUSHU}&place=${DONGHE}`);
  const html = await openPage(portal, portal.publisher, to);
  expect(html.match(/<article class="sheet sheet-a4"/g)).toHaveLength(2);
});

test('a sheet says what a resident needs: the list, the standard, how to object, phones and proof', async () => {
  await using portal = await openBoards({ pages: true });
  await publishAt(portal);
  const cookie = await portal.signIn('township-qingshan');
  const html = await openPage(portal, cookie, `/staff/boards/${portal.batch}/${LIUSHU}/?size=a3`);
  expect(html).toContain('sheet-a3');
  expect(html).toContain('陆*实');
  expect(html).toContain('合计 2 户，2 人，每月1,000.00元。');
  expect(html).toContain('依法需要保密的家庭不列入名单');
  expect(html).toContain('农村每人每月');
  expect(html).toContain('有意见怎样反映');
  expect(html).toContain('0000-8000201');
  expect(html).toContain('/v/100201');
  expect(html).toMatch(/aria-label="柳树村网上名单的二维码"/);
  expect(html).toContain('名单校验码');
  expect(html).toContain('公开记录校验码');
  expect(html).toContain('张贴日期：');
});

test('the sheet of a running notice says what is proposed, until when, and how to object', async () => {
  await using portal = await openBoards({ pages: true });
  const notice = await uploadBatchId(portal, portal.publisher, {
    file: csvOf(HOUSEHOLDS.slice(0, 1)),
    fileName: 'notice.csv',
    fields: { kind: 'REVIEW_NOTICE' },
  });
  expect((await decideList(portal, portal.reviewer, notice, 'approve')).status).toBe(204);
  await publishAt(portal);
  const html = await openPage(portal, portal.publisher, `/staff/boards/${notice}/${LIUSHU}/`);
  expect(html).toMatch(/公示期：\d{4}年\d{1,2}月\d{1,2}日至\d{4}年/);
  expect(html).toMatch(/拟保障<wbr>人数/);
  expect(html).toMatch(/拟月保障<wbr>金额/);
  expect(html).toContain('，拟每月保障500.00元。');
  expect(html).toContain('手机扫码看网上公示');
  expect(html).toContain('点“对这份公示提出异议”');
  expect(html).toContain('0000-8000201');
  expect(html).not.toContain('反映本村（社区）问题');
});

test('without PUBLIC_URL a sheet has the path and no code, and staff are told', async () => {
  await using portal = await openBoards({ pages: true });
  const path = `/staff/boards/${portal.batch}/${LIUSHU}/`;
  const html = await openPage(portal, portal.publisher, path);
  expect(html).toContain('还没有设置网站地址（PUBLIC_URL），印不出二维码');
  expect(html).toContain('/v/100201');
  expect(html).not.toContain('qr-code');
});

test('the whole list is printed by one address; a village out of reach is not there', async () => {
  await using portal = await openBoards({ pages: true });
  const path = `/staff/boards/${portal.batch}`;
  const html = await openPage(portal, portal.publisher, `${path}/print/`);
  expect(html.match(/<article/g)).toHaveLength(2);
  const cookie = await portal.signIn('township-yunshui');
  for (const each of [`${path}/print/`, `${path}/${LIUSHU}/`, `${path}/nowhere/`]) {
    const answer = await portal.app.request(each, { headers: { cookie } });
    expect(answer.status).toBe(404);
  }
});

test('full names are opened by a button, never by an address', async () => {
  await using portal = await openBoards({ pages: true });
  await printFullNames(portal);
  const path = `/staff/boards/${portal.batch}/${LIUSHU}/`;
  const masked = await openPage(portal, portal.publisher, path);
  expect(masked).toContain('打开全名');
  expect(masked).not.toContain('陆秋实');
  const opened = await sendForm(portal, portal.publisher, path, []);
  expect(opened.headers.get('cache-control')).toBe('no-store');
  const html = await opened.text();
  expect(html).toContain('陆秋实');
  expect(html).toContain('按网上脱敏的名单计算');
  const cookie = await portal.signIn('township-qingshan');
  expect(await openPage(portal, cookie, path)).not.toContain('打开全名');
  expect((await sendForm(portal, cookie, path, [])).status).toBe(404);
});

test('the order for full names is recorded on a page of its own', async () => {
  await using portal = await openBoards({ pages: true });
  const cookie = await portal.signIn('security');
  const path = '/staff/boards/settings/';
  const typed: [string, string][] = [
    ['names', 'full'],
    ['documentNumber', ''],
    ['reviewedBy', '荀敬之'],
    ['reviewedOn', '2026-11-10'],
  ];
  const refused = await sendForm(portal, cookie, path, typed);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('value="荀敬之"');
  const complete = typed.map(([name, value]): [string, string] =>
    name === 'documentNumber' ? [name, '省民发〔2026〕8号'] : [name, value],
  );
  expect((await sendForm(portal, cookie, path, complete)).status).toBe(303);
  expect(await openPage(portal, cookie, path)).toContain('省民发〔2026〕8号');
  expect((await sendForm(portal, cookie, path, [['names', 'masked']])).status).toBe(303);
  expect(await openPage(portal, cookie, path)).toContain('和网站一样脱敏');
});
