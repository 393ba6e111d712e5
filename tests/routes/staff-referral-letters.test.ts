import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';
import {
  NAMED,
  REFERRALS,
  TO_GROUP,
  TO_OUTSIDE,
  firstReferral,
  listReferrals,
  openLetter,
  referLead,
} from '#support/referrals.ts';
import { findInFolder } from '#support/scan-folder.ts';

async function actions(portal: FreshPortal, action: string): Promise<number> {
  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  return entries.filter((entry) => entry.action === action).length;
}

test('a letter says what is handed over to whom, by when to answer and on what basis', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk);
  const { letter } = await openLetter(desk, 'section-chief', await firstReferral(portal));
  expect(letter).toMatchObject({
    from: '示范区民政局',
    to: '示范区纪委监委驻民政局纪检监察组',
    number: expect.stringMatching(/^示民移〔2026〕[123]号$/),
    date: '2026年11月20日',
    contact: ['联系人：俞明川', '电话：0000-8000001'],
  });
  const words = JSON.stringify(letter);
  expect(words).toContain(reference);
  expect(words).toContain(TO_GROUP.summary);
  expect(words).toContain('2026年12月21日前');
  expect(words).toContain('《信访工作条例》第二十三条');
  expect(letter.sections[1]?.lines).toEqual(['反映材料复印件一份', '来访登记复印件一份']);
  expect(letter.slip).toContain('共2项已收到');
});

test('only a discipline organ reads the complaint and may be told who complained', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await referLead(portal, desk, TO_OUTSIDE, NAMED);
  const id = await firstReferral(portal);
  const view = await openLetter(desk, 'section-chief', id);
  expect(view).toMatchObject({ outside: true, mayNameReporter: false });
  expect(view.letter.attachment).toBeNull();
  expect(JSON.stringify(view)).not.toContain(STALLING.text);
  const reason = { reason: '公安机关要求。' };
  const refused = await desk.call('section-chief', `${REFERRALS}/${id}/letter`, reason);
  expect(refused.status).toBe(403);
  expect(await actions(portal, 'lead.open-reporter')).toBe(0);
});

test('a copy with who complained needs a reason, which stands on the lead and in the log', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk, TO_GROUP, NAMED);
  const id = await firstReferral(portal);
  const plain = JSON.stringify(await openLetter(desk, 'section-chief', id));
  expect(plain).toContain(STALLING.text);
  expect(plain).not.toContain('申小满');
  const path = `${REFERRALS}/${id}/letter`;
  expect((await desk.call('section-chief', path, { reason: '' })).status).toBe(422);
  const named = await desk.call('section-chief', path, { reason: '随件密送纪检监察组。' });
  expect(await named.text()).toContain('申小满');
  const { events } = await desk.open('section-chief', reference);
  expect(events.at(-1)).toMatchObject({ event: 'open-reporter', personName: '俞明川' });
  expect((await desk.call('leader', path, { reason: '想看一看。' })).status).toBe(403);
});

test('a copy that waits for a second person is not written as if no name had been left', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await referLead(portal, desk, TO_GROUP, { ...NAMED, mode: 'CONFIDENTIAL' });
  const path = `${REFERRALS}/${await firstReferral(portal)}/letter`;
  const asked = await desk.call('section-chief', path, { reason: '随件密送纪检监察组。' });
  expect(asked.status).toBe(409);
  expect(await asked.text()).toContain('另一位人员同意');
  expect(await actions(portal, 'lead.ask-reporter')).toBe(1);
  expect(await actions(portal, 'lead.referral-letter')).toBe(0);
});

test('every opening of a letter and every download is in the log', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await referLead(portal, desk, TO_OUTSIDE);
  const id = await firstReferral(portal);
  await openLetter(desk, 'section-chief', id);
  await openLetter(desk, 'leader', id);
  expect(await actions(portal, 'lead.referral-letter')).toBe(2);
  const recipient = await identityToRecipient(await generateX25519Identity());
  expect((await desk.call('section-chief', `${REFERRALS}/${id}/file`, { recipient })).status).toBe(
    200,
  );
  expect(await actions(portal, 'lead.referral-file')).toBe(1);
});

test('the file opens with the receiver’s key in any age program, and nothing of it is on the disk', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const outside = { ...TO_OUTSIDE, outside: '示范市纪委监委', outsideKind: 'DISCIPLINE' };
  await referLead(portal, desk, outside, NAMED);
  const id = await firstReferral(portal);
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const wish = { recipient, reason: '随件密送。' };
  const answer = await desk.call('section-chief', `${REFERRALS}/${id}/file`, wish);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toContain('.txt.age');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(new TextDecoder().decode(bytes.slice(0, 21))).toBe('age-encryption.org/v1');
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const text = Buffer.from(await decrypter.decrypt(bytes)).toString('utf8');
  for (const part of ['示范市纪委监委：', '示民移〔2026〕', '申小满', STALLING.text]) {
    expect(text).toContain(part);
  }
  expect(text.startsWith('\uFEFF示范区民政局\r\n')).toBe(true);
  expect(findInFolder(portal.root, ['示范市纪委监委', outside.summary, '申小满'])).toEqual([]);
});

test('a file is made for no other than a receiver outside, with a key that is one', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await referLead(portal, desk, TO_OUTSIDE);
  const path = `${REFERRALS}/${await firstReferral(portal)}/file`;
  for (const recipient of ['', 'age1notakey', 'AGE-SECRET-KEY-1QQQQ', 'ssh-ed25519 AAAA']) {
    expect((await desk.call('section-chief', path, { recipient })).status).toBe(422);
  }
  expect(await actions(portal, 'lead.referral-file')).toBe(0);
  const second = { ...STALLING, text: '另一件事情，请一并核查。' };
  const reference = await referLead(portal, desk, TO_GROUP, second);
  const inside = (await listReferrals(desk, 'section-chief')).find(
    (item) => item.reference === reference,
  );
  const recipient = await identityToRecipient(await generateX25519Identity());
  const answer = await desk.call('section-chief', `${REFERRALS}/${inside?.id}/file`, { recipient });
  expect(answer.status).toBe(409);
});
