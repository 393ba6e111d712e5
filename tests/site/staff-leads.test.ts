import { expect, test } from 'vitest';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { fileLead } from '#support/leads.ts';
import { browse } from './browse.ts';

test('the queue and the lead are read and a step is taken by plain forms', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal);
  const intake = await browse(portal, 'intake');
  const queue = await intake('/staff/leads/');
  expect(queue.status).toBe(200);
  expect(queue.html).toContain(reference);
  expect(queue.html).toContain('还有17天');
  const page = `/staff/leads/${reference}/`;
  expect((await intake(page)).html).toContain(STALLING.text);
  const pressed = await intake(page, [
    ['event', 'claim'],
    ['from', 'RECEIVED'],
  ]);
  expect(pressed).toMatchObject({ status: 303, location: `${page}?done=claim` });
  expect((await intake(`${page}?done=claim`)).html).toContain('已办理：转入甄别');
});

test('what was typed stands in the form again beside the message of each field', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal);
  const page = `/staff/leads/${reference}/`;
  const intake = await browse(portal, 'intake');
  await intake(page, [
    ['event', 'claim'],
    ['from', 'RECEIVED'],
  ]);
  const triage = await browse(portal, 'triage');
  const answer = await triage(page, [
    ['event', 'reject'],
    ['from', 'TRIAGE'],
    ['reject.whereToGo', '到<b>法院</b>去。'],
  ]);
  expect(answer.status).toBe(422);
  expect(answer.html).toContain('到&lt;b&gt;法院&lt;/b&gt;去。');
  expect(answer.html).toContain('href="#reject.notice"');
  expect(answer.html).toContain('id="reject.notice-error"');
  const stale = await triage(page, [
    ['event', 'claim'],
    ['from', 'RECEIVED'],
  ]);
  expect(stale.status).toBe(409);
  expect(stale.html).toContain('刚被别人处理过');
});

test('a lead that is not for one’s eyes is a page that was not found', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal);
  const township = await browse(portal, 'township-qingshan');
  const hidden = await township(`/staff/leads/${reference}/`);
  expect(hidden.status).toBe(404);
  const missing = await township('/staff/leads/YG-2026-0000-00/');
  expect(hidden.html).toBe(missing.html.replaceAll('YG-2026-0000-00', reference));
  expect((await township('/staff/leads/')).html).toContain('没有符合条件的线索');
});

test('characters that turn the direction of text are shown, not obeyed', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal, {
    ...STALLING,
    text: '甲\u200B乙，去了五次都没有办成，请查。',
  });
  const triage = await browse(portal, 'triage');
  const { html } = await triage(`/staff/leads/${reference}/`);
  expect(html).toContain('甲〔U+200B〕乙');
});

test('the start page tells what waits, to those whom it concerns', async () => {
  await using portal = await createPortal();
  const triage = await browse(portal, 'triage');
  expect((await triage('/staff/')).html).not.toContain('未办结');
  await fileLead(portal);
  expect((await triage('/staff/')).html).toContain('1件未办结');
  const reviewer = await browse(portal, 'reviewer');
  expect((await reviewer('/staff/')).html).not.toContain('未办结');
});

test('pages of work that is not one’s own say so and show nothing of it', async () => {
  await using portal = await createPortal();
  const handler = await browse(portal, 'handler');
  expect(await handler('/staff/publication/')).toMatchObject({
    status: 403,
    html: expect.stringContaining('您的岗位不负责发布。'),
  });
  expect(await handler('/staff/lists/')).toMatchObject({
    status: 403,
    html: expect.stringContaining('您的岗位不处理名单。'),
  });
  const publisher = await browse(portal, 'publisher');
  const queue = await publisher('/staff/leads/');
  expect(queue).toMatchObject({
    status: 403,
    html: expect.stringContaining('您的岗位不办理线索。'),
  });
  expect(queue.html).not.toContain('筛选</button>');
});

test('a lead is pulled up with its number, and everything that is missing is said at once', async () => {
  await using portal = await createPortal();
  const chief = await browse(portal, 'section-chief');
  const answer = await chief('/staff/leads/pull-up/', [['reference', ' ']]);
  expect(answer.status).toBe(422);
  expect(answer.html).toContain('填写线索编号');
  expect(answer.html).toContain('选择提级的原因');
});

test('what was ticked stays ticked, and the reason typed, when something is missing', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal);
  const { db } = portal.context;
  await db.transaction(async (tx) => void (await tx.update(tx.t.lead).set({ state: 'SCREENING' })));
  const intake = await browse(portal, 'intake');
  const page = '/staff/leads/?state=SCREENING';
  const ticked = await intake(page, [
    ['lead', reference],
    ['event', 'reject-spam'],
    ['reason', ' '],
  ]);
  expect(ticked.status).toBe(422);
  expect(ticked.html).toMatch(new RegExp(`value="${reference}" checked`));
  const typed = await intake(page, [
    ['event', 'reject-spam'],
    ['reason', '是广告。'],
  ]);
  expect(typed.status).toBe(422);
  expect(typed.html).toContain('先勾选线索');
  expect(typed.html).toContain('value="是广告。"');
});
