import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';
import { TO_GROUP, TO_OUTSIDE, readReferrals, referLead } from '#support/referrals.ts';
import { browse } from './browse.ts';

test('the letter is found from the start page, the list and the lead', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const chief = await browse(portal, 'section-chief');
  expect((await chief('/staff/')).html).not.toContain('等回执1件');
  const reference = await referLead(portal, desk);
  const [row] = await readReferrals(portal);
  const path = `/staff/referrals/${row?.id}/`;
  expect((await chief('/staff/')).html).toContain('发出的等回执1件');
  expect((await chief('/staff/referrals/')).html).toContain(`href="${path}"`);
  expect((await chief(`/staff/leads/${reference}/`)).html).toContain(`href="${path}"`);
  const letter = await chief(path);
  expect(letter.status).toBe(200);
  for (const part of ['移交函', row?.number ?? '〔2026〕', TO_GROUP.summary, '回执', '签收人']) {
    expect(letter.html).toContain(part);
  }
  const liaison = await browse(portal, 'liaison');
  expect((await liaison('/staff/')).html).toContain('收到的等回执1件');
  expect((await liaison('/staff/referrals/')).html).toContain('收到的移交函');
});

test('a letter that is not for one’s eyes is a page that was not found', async () => {
  await using portal = await createPortal();
  await referLead(portal, createDesk(portal));
  const [row] = await readReferrals(portal);
  const township = await browse(portal, 'township-qingshan');
  const hidden = await township(`/staff/referrals/${row?.id}/`);
  expect(hidden.status).toBe(404);
  const missing = await township('/staff/referrals/none/');
  expect(hidden.html).toBe(missing.html.replaceAll('/none/', `/${row?.id}/`));
  expect((await township('/staff/referrals/')).html).toContain('没有符合条件的移交函');
});

test('the file for an authority outside is downloaded by a plain form', async () => {
  await using portal = await createPortal();
  await referLead(portal, createDesk(portal), TO_OUTSIDE);
  const [row] = await readReferrals(portal);
  const path = `/staff/referrals/${row?.id}/`;
  const chief = await browse(portal, 'section-chief');
  const bad = await chief(path, [
    ['action', 'file'],
    ['recipient', 'age1wrong'],
  ]);
  expect(bad.status).toBe(422);
  expect(bad.html).toContain('value="age1wrong"');
  expect(bad.html).toContain('href="#recipient"');
  const identity = await generateX25519Identity();
  const good = await chief(path, [
    ['action', 'file'],
    ['recipient', await identityToRecipient(identity)],
  ]);
  expect(good.status).toBe(200);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  expect(await decrypter.decrypt(good.bytes, 'text')).toContain(TO_OUTSIDE.outside);
});

test('the copy with who complained is opened by a form that asks why', async () => {
  await using portal = await createPortal();
  const named = { ...STALLING, mode: 'NAMED', reporter: { name: '申小满', contact: '老地方' } };
  await referLead(portal, createDesk(portal), TO_GROUP, named);
  const [row] = await readReferrals(portal);
  const path = `/staff/referrals/${row?.id}/`;
  const chief = await browse(portal, 'section-chief');
  const without = await chief(path, [
    ['action', 'named'],
    ['reason', ''],
  ]);
  expect(without.status).toBe(422);
  expect(without.html).toContain('id="reason-error"');
  expect(without.html).not.toContain('申小满');
  const copy = await chief(path, [
    ['action', 'named'],
    ['reason', '随件密送。'],
  ]);
  expect(copy.html).toContain('申小满');
});

test('the word before the year is set by the body’s own security administrator', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const security = await browse(portal, 'security');
  const path = '/staff/referrals/words/';
  const field = `word-${DEMO_BODIES.bureau}`;
  expect((await security(path)).html).toContain('示民移〔2026〕12号');
  const form = (word: string): [string, string][] => [
    ['body', DEMO_BODIES.bureau],
    [field, word],
  ];
  const bad = await security(path, form('abc'));
  expect(bad.status).toBe(422);
  expect(bad.html).toContain(`href="#${field}"`);
  expect(bad.html).toContain(`id="${field}-error"`);
  const taken = await security(path, form('示纪移'));
  expect(taken.html).toContain('别的单位已经用这个字号');
  expect((await security(path, form('示民函'))).status).toBe(303);
  await referLead(portal, desk);
  expect(await readReferrals(portal)).toMatchObject([
    { number: expect.stringMatching(/^示民函〔2026〕[123]号$/) },
  ]);
  const chief = await browse(portal, 'section-chief');
  expect((await chief(path)).html).toContain('由本单位的安全管理员设置');
});
