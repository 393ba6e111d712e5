import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { answerUpTo, headingOf, openPlainBrowser } from '#support/plain-browser.ts';
import { findInFolder } from '#support/scan-folder.ts';

const MINUTE = 60_000;
const TYPED = '村里的会计替人签了字，我这里有一句没有写完的话。';

async function countLeads(portal: FreshPortal): Promise<number> {
  return (await portal.context.db.select().from(portal.context.db.t.lead)).length;
}

test('page after page leads to the check page, and one press to the receipt', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const check = await answerUpTo(browser, 'check');
  expect(check.path).toMatch(/^\/complaints\/new\?step=check&form=\w+$/);
  expect(check.html).toContain('办事的人让我来回跑了五趟');
  const receipt = await browser.send(check, { go: 'submit' });
  expect(receipt.path).toBe('/complaints/receipt');
  expect(receipt.html).toMatch(/YG-2026-\w{4}-\w{2}/);
  expect(await countLeads(portal)).toBe(1);
});

test('a browser that keeps no cookies gets through as well, up to the code', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal, { cookies: false });
  const check = await answerUpTo(browser, 'check');
  const receipt = await browser.send(check, { go: 'submit' });
  expect(receipt.html).toContain('class="query-code"');
  expect(await countLeads(portal)).toBe(1);
});

test.each([
  ['class', { class: '' }, '选择要反映哪一类事情'],
  ['class', { class: 'GOSSIP' }, '选择要反映哪一类事情'],
  ['problem', { problemTypes: '' }, '选择是什么问题，至少一项'],
  ['town', { town: '' }, '选择发生在哪个乡镇（街道）'],
  ['village', { village: '' }, '选择发生在哪个村（社区）'],
  ['accused', { 'subjects.0.role': 'KING' }, '选择反映的是谁'],
  ['text', { text: '很'.repeat(4001) }, '最多4000个字，现在写了4001个字'],
  ['details', { money: '钱'.repeat(201) }, '最多200个字'],
  ['mode', { mode: '' }, '选择是否留下姓名和联系方式'],
  ['reporter', { 'reporter.name': '' }, '填写您的姓名'],
  ['behalf', { behalf: '' }, '选择是替自己，还是替别人反映'],
])('at %s a wrong answer %o is told on its page', async (step, answer, message) => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const page = await answerUpTo(browser, step, { mode: { mode: 'NAMED' } });
  const back = await browser.send(page, answer);
  expect(back.status).toBe(422);
  expect(back.hidden['step']).toBe(step);
  expect(back.html).toMatch(/<title>错误：/);
  expect(back.html.split(message).length - 1).toBe(2);
});

test('what was typed stays when the steps before it are too old, and none of it is asked again', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const page = await answerUpTo(browser, 'text');
  portal.advance(121 * MINUTE);
  const back = await browser.send(page, { text: TYPED });
  expect(back.status).toBe(422);
  expect(back.html).toContain(TYPED);
  expect(back.html).toContain('前面几步放置超过两小时');
  let now = await browser.send(back, { text: TYPED });
  const asked: string[] = [];
  const rest: Record<string, Record<string, string>> = {
    class: { class: 'REPORT' },
    problem: { problemTypes: 'STALL' },
    town: { town: '990101100000' },
    village: { village: '990101100201' },
    accused: {},
    details: {},
    evidence: {},
    mode: { mode: 'ANONYMOUS' },
    behalf: { behalf: 'SELF' },
  };
  while (now.hidden['step'] && asked.length < 20) {
    asked.push(now.hidden['step']);
    now = await browser.send(now, rest[now.hidden['step']] ?? {});
  }
  expect(asked).toEqual(Object.keys(rest));
  expect(now.html).toContain(TYPED);
});

test('a changed answer leads back to the check page, by what it opens', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const check = await answerUpTo(browser, 'check');
  const mode = await browser.send(check, { go: 'mode' });
  expect(mode.path).toContain('/complaints/new?step=mode&from=check&');
  const reporter = await browser.send(mode, { mode: 'NAMED' });
  expect(reporter.hidden['step']).toBe('reporter');
  const again = await browser.send(reporter, {
    'reporter.name': '周某某',
    'reporter.contact': '赶集日在集上',
  });
  expect(headingOf(again)).toBe('核对后提交');
  expect(again.html).toContain('赶集日在集上');
});

test('several accused are added, changed and taken off', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const others = await answerUpTo(browser, 'others', {
    accused: { 'subjects.0.role': 'COUNTY_LEADER', 'subjects.0.name': '甲某' },
  });
  expect(others.html).toContain('12388');
  const second = await browser.send(others, { go: 'accused:1' });
  const two = await browser.send(second, {
    'subjects.1.role': 'VILLAGE_CADRE',
    'subjects.1.name': '乙某',
  });
  expect(two.html).toMatch(/甲某[\s\S]*乙某/);
  const one = await browser.send(two, { remove: '0' });
  expect(one.html).not.toContain('甲某');
  expect(one.html).toContain('村（社区）干部，乙某');
});

test('back, reload and a second press make no second complaint', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const check = await answerUpTo(browser, 'check');
  const first = await browser.send(check, { go: 'submit' });
  const second = await browser.send(check, { go: 'submit' });
  expect(second.path).toBe('/complaints/receipt');
  expect(second.html === first.html).toBe(true);
  expect((await browser.get('/complaints/new?step=check')).path).toBe('/complaints/receipt');
  expect((await browser.get('/complaints/new?step=class')).path).toBe('/complaints/receipt');
  expect(await countLeads(portal)).toBe(1);
});

test('an answer is shown again at its address, and a step ahead is not', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  await answerUpTo(browser, 'details');
  expect((await browser.get('/complaints/new?step=text')).html).toContain('来回跑了五趟');
  const ahead = await browser.get('/complaints/new?step=behalf');
  expect(ahead.path).toContain('/complaints/new?step=details&');
});

test('leaving forgets the form', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  await answerUpTo(browser, 'text');
  const answer = await portal.app.request('/complaints/leave');
  expect(answer.headers.get('location')).toBe('https://www.weather.com.cn/');
  expect(answer.headers.getSetCookie().join()).toMatch(/form=;.*receipt=;/);
});

test('with https the form is kept in a __Host- cookie for a quarter of an hour', async () => {
  await using portal = await createPortal({ pages: true, publicUrl: 'https://dibao.example' });
  const answer = await portal.app.request('https://dibao.example/complaints/new');
  expect(answer.headers.getSetCookie().join()).toMatch(
    /__Host-form=[\w-]+; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Strict/,
  );
});

test('a long text does not fit the cookie and still goes on', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const text = Array.from({ length: 3000 }, (_, at) => String.fromCodePoint(0x4e00 + at * 5)).join(
    '',
  );
  const check = await answerUpTo(browser, 'check', { text: { text } });
  expect(headingOf(check)).toBe('核对后提交');
  await browser.send(check, { go: 'submit' });
  expect(await countLeads(portal)).toBe(1);
});

test('nothing of a form that was not sent is on the disk, and of one that was, not a word', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const own = {
    text: { text: TYPED },
    mode: { mode: 'NAMED' },
    accused: { 'subjects.0.role': 'VILLAGE_CADRE', 'subjects.0.name': '甲某人' },
    details: { witnesses: '赶集的人都看见了', happenedWhen: '腊月里' },
  };
  const check = await answerUpTo(browser, 'check', own);
  await browser.send(check, { go: 'submit' });
  const words = [TYPED, '甲某人', '赶集的人', '腊月里', '周某某', '电话未装'];
  expect(findInFolder(portal.context.config.dataDir, words)).toEqual([]);
});
