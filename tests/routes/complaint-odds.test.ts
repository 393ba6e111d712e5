import { expect, test } from 'vitest';
import { publish } from '#publishing/publish.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { STALLING, VILLAGE, sendComplaint, sendForm } from '#support/complaints.ts';
import { makePhoto, uploadFile } from '#support/evidence.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { answerUpTo, headingOf, openPlainBrowser } from '#support/plain-browser.ts';
import { findInFolder } from '#support/scan-folder.ts';

const HOUR = 3_600_000;

test('a text too long to come without a proof is told of on its page, kept, and shortened there', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const page = await answerUpTo(browser, 'text');
  expect(page.html).toMatch(/<noscript>[\s\S]*最多写3000个字左右/);
  const check = await answerUpTo(browser, 'check', {
    text: { text: `开头${'很'.repeat(3900)}结尾` },
  });
  const back = await browser.send(check, { go: 'submit' });
  expect(back.status).toBe(422);
  expect(back.hidden['step']).toBe('text');
  expect(back.html).toContain(`开头${'很'.repeat(3900)}结尾`);
  expect(back.html).toContain('最多写3000个字左右');
  const shorter = await browser.send(back, { text: '很'.repeat(3000) });
  expect(headingOf(shorter)).toBe('核对后提交');
  expect((await browser.send(shorter, { go: 'submit' })).path).toBe('/complaints/receipt');
});

test.each([
  ['NUL', '一\u0000二'],
  ['bidi', '一\u202E二\u2066三'],
  ['lone surrogate', '一\uD83D二'],
  ['four bytes', '𠮷𠮷家的事👵🏽'],
  ['markup', '</textarea><script>alert(1)</script>'],
])('%s in every line goes in and harms nothing', async (_name, text) => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const check = await answerUpTo(browser, 'check', {
    text: { text: `${text}，办事的人让我来回跑了五趟。` },
    details: { money: text, witnesses: text },
    accused: { 'subjects.0.role': 'VILLAGE_CADRE', 'subjects.0.name': text },
    mode: { mode: 'NAMED' },
    reporter: { 'reporter.name': text, 'reporter.contact': text },
  });
  expect(headingOf(check)).toBe('核对后提交');
  expect(check.html).not.toContain('\0');
  expect(check.html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|<script>alert/);
  expect((await browser.send(check, { go: 'submit' })).path).toBe('/complaints/receipt');
});

test('files that died or were taken meanwhile are told of, and the complaint goes on without them', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const { uploadId } = await uploadFile(portal, await makePhoto());
  const check = await answerUpTo(browser, 'check', { evidence: { evidence: uploadId } });
  expect((await sendComplaint(portal, { ...STALLING, evidence: [uploadId] })).status).toBe(201);
  const back = await browser.send(check, { go: 'submit' });
  expect(back.hidden['step']).toBe('evidence');
  expect(back.status).toBe(422);
  const again = await browser.send(back, {});
  expect(headingOf(again)).toBe('核对后提交');
  expect((await browser.send(again, { go: 'submit' })).path).toBe('/complaints/receipt');
});

test('a guessed upload id opens, ties and removes nothing', async () => {
  await using portal = await createPortal();
  const { uploadId } = await uploadFile(portal, await makePhoto());
  const guessed = `${uploadId.slice(0, -2)}AA`;
  const details = await portal.call('/api/uploads/details', { json: { uploadIds: [guessed] } });
  expect(await details.json()).toEqual({ uploads: [] });
  expect((await sendComplaint(portal, { ...STALLING, evidence: [guessed] })).status).toBe(422);
  await portal.call('/api/uploads/removal', { json: { uploadId: guessed } });
  const kept = await portal.call('/api/uploads/details', { json: { uploadIds: [uploadId] } });
  expect(((await kept.json()) as { uploads: unknown[] }).uploads).toHaveLength(1);
});

test('nobody but who has the code learns of a lead by offering it as a new one', async () => {
  await using portal = await createPortal();
  const receipt = await (await sendComplaint(portal, STALLING)).json();
  const { queryCode } = receipt as { queryCode: string };
  const random = () => makeQueryCode(crypto.getRandomValues(new Uint8Array(CODE_BYTES)));
  const answers = await Promise.all(
    [
      { queryCode: random(), newCode: random() },
      { queryCode, newCode: 'ABC' },
    ].map(async (json) => (await portal.call('/api/follow-up/code', { json })).status),
  );
  expect(answers).toEqual([404, 404]);
});

test('a code that was changed is the complaint’s own still where the page is sent once more', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const check = await answerUpTo(browser, 'check');
  const receipt = await browser.send(check, { go: 'submit' });
  const { queryCode = '' } = receipt.hidden;
  const newCode = makeQueryCode(crypto.getRandomValues(new Uint8Array(CODE_BYTES)));
  const changed = await portal.call('/api/follow-up/code', { json: { queryCode, newCode } });
  expect(changed.status).toBe(200);
  const again = await browser.send(check, { go: 'submit' });
  expect(again.status).toBe(409);
  expect(again.html).toContain('查询码后来换过');
  const { lead } = portal.context.db.t;
  expect(await portal.context.db.select().from(lead)).toHaveLength(1);
});

test('after a whole journey no word, name, file name or code lies in the data folder', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const name = '会计记的第二本账.jpg';
  const { uploadId } = await uploadFile(portal, await makePhoto(), { name });
  const check = await answerUpTo(browser, 'check', {
    text: { text: '会计有第二本账，锁在广播室的铁皮柜里。' },
    mode: { mode: 'NAMED' },
    evidence: { evidence: uploadId },
  });
  const { queryCode = '' } = (await browser.send(check, { go: 'submit' })).hidden;
  const say = async (more: object) => {
    const json = { queryCode, ...more };
    return (await portal.call('/api/follow-up/messages', { json })).status;
  };
  expect(await say({ text: '钥匙挂在灶屋门后。' })).toBe(204);
  portal.advance(8 * 24 * HOUR);
  expect(await say({ wish: 'remind' })).toBe(204);
  const newCode = makeQueryCode(crypto.getRandomValues(new Uint8Array(CODE_BYTES)));
  await portal.call('/api/follow-up/code', { json: { queryCode, newCode } });
  const words = ['第二本账', '铁皮柜', '灶屋', '周某某', '电话未装', queryCode, newCode, uploadId];
  expect(findInFolder(portal.root, words)).toEqual([]);
});

test('a code that was replaced does not come back as a new one', async () => {
  await using portal = await createPortal();
  const { queryCode } = (await (await sendComplaint(portal, STALLING)).json()) as {
    queryCode: string;
  };
  const newCode = makeQueryCode(crypto.getRandomValues(new Uint8Array(CODE_BYTES)));
  await portal.call('/api/follow-up/code', { json: { queryCode, newCode } });
  const json = { queryCode: newCode, newCode: queryCode };
  const back = await portal.call('/api/follow-up/code', { json });
  expect(await back.json()).toMatchObject({ error: { code: 'code-replaced' } });
});

test('the check page tells villages of the same name apart', async () => {
  await using portal = await createPortal({ pages: true });
  await publish(portal.context);
  const browser = openPlainBrowser(portal);
  const accused = await answerUpTo(browser, 'accused');
  const bodies = [...accused.html.matchAll(/value="(village-\d+)"[^>]*>\s*([^<]+?)\s*</g)];
  const [, code = ''] = bodies.find(([, , name]) => name === '东河村村民委员会') ?? [];
  const others = await browser.send(accused, {
    'subjects.0.role': 'VILLAGE_CADRE',
    'subjects.0.bodyCode': code,
  });
  expect(others.html).toContain('青山镇东河村村民委员会');
});

test.each([true, false])(
  'a correction is answered with its code; cookies kept: %s',
  async (cookies) => {
    await using portal = await createPortal({ pages: true });
    const browser = openPlainBrowser(portal, { cookies });
    const path = '/complaints/correction';
    const { hidden, ...form } = await browser.get(path);
    const answers = { problemTypes: 'OVERPUB', placeCode: VILLAGE, text: '第三行不应当公开。' };
    const check = await browser.send(
      { ...form, hidden: { queryCode: hidden['queryCode'] ?? '' } },
      { ...answers, step: 'check' },
      path,
    );
    expect(headingOf(check)).toBe('核对后提交');
    const receipt = await browser.send(check, { step: 'submit' }, path);
    expect(receipt.path).toBe(cookies ? '/complaints/receipt' : path);
    expect(receipt.html).toContain('class="query-code"');
  },
);

test('a receipt of ten files is still there after the redirect', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const photo = await makePhoto();
  const uploads = await Promise.all(
    Array.from({ length: 10 }, async () => uploadFile(portal, photo)),
  );
  const page = await answerUpTo(browser, 'evidence');
  const evidence = uploads.map(({ uploadId }) => ['evidence', uploadId]);
  const fields = [...Object.entries(page.hidden), ...evidence] as [string, string][];
  const taken = await sendForm(portal, '/complaints/new', fields);
  expect(taken.status).toBe(200);
  const [, draft = ''] = /name="draft" value="([^"]+)"/.exec(await taken.text()) ?? [];
  let now = { ...page, hidden: { draft, step: 'mode' } as Record<string, string> };
  now = await browser.send(now, { mode: 'ANONYMOUS' });
  now = await browser.send(now, { behalf: 'SELF' });
  const receipt = await browser.send(now, { go: 'submit' });
  expect(receipt.path).toBe('/complaints/receipt');
  expect(receipt.html).toContain('附件10：');
});

test('a correction leaves the complaint that is being written in another window', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  await answerUpTo(browser, 'details');
  const kept = browser.jar.get('form');
  const path = '/complaints/correction';
  const { hidden, ...form } = await browser.get(path);
  const answers = { problemTypes: 'OVERPUB', placeCode: VILLAGE, text: '第三行不应当公开。' };
  const check = await browser.send(
    { ...form, hidden: { queryCode: hidden['queryCode'] ?? '' } },
    { ...answers, step: 'check' },
    path,
  );
  expect((await browser.send(check, { step: 'submit' }, path)).path).toBe('/complaints/receipt');
  expect(browser.jar.get('form')).toBe(kept);
  expect((await browser.get('/complaints/new?step=text')).html).toContain('来回跑了五趟');
});
