import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { CHECKS, WORDS, createCaseDesk } from '#support/cases.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { publishNow } from '#scripts/demo-content.ts';
import { idOf } from '#support/lists.ts';

const HOME = '/staff/cases/';

/** A browser without JavaScript: pages are opened and forms posted as they stand. */
function createVisitor(portal: FreshPortal, cookie: string) {
  async function open(path: string) {
    const answer = await portal.app.request(path, { headers: { cookie } });
    return { status: answer.status, html: await answer.text() };
  }
  async function send(path: string, fields: Record<string, string> | [string, string][]) {
    const answer = await portal.app.request(path, {
      method: 'POST',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(fields),
    });
    const to = answer.headers.get('location') ?? '';
    return { status: answer.status, to, html: await answer.text() };
  }
  return { open, send };
}

async function openDesks() {
  const portal = await createPortal({ pages: true });
  const publisher = await portal.signIn('publisher');
  await publishNow(async (path, init) => portal.app.request(path, withOrigin(init)), publisher);
  const town = createVisitor(portal, await portal.signIn('township-qingshan'));
  const reviewer = createVisitor(portal, await portal.signIn('reviewer'));
  return { portal, town, reviewer, [Symbol.asyncDispose]: portal.close };
}

function withOrigin(init: RequestInit = {}): RequestInit {
  const headers = new Headers(init.headers);
  headers.set('origin', 'http://localhost');
  return { ...init, headers };
}

/** The form as somebody of 青山镇 fills it in. */
const FORM = {
  bodyCode: DEMO_BODIES.qingshan,
  month: '2026-11',
  title: WORDS.title,
  happened: WORDS.happened,
  handling: WORDS.handling,
  placeCode: '990101100000',
  caseOn: WORDS.caseOn,
  source: 'SUPERVISION',
  months: '6',
  handIn: 'yes',
};

function hiddenIn(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
}

/** The hidden fields that say what was seen. */
function seenIn(html: string): Record<string, string> {
  return { from: hiddenIn(html, 'from'), revision: hiddenIn(html, 'revision') };
}

test('a case goes from the form of a township to the review of the bureau without JavaScript', async () => {
  await using desks = await openDesks();
  const { town, reviewer } = desks;
  const sent = await town.send(`${HOME}new/`, FORM);
  expect(sent.status).toBe(303);
  const page = sent.to.split('?')[0] ?? '';
  expect((await town.open(sent.to)).html).toContain('已报送，由另一位人员审核');
  expect((await reviewer.open(HOME)).html).toContain(WORDS.title);
  expect((await reviewer.open('/staff/')).html).toContain('1件待审核');

  const review = await reviewer.open(page);
  expect(review.html).toContain('公布后的样子');
  const refused = await reviewer.send(page, { ...seenIn(review.html), step: 'approve' });
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('逐项核对并勾选');
  const checks = CHECKS.map((check): [string, string] => ['checks', check]);
  const decision = Object.entries({ ...seenIn(review.html), step: 'approve' });
  const approved = await reviewer.send(page, [...decision, ...checks]);
  expect(approved.status).toBe(303);
  expect((await reviewer.open(approved.to)).html).toContain('已通过，下次发布时上网');

  const form = await reviewer.open(`${page}withdraw/`);
  const empty = await reviewer.send(`${page}withdraw/`, seenIn(form.html));
  expect(empty.html).toContain('选择撤下的原因');
  const gone = await reviewer.send(`${page}withdraw/`, { ...seenIn(form.html), reason: 'WRONG' });
  expect((await reviewer.open(gone.to)).html).toContain('您撤下的案例由另一位人员复核');
});

test('what is refused stands beside its field, and what was typed is still there', async () => {
  await using desks = await openDesks();
  const { town, portal } = desks;
  const happened = `张某${idOf('19570303')}隐瞒收入。`;
  const refused = await town.send(`${HOME}new/`, { ...FORM, happened, title: '' });
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('填写标题。');
  const number = await town.send(`${HOME}new/`, { ...FORM, happened });
  expect(number.html).toMatch(/id="happened-error"[\s\S]{0,200}有身份证号，删去后再提交/);
  expect(number.html).toContain(`${happened}</textarea>`);
  expect(number.html).toMatch(/<option value="990101100000" selected/);
  expect((await createCaseDesk(portal).list('publisher-qingshan')).items).toEqual([]);
});

test('spots are marked with what they may be, and words are shown as words', async () => {
  await using desks = await openDesks();
  const { town } = desks;
  const happened = '村民陈演示<b>隐瞒收入</b>，家住三组。';
  const sent = await town.send(`${HOME}new/`, { ...FORM, happened, handIn: '' });
  const { html } = await town.open(sent.to);
  expect(html).toMatch(/<mark[^>]*>陈演示<\/mark>\s*<span[^>]*>（可能是姓名）/);
  expect(html).toContain('可能是住址1处');
  expect(html).toContain('&lt;b&gt;隐瞒收入');
});

test('nothing to report is one press, and the bureau sees who has not answered', async () => {
  await using desks = await openDesks();
  const { town, reviewer } = desks;
  const said = await town.send(HOME, { bodyCode: DEMO_BODIES.qingshan, month: '2026-11' });
  expect((await town.open(said.to)).html).toContain('已填报“本月无”');
  const { html } = await reviewer.open(HOME);
  expect(html).toMatch(/青山镇人民政府[\s\S]{0,400}本月无/);
  expect(html).toMatch(/云水街道办事处[\s\S]{0,400}未报送/);
});

test('who does not work on cases is told so', async () => {
  await using desks = await openDesks();
  const { portal, reviewer } = desks;
  const auditor = createVisitor(portal, await portal.signIn('auditor'));
  expect((await auditor.open(HOME)).html).toContain('您的岗位不处理案例');
  expect((await reviewer.open(`${HOME}new/`)).html).toContain('您的岗位不起草案例');
  expect((await reviewer.open(`${HOME}nowhere/`)).status).toBe(404);
});

test('what was typed when the session ended stands in the form again after signing in on the page', async () => {
  await using desks = await openDesks();
  const { portal, town } = desks;
  const path = `${HOME}new/`;
  const writer = hiddenIn((await town.open(path)).html, 'writer');
  portal.advance(31 * 60_000);
  const late = await town.send(path, { ...FORM, writer });
  expect(late.html).toContain('重新登录后继续');
  expect(late.html).not.toContain(WORDS.happened);
  const login = 'township-qingshan';
  const { password } = portal.accountOf(login);
  const totp = portal.nextTotp(login);
  const again = { kept: hiddenIn(late.html, 'kept'), login, password, totp };
  const back = await town.send(path, again);
  expect(back.html).toContain('刚才填写的内容还没有保存');
  expect(back.html).toContain(`${WORDS.happened}</textarea>`);
  expect((await createCaseDesk(portal).list('publisher-qingshan')).items).toEqual([]);
});
