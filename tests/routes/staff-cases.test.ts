import { expect, test } from 'vitest';
import { readAuditHead } from '#db/queries/audit.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { CHECKS, codeOf, createCaseDesk } from '#support/cases.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { idOf } from '#support/lists.ts';
import { findInFolder } from '#support/scan-folder.ts';

const DAY_MS = 24 * 3_600_000;
const seqOf = async (portal: Awaited<ReturnType<typeof createPortal>>) =>
  (await readAuditHead(portal.context.db))?.seq ?? 0;

test('a case is handed in by a township and approved by somebody of the bureau', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const id = await desk.handIn();
  expect((await desk.read('township-qingshan', id)).steps).toEqual([]);
  const seen = await desk.read('reviewer', id);
  expect(seen).toMatchObject({ status: 'submitted', body: '青山镇人民政府', place: '青山镇' });
  expect(seen.steps).toEqual(['return', 'approve']);
  expect(await codeOf(await desk.take('reviewer', id, 'approve'))).toBe('invalid-input');
  await desk.approve(id);
  const approved = await desk.read('reviewer', id);
  expect(approved).toMatchObject({ status: 'approved', endsOn: '2027-05-20' });
  expect(approved.steps).toEqual(['withdraw']);
});

test('who wrote a case or handed it in does not approve it', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const own = { bodyCode: DEMO_BODIES.discipline };
  const id = await desk.handIn({}, 'liaison', own);
  expect(await codeOf(await desk.take('liaison', id, 'approve', { checks: CHECKS }))).toBe(
    'own-approval',
  );
  expect(await desk.read('liaison', id)).toMatchObject({ isOwn: true, steps: [] });
  await desk.approve(id, 'liaison-2');

  const draft = await desk.write('liaison', {}, own);
  const { id: second } = (await draft.json()) as { id: string };
  expect((await desk.take('liaison-2', second, 'hand-in')).status).toBe(204);
  for (const login of ['liaison', 'liaison-2']) {
    const answer = await desk.take(login, second, 'approve', { checks: CHECKS });
    expect(await codeOf(answer)).toBe('own-approval');
  }
  await desk.approve(second, 'leader');
});

test('every step is one audit entry, and a refused one is none', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const logins = ['township-qingshan', 'reviewer', 'section-chief'];
  for (const login of logins) await desk.list(login);
  const { db } = portal.context;
  const before = await seqOf(portal);
  const id = await desk.handIn();
  await desk.take('reviewer', id, 'return', { note: '写明追缴金额。' });
  await desk.take('reviewer', id, 'return', { note: '再写一次。' });
  await desk.take('township-qingshan', id, 'approve', { checks: CHECKS });
  const entries = (await db.select().from(db.t.auditEntry)).filter(({ seq }) => seq > before);
  expect(entries.map(({ action }) => action)).toEqual([
    'case.create',
    'case.hand-in',
    'case.return',
  ]);
});

test('a case that was sent back says why, and goes in again with other words', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const id = await desk.handIn();
  expect(await codeOf(await desk.take('reviewer', id, 'return'))).toBe('invalid-input');
  await desk.take('reviewer', id, 'return', { note: '写明追缴金额。' });
  const back = await desk.read('township-qingshan', id);
  expect(back).toMatchObject({ status: 'returned', note: '写明追缴金额。' });
  const { revision, text } = back;
  const seen = { from: 'returned', revision };
  const change = { seen, text: { ...text, handling: '追缴低保金八千元。' }, handIn: true };
  expect((await desk.post('township-qingshan', change, `/${id}`)).status).toBe(204);
  expect(await codeOf(await desk.post('township-qingshan', change, `/${id}`))).toBe(
    'state-changed',
  );
  const again = await desk.read('reviewer', id);
  expect(again.text?.handling).toBe('追缴低保金八千元。');
});

test('nobody approves words that were changed since they were read', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const id = await desk.handIn();
  const { revision } = await desk.read('reviewer', id);
  await desk.take('section-chief', id, 'return', { note: '补充。' });
  const back = await desk.read('township-qingshan', id);
  const seen = { from: back.status, revision: back.revision };
  await desk.post('township-qingshan', { seen, text: back.text, handIn: true }, `/${id}`);
  const late = { step: 'approve', seen: { from: 'submitted', revision }, checks: CHECKS };
  expect(await codeOf(await desk.post('reviewer', late, `/${id}/steps`))).toBe('state-changed');
});

test('numbers of citizens are refused before anything is stored', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const number = idOf('19570303');
  const planted = [
    { happened: `张某（身份证号${number.slice(0, 6)} ${number.slice(6)}）隐瞒收入。` },
    { handling: '钱款已退回银行卡9990 0000 0000 0000 123。' },
    { title: '张某电话１９９００００００１２打不通' },
  ];
  for (const words of planted) {
    const answer = await desk.write('township-qingshan', words);
    const { error } = (await answer.json()) as {
      error: { code: string; fields: Record<string, string> };
    };
    expect(error.code).toBe('personal-data');
    expect(Object.keys(error.fields)).toEqual(Object.keys(words));
  }
  expect((await desk.list('township-qingshan')).items).toEqual([]);
  const { dataDir } = portal.context.config;
  expect(findInFolder(dataDir, [number, number.slice(6), '9990 0000', '19900000012'])).toEqual([]);
});

test('the words of a draft stand nowhere in clear until they are approved', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const id = await desk.handIn({ happened: '村民陈演示隐瞒收入，骗取低保。' });
  const needles = ['陈演示', '隐瞒收入', '原村干部张某'];
  expect(findInFolder(portal.context.config.dataDir, needles)).toEqual([]);
  const { spots, text } = await desk.read('reviewer', id);
  const marked = spots?.happened.map(({ start, end }) => text?.happened.slice(start, end));
  expect(marked).toContain('陈演示');
});

test('a case is not there for those it is not for', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const draft = await desk.write('township-qingshan');
  const { id } = (await draft.json()) as { id: string };
  // Not another township's, and not the bureau's before it is handed in.
  for (const login of ['township-longwan', 'reviewer', 'triage']) {
    expect((await desk.call(login, `/api/staff/cases/${id}`)).status, login).toBe(404);
  }
  for (const login of ['intake', 'auditor', 'handler']) {
    expect((await desk.call(login, '/api/staff/cases')).status, login).toBe(403);
  }
  expect(await codeOf(await desk.write('township-longwan'))).toBe('not-allowed');
  expect((await desk.list('township-longwan')).items).toEqual([]);
});

test('a draft that is discarded is destroyed', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const draft = await desk.write('township-qingshan');
  const { id } = (await draft.json()) as { id: string };
  expect((await desk.take('township-qingshan', id, 'discard')).status).toBe(204);
  const { db } = portal.context;
  expect(await db.select().from(db.t.publicCase)).toMatchObject([{ sealed: null }]);
  expect(await codeOf(await desk.take('township-qingshan', id, 'hand-in'))).toBe('not-now');
});

test('each month is answered by a case or by nothing to report, and silence is missing', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  const none = { bodyCode: DEMO_BODIES.longwan, month: '2026-11' };
  const say = (login: string, json: object = none) => desk.post(login, json, '/none');
  expect((await say('township-longwan')).status).toBe(204);
  expect(await codeOf(await say('township-longwan'))).toBe('state-changed');
  expect(await codeOf(await say('township-qingshan'))).toBe('not-allowed');
  expect(await codeOf(await say('township-longwan', { ...none, month: '2026-12' }))).toBe(
    'invalid-input',
  );
  await desk.handIn();
  const own = { ...none, bodyCode: DEMO_BODIES.qingshan };
  expect(await codeOf(await say('township-qingshan', own))).toBe('not-now');
  // A case that comes after all takes the place of nothing.
  await desk.handIn({}, 'township-longwan', { bodyCode: DEMO_BODIES.longwan });

  const answersOn = async () => {
    const fresh = createCaseDesk(portal);
    const { bodies } = (await fresh.list('reviewer')).answers;
    return bodies.map(({ code, months }) => [code, months.map(({ answer }) => answer)]);
  };
  expect(Object.fromEntries(await answersOn())).toMatchObject({
    [DEMO_BODIES.longwan]: ['cases'],
    [DEMO_BODIES.yunshui]: ['open'],
  });
  portal.advance(26 * DAY_MS);
  expect(Object.fromEntries(await answersOn())).toMatchObject({
    [DEMO_BODIES.yunshui]: ['open', 'missing'],
    [DEMO_BODIES.bureau]: ['open', 'missing'],
  });
});

test('a body owes nothing for the months before it began', async () => {
  await using portal = await createPortal();
  // The county gains a township in December: here all bodies begin then.
  const { db } = portal.context;
  await db.transaction((tx) => tx.update(tx.t.body).set({ validFrom: '2026-12-01' }));
  portal.advance(26 * DAY_MS);
  const { bodies } = (await createCaseDesk(portal).list('reviewer')).answers;
  const answers = bodies.flatMap(({ months }) =>
    months.map(({ month, answer }) => [month, answer]),
  );
  expect(new Set(answers.flat())).toEqual(new Set(['2026-12', 'open']));
});
