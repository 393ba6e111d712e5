import { expect, test } from 'vitest';
import { makePhoto, makeRecording, uploadFile } from '#support/evidence.ts';
import { sendForm } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';
import { answerUpTo, headingOf, openPlainBrowser } from '#support/plain-browser.ts';

const NOTHING = { text: { text: '' }, details: { happenedWhen: '去年秋天起', money: '' } };
const ASKED = '没有写文字的，上传录音或者录像';

test('who uploads a recording need write nothing; what else was said stands beside it', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const page = await answerUpTo(browser, 'evidence', NOTHING);
  expect(page.html).toContain('前面没有写文字');
  const { uploadId } = await uploadFile(portal, makeRecording());
  const check = await answerUpTo(browser, 'check', {
    ...NOTHING,
    evidence: { evidence: uploadId },
  });
  expect(check.html).toContain('没有写文字，由录音或者录像说明');
  expect(check.html).not.toContain('写得比较短');
  const receipt = await browser.send(check, { go: 'submit' });
  const reference = /YG-2026-\w{4}-\w{2}/.exec(receipt.html)?.[0] ?? '';
  const lead = await createDesk(portal).open('triage', reference);
  expect(lead.text).toBe('时间：去年秋天起');
});

test('neither nothing nor a photo alone tells what happened, and the page leads back to the words', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const page = await answerUpTo(browser, 'evidence', NOTHING);
  const empty = await browser.send(page, {});
  expect([empty.status, empty.html]).toEqual([422, expect.stringContaining(ASKED)]);
  const { uploadId } = await uploadFile(portal, await makePhoto());
  const photo = await browser.send(page, { evidence: uploadId });
  expect([photo.status, photo.html]).toEqual([422, expect.stringContaining(ASKED)]);
  const words = await browser.send(photo, { go: 'text' });
  expect(headingOf(words)).toContain('发生了什么');
  const details = await browser.send(words, { text: '照片上是领条，名字不是本人签的。' });
  const evidence = await browser.send(details, {});
  expect(headingOf(evidence)).toContain('有没有照片');
  expect((await browser.send(evidence, {})).hidden['step']).toBe('mode');
});

test('words that are taken out again at the end are asked for, by the page of the files', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const check = await answerUpTo(browser, 'check');
  const words = await browser.send(check, { go: 'text' });
  const files = await browser.send(words, { text: '' });
  expect(files.hidden).toMatchObject({ step: 'evidence', from: 'check' });
  const round = await browser.send(files, { go: 'check' });
  expect(round.hidden['step']).toBe('evidence');
  const again = await browser.send(round, { go: 'text' });
  const mended = await browser.send(again, { text: '来回跑了五趟，每次都说材料不全。' });
  expect(mended.path).toContain('/complaints/new?step=check&');
});

test('who asks a question is not told of recordings that nobody asks for', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const enquiry = { class: { class: 'ENQUIRY' } };
  const page = await answerUpTo(browser, 'text', enquiry);
  expect(page.html).not.toContain('录音');
  const back = await browser.send(page, { text: ' \u200B ' });
  expect([back.status, back.html]).toEqual([422, expect.stringContaining('写下发生了什么')]);
});

test('a photo that stood beside words does not stand for them with a remark, on whichever page they go', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const { uploadId } = await uploadFile(portal, await makePhoto());
  const own = { details: NOTHING.details, evidence: { evidence: uploadId } };
  const check = await answerUpTo(browser, 'check', own);
  const words = await browser.send(check, { go: 'text' });
  const files = await browser.send(words, { text: '' });
  expect(files.hidden).toMatchObject({ step: 'evidence' });
  // The answers as they are, sent past the pages.
  const { draft = '' } = files.hidden;
  const sent = await sendForm(portal, '/api/complaints', [['answers', draft]]);
  const { error } = (await sent.json()) as { error: { fields: Record<string, string> } };
  expect(Object.keys(error.fields)).toEqual(['evidence']);
  const again = await browser.send(files, { evidence: uploadId, go: 'text' });
  const mended = await browser.send(again, { text: '照片上的领条不是本人签的。' });
  expect(mended.html).not.toContain(ASKED);
});

test('of two windows of one browser neither shows what the other one asks for', async () => {
  await using portal = await createPortal({ pages: true });
  const browser = openPlainBrowser(portal);
  const first = await answerUpTo(browser, 'accused');
  const second = await answerUpTo(browser, 'problem', { class: { class: 'APPEAL' } });
  const reloaded = await browser.get(first.path);
  expect([headingOf(reloaded), reloaded.html]).toEqual([
    '另一个窗口里正在填写另一件',
    expect.stringContaining('接着填写另一个窗口里的'),
  ]);
  expect((await browser.get(second.path)).hidden['step']).toBe('problem');
  // Who presses the button of the first window goes on with what stands there.
  const on = await browser.send(first, { 'subjects.0.role': 'TOWN_HANDLER' });
  expect(on.hidden['step']).toBe('others');
  expect((await browser.get(on.path)).hidden['step']).toBe('others');
});
