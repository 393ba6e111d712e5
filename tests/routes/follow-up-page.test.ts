import { expect, test } from 'vitest';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { fileLead } from '#support/leads.ts';
import { openPlainBrowser } from '#support/plain-browser.ts';

const PATH = '/complaints/follow-up';
const DAY = 86_400_000;
const NEW_CODE = makeQueryCode(new Uint8Array(CODE_BYTES).fill(9));

function openPage(portal: FreshPortal, queryCode: string) {
  const browser = openPlainBrowser(portal);
  return async function send(fields: Record<string, string> = {}) {
    const nothing = { path: PATH, status: 200, html: '', hidden: {} };
    const page = await browser.send(nothing, { queryCode, ...fields }, PATH);
    // Each error of the summary leads to something that is on the page.
    const summary = /id="error-summary"[\s\S]*?<\/ul>/.exec(page.html)?.[0] ?? '';
    for (const [, id] of summary.matchAll(/href="#([^"]+)"/g)) {
      expect(page.html).toContain(`id="${id}"`);
    }
    return { ...page, summary: summary.replaceAll(/<[^>]+>/g, ' ') };
  };
}

test('who types the reference is told that it is not the code', async () => {
  await using portal = await createPortal({ pages: true });
  const { reference, queryCode } = await fileLead(portal);
  const send = openPage(portal, queryCode);
  for (const typed of [reference, ` ${reference.toLowerCase()} `, reference.replaceAll('-', '')]) {
    const page = await send({ queryCode: typed });
    expect(page.status).toBe(404);
    expect(page.summary).toContain('这是编号');
  }
});

test.each<[Record<string, string>, number, string]>([
  [{ wish: 'remind' }, 409, '还没有到可以催办的日子'],
  [{ wish: 'rate', rating: 'GOOD' }, 409, '还不到评价的时候'],
  [{ wish: 'review', text: '不服。' }, 409, '现在不能请求复查'],
  [{ wish: 'rate', rating: 'GREAT' }, 422, '选择满意不满意'],
  [{ newCode: 'nothing' }, 404, '查询码有误'],
  [{ text: '字'.repeat(100_000) }, 422, '最多5000个字'],
])(
  'a page that is older than what happened since is told so: %o',
  async (fields, status, words) => {
    await using portal = await createPortal({ pages: true });
    const { queryCode } = await fileLead(portal);
    const page = await openPage(portal, queryCode)(fields);
    expect(page.status).toBe(status);
    expect(page.summary).toContain(words);
    expect(page.html).toContain('办到哪一步');
  },
);

test('a reminder from a page of last week is told when the next one is taken', async () => {
  await using portal = await createPortal({ pages: true });
  const { queryCode } = await fileLead(portal);
  const send = openPage(portal, queryCode);
  portal.advance(8 * DAY);
  expect((await send({ wish: 'remind' })).html).toContain('已经催办');
  expect((await send({ wish: 'remind' })).html).toContain('已经催办');
  portal.advance(2 * DAY);
  const page = await send({ wish: 'remind' });
  expect(page.summary).toContain('还没有到可以催办的日子');
  expect(page.html).toContain('起可以催办');
});

test('what is sent with a code that was replaced meanwhile is not taken, said so, and not lost', async () => {
  await using portal = await createPortal({ pages: true });
  const { queryCode } = await fileLead(portal);
  const send = openPage(portal, queryCode);
  expect((await send({ newCode: NEW_CODE })).html).toContain('查询码已经换了');
  const page = await send({ text: '还有一件事要补充。' });
  expect(page.status).toBe(404);
  expect(page.summary).toContain('这次的没有发出');
  expect(page.html).toContain('还有一件事要补充。');
  expect((await openPage(portal, NEW_CODE)()).html).not.toContain('还有一件事要补充。');
  expect((await send({ dispute: '当时写的是跑了五次。' })).html).toContain('已收到您的说明');
  expect((await send({ dispute: '当时写的是跑了五次。' })).summary).toContain('您已经说明过');
});
