import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import type { ReferralCounts, ReferralPage } from '#routes/staff-referral-schemas.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';
import {
  RECEIPT,
  REFERRALS,
  TO_GROUP,
  TO_OUTSIDE,
  countReferrals,
  firstReferral,
  listReferrals,
  readReferrals,
  referLead,
} from '#support/referrals.ts';

const DAY = 86_400_000;

test('a letter is in the list of who sent it and of who received it until it is answered', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk);
  const number = expect.stringMatching(/^示民移〔2026〕[123]号$/);
  const row = { reference, number, state: 'waiting-receipt', overdue: false };
  expect(await listReferrals(desk, 'section-chief')).toMatchObject([row]);
  expect(await listReferrals(desk, 'section-chief', '?direction=in')).toEqual([]);
  expect(await listReferrals(desk, 'liaison', '?direction=in')).toMatchObject([row]);
  expect(await listReferrals(desk, 'liaison')).toEqual([]);
  await desk.take('liaison', reference, 'confirm-receipt', 'TRANSFERRED', RECEIPT);
  expect(await listReferrals(desk, 'liaison', '?direction=in&state=waiting-receipt')).toEqual([]);
  expect((await countReferrals(desk, 'liaison')).in).toEqual({
    waitingReceipt: 0,
    waitingFeedback: 1,
    overdue: 0,
  });
  portal.advance(32 * DAY);
  const later = createDesk(portal);
  expect(await listReferrals(later, 'section-chief', '?state=overdue')).toMatchObject([
    { overdue: true },
  ]);
  expect((await countReferrals(later, 'section-chief')).out.overdue).toBe(1);
  await later.take('liaison', reference, 'return-transfer', 'TRANSFERRED', { reason: '管辖不符' });
  expect(await listReferrals(later, 'section-chief')).toEqual([]);
  expect(await listReferrals(later, 'section-chief', '?state=returned')).toMatchObject([
    { reference },
  ]);
});

test('letters follow one another page by page, the first to ask about first', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await referLead(portal, desk);
  const { db } = portal.context;
  const [row] = await readReferrals(portal);
  if (!row) throw new Error('no letter');
  await db.transaction(async (tx) => {
    for (let index = 102; index <= 160; index += 1) {
      const number = `示民移〔2026〕${index}号`;
      await tx.insert(tx.t.referral).values({ ...row, id: `copy-${index}`, number });
    }
  });
  const first = await desk.call('section-chief', REFERRALS);
  const page = (await first.json()) as ReferralPage;
  expect(page.items).toHaveLength(50);
  const next = encodeURIComponent(page.next ?? '');
  const rest = await listReferrals(desk, 'section-chief', `?after=${next}`);
  expect([page.items[0], rest[0]].map((item) => item?.number)).toEqual([
    row.number,
    '示民移〔2026〕151号',
  ]);
  expect(new Set([...page.items, ...rest].map(({ id }) => id)).size).toBe(60);
  expect((await desk.call('section-chief', `${REFERRALS}?after=nonsense`)).status).toBe(422);
});

test('who is excluded from a lead learns of its letter nowhere', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk);
  const id = await firstReferral(portal);
  const reason = { reason: '与被反映人是亲属。' };
  await desk.take('triage', reference, 'declare-interest', 'TRANSFERRED', reason);
  const nothing = { waitingReceipt: 0, waitingFeedback: 0, overdue: 0 };
  for (const login of ['triage', 'township-qingshan', 'township-longwan', 'handler', 'hotline']) {
    for (const direction of ['in', 'out']) {
      expect(await listReferrals(desk, login, `?direction=${direction}&state=all`)).toEqual([]);
    }
    expect(await countReferrals(desk, login)).toEqual({ in: nothing, out: nothing });
    const missing = await desk.call(login, `${REFERRALS}/no-such-letter`);
    const hidden = await desk.call(login, `${REFERRALS}/${id}`);
    expect(hidden.status).toBe(404);
    expect(await hidden.text()).toBe(await missing.text());
    for (const part of ['letter', 'file']) {
      const json = part === 'file' ? { recipient: 'age1x' } : reason;
      expect((await desk.call(login, `${REFERRALS}/${id}/${part}`, json)).status).toBe(404);
    }
  }
  for (const login of ['publisher', 'auditor', 'security']) {
    expect((await desk.call(login, REFERRALS)).status).toBe(403);
    expect((await desk.call(login, `${REFERRALS}/counts`)).status).toBe(403);
    expect((await desk.call(login, `${REFERRALS}/${id}`)).status).toBe(404);
  }
});

test('the bureau knows nothing of the letter of a sealed lead', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const accused = { ...STALLING, subjectRole: 'COUNTY_LEADER', subjectBody: undefined };
  const { reference } = await fileLead(portal, accused);
  const letter = { ...TO_OUTSIDE, outside: '示范市纪委监委', outsideKind: 'DISCIPLINE' };
  await desk.take('liaison', reference, 'transfer-sealed', 'RECEIVED', letter);
  expect(await listReferrals(desk, 'liaison')).toMatchObject([
    { reference, toName: null, sealed: true },
  ]);
  for (const login of ['section-chief', 'leader', 'triage', 'intake']) {
    expect(await listReferrals(desk, login, '?state=all')).toEqual([]);
    expect((await countReferrals(desk, login)).out.waitingReceipt).toBe(0);
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
    const counted = await desk.call(login, `${REFERRALS}/counts`);
    if (counted.status === 403) {
      expect({ login, open }).toEqual({ login, open: [] });
      continue;
    }
    const listed = [
      ...(await listReferrals(desk, login, '?direction=in&state=all')),
      ...(await listReferrals(desk, login, '?direction=out&state=all')),
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
