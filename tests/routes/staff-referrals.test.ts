import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import type { LetterBody, ReferralCounts, ReferralPage } from '#routes/staff-referral-schemas.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';
import { RECEIPT, TO_GROUP, TO_OUTSIDE, readReferrals, referLead } from '#support/referrals.ts';
import { findInFolder } from '#support/scan-folder.ts';

const PATH = '/api/staff/referrals';
const NAMED = {
  ...STALLING,
  mode: 'NAMED',
  reporter: { name: '申小满', contact: '100-0000-0001' },
};
const DAY = 86_400_000;
type Desk = ReturnType<typeof createDesk>;

async function list(desk: Desk, login: string, query = ''): Promise<ReferralPage['items']> {
  const answer = await desk.call(login, `${PATH}${query}`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as ReferralPage).items;
}

async function counts(desk: Desk, login: string): Promise<ReferralCounts> {
  return (await (await desk.call(login, `${PATH}/counts`)).json()) as ReferralCounts;
}

async function letterOf(desk: Desk, login: string, id: string): Promise<LetterBody> {
  const answer = await desk.call(login, `${PATH}/${id}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as LetterBody;
}

async function onlyId(portal: FreshPortal): Promise<string> {
  const [row] = await readReferrals(portal);
  if (!row) throw new Error('no letter');
  return row.id;
}

async function actions(portal: FreshPortal, action: string): Promise<number> {
  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  return entries.filter((entry) => entry.action === action).length;
}

test('a letter says what is handed over to whom, by when to answer and on what basis', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk);
  const { letter } = await letterOf(desk, 'section-chief', await onlyId(portal));
  expect(letter).toMatchObject({
    from: '示范区民政局',
    to: '示范区纪委监委驻民政局纪检监察组',
    number: '示民移〔2026〕1号',
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
  const id = await onlyId(portal);
  const view = await letterOf(desk, 'section-chief', id);
  expect(view).toMatchObject({ outside: true, mayNameReporter: false });
  expect(view.letter.attachment).toBeNull();
  expect(JSON.stringify(view)).not.toContain(STALLING.text);
  const reason = { reason: '公安机关要求。' };
  const refused = await desk.call('section-chief', `${PATH}/${id}/letter`, reason);
  expect(refused.status).toBe(403);
  expect(await actions(portal, 'lead.open-reporter')).toBe(0);
});

test('a copy with who complained needs a reason, which stands on the lead and in the log', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk, TO_GROUP, NAMED);
  const id = await onlyId(portal);
  const plain = JSON.stringify(await letterOf(desk, 'section-chief', id));
  expect(plain).toContain(STALLING.text);
  expect(plain).not.toContain('申小满');
  const path = `${PATH}/${id}/letter`;
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
  const path = `${PATH}/${await onlyId(portal)}/letter`;
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
  const id = await onlyId(portal);
  await letterOf(desk, 'section-chief', id);
  await letterOf(desk, 'leader', id);
  expect(await actions(portal, 'lead.referral-letter')).toBe(2);
  const recipient = await identityToRecipient(await generateX25519Identity());
  expect((await desk.call('section-chief', `${PATH}/${id}/file`, { recipient })).status).toBe(200);
  expect(await actions(portal, 'lead.referral-file')).toBe(1);
});

test('the file opens with the receiver’s key in any age program, and nothing of it is on the disk', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const outside = { ...TO_OUTSIDE, outside: '示范市纪委监委', outsideKind: 'DISCIPLINE' };
  await referLead(portal, desk, outside, NAMED);
  const id = await onlyId(portal);
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const wish = { recipient, reason: '随件密送。' };
  const answer = await desk.call('section-chief', `${PATH}/${id}/file`, wish);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toContain('.txt.age');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(new TextDecoder().decode(bytes.slice(0, 21))).toBe('age-encryption.org/v1');
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const text = Buffer.from(await decrypter.decrypt(bytes)).toString('utf8');
  for (const part of ['示范市纪委监委：', '示民移〔2026〕1号', '申小满', STALLING.text]) {
    expect(text).toContain(part);
  }
  expect(text.startsWith('\uFEFF示范区民政局\r\n')).toBe(true);
  expect(findInFolder(portal.root, ['示范市纪委监委', outside.summary, '申小满'])).toEqual([]);
});

test('a file is made for no other than a receiver outside, with a key that is one', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await referLead(portal, desk, TO_OUTSIDE);
  const path = `${PATH}/${await onlyId(portal)}/file`;
  for (const recipient of ['', 'age1notakey', 'AGE-SECRET-KEY-1QQQQ', 'ssh-ed25519 AAAA']) {
    expect((await desk.call('section-chief', path, { recipient })).status).toBe(422);
  }
  expect(await actions(portal, 'lead.referral-file')).toBe(0);
  const second = { ...STALLING, text: '另一件事情，请一并核查。' };
  const reference = await referLead(portal, desk, TO_GROUP, second);
  const inside = (await list(desk, 'section-chief')).find((item) => item.reference === reference);
  const recipient = await identityToRecipient(await generateX25519Identity());
  const answer = await desk.call('section-chief', `${PATH}/${inside?.id}/file`, { recipient });
  expect(answer.status).toBe(409);
});

test('a letter is in the list of who sent it and of who received it until it is answered', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk);
  const row = { reference, number: '示民移〔2026〕1号', state: 'waiting-receipt', overdue: false };
  expect(await list(desk, 'section-chief')).toMatchObject([row]);
  expect(await list(desk, 'section-chief', '?direction=in')).toEqual([]);
  expect(await list(desk, 'liaison', '?direction=in')).toMatchObject([row]);
  expect(await list(desk, 'liaison')).toEqual([]);
  await desk.take('liaison', reference, 'confirm-receipt', 'TRANSFERRED', RECEIPT);
  expect(await list(desk, 'liaison', '?direction=in&state=waiting-receipt')).toEqual([]);
  expect((await counts(desk, 'liaison')).in).toEqual({
    waitingReceipt: 0,
    waitingFeedback: 1,
    overdue: 0,
  });
  portal.advance(32 * DAY);
  const later = createDesk(portal);
  expect(await list(later, 'section-chief', '?state=overdue')).toMatchObject([{ overdue: true }]);
  expect((await counts(later, 'section-chief')).out.overdue).toBe(1);
  await later.take('liaison', reference, 'return-transfer', 'TRANSFERRED', { reason: '管辖不符' });
  expect(await list(later, 'section-chief')).toEqual([]);
  expect(await list(later, 'section-chief', '?state=returned')).toMatchObject([{ reference }]);
});

test('letters follow one another page by page, the first to ask about first', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await referLead(portal, desk);
  const { db } = portal.context;
  const [row] = await readReferrals(portal);
  if (!row) throw new Error('no letter');
  await db.transaction(async (tx) => {
    for (let index = 2; index <= 60; index += 1) {
      const number = `示民移〔2026〕${index}号`;
      await tx.insert(tx.t.referral).values({ ...row, id: `copy-${index}`, number });
    }
  });
  const first = await desk.call('section-chief', PATH);
  const page = (await first.json()) as ReferralPage;
  expect(page.items).toHaveLength(50);
  const next = encodeURIComponent(page.next ?? '');
  const rest = await list(desk, 'section-chief', `?after=${next}`);
  expect([page.items[0], rest[0]].map((item) => item?.number)).toEqual([
    '示民移〔2026〕1号',
    '示民移〔2026〕51号',
  ]);
  expect(new Set([...page.items, ...rest].map(({ id }) => id)).size).toBe(60);
  expect((await desk.call('section-chief', `${PATH}?after=nonsense`)).status).toBe(422);
});

test('who is excluded from a lead learns of its letter nowhere', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk);
  const id = await onlyId(portal);
  const reason = { reason: '与被反映人是亲属。' };
  await desk.take('triage', reference, 'declare-interest', 'TRANSFERRED', reason);
  const nothing = { waitingReceipt: 0, waitingFeedback: 0, overdue: 0 };
  for (const login of ['triage', 'township-qingshan', 'township-longwan', 'handler', 'hotline']) {
    for (const direction of ['in', 'out']) {
      expect(await list(desk, login, `?direction=${direction}&state=all`)).toEqual([]);
    }
    expect(await counts(desk, login)).toEqual({ in: nothing, out: nothing });
    const missing = await desk.call(login, `${PATH}/no-such-letter`);
    const hidden = await desk.call(login, `${PATH}/${id}`);
    expect(hidden.status).toBe(404);
    expect(await hidden.text()).toBe(await missing.text());
    for (const part of ['letter', 'file']) {
      const json = part === 'file' ? { recipient: 'age1x' } : reason;
      expect((await desk.call(login, `${PATH}/${id}/${part}`, json)).status).toBe(404);
    }
  }
  for (const login of ['publisher', 'auditor', 'security']) {
    expect((await desk.call(login, PATH)).status).toBe(403);
    expect((await desk.call(login, `${PATH}/counts`)).status).toBe(403);
    expect((await desk.call(login, `${PATH}/${id}`)).status).toBe(404);
  }
});

test('the bureau knows nothing of the letter of a sealed lead', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const accused = { ...STALLING, subjectRole: 'COUNTY_LEADER', subjectBody: undefined };
  const { reference } = await fileLead(portal, accused);
  const letter = { ...TO_OUTSIDE, outside: '示范市纪委监委', outsideKind: 'DISCIPLINE' };
  await desk.take('liaison', reference, 'transfer-sealed', 'RECEIVED', letter);
  expect(await list(desk, 'liaison')).toMatchObject([{ reference, toName: null, sealed: true }]);
  for (const login of ['section-chief', 'leader', 'triage', 'intake']) {
    expect(await list(desk, login, '?state=all')).toEqual([]);
    expect((await counts(desk, login)).out.waitingReceipt).toBe(0);
  }
});

test('for everybody the lists and counts tell of exactly the letters whose leads they may open', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const inLongwan = { ...STALLING, text: '龙湾镇的事情。', subjectBody: DEMO_BODIES.longwan };
  const aboutNobody = { ...STALLING, text: '没有反映人。', subjectRole: undefined };
  const references = [
    await referLead(portal, desk),
    await referLead(portal, desk, TO_GROUP, inLongwan),
    await referLead(portal, desk, TO_OUTSIDE, { ...aboutNobody, subjectBody: undefined }),
  ];
  const [first = ''] = references;
  const reason = { reason: '与被反映人是亲属。' };
  await desk.take('section-chief', first, 'declare-interest', 'TRANSFERRED', reason);
  for (const { login } of portal.accounts) {
    const open: string[] = [];
    for (const each of references) {
      const { status } = await desk.call(login, `/api/staff/leads/${each}`);
      if (status === 200) open.push(each);
    }
    const counted = await desk.call(login, `${PATH}/counts`);
    if (counted.status === 403) {
      expect({ login, open }).toEqual({ login, open: [] });
      continue;
    }
    const listed = [
      ...(await list(desk, login, '?direction=in&state=all')),
      ...(await list(desk, login, '?direction=out&state=all')),
    ].map(({ reference }) => reference);
    const found = (await counted.json()) as ReferralCounts;
    const waiting = found.in.waitingReceipt + found.out.waitingReceipt;
    expect({ login, listed: listed.toSorted(), waiting }).toEqual({
      login,
      listed: open.toSorted(),
      waiting: open.length,
    });
  }
});
