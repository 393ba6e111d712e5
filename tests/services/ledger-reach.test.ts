import { expect, test } from 'vitest';
import { QINGSHAN, STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead, personOf } from '#support/leads.ts';
import { YEAR, readLedger } from '#support/ledgers.ts';

test('what somebody must not know of is neither in their ledger nor counted there', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await fileLead(portal, { ...STALLING, subjectName: '祁思齐', subjectRole: 'VILLAGE_CADRE' });
  const { reference } = await fileLead(portal);
  const seen = await readLedger(desk, 'triage', 'leads');
  expect(seen.rows.map((row) => [row['serial'], row['reference']])).toEqual([['1', reference]]);
  expect(seen.total).toBe(1);
  expect((await readLedger(desk, 'section-chief', 'leads')).total).toBe(2);
  const counted = await readLedger(desk, 'triage', 'hotspots', `${YEAR}&hotFrom=2`);
  expect(counted.rows[0]).toMatchObject({ count: '1', isHot: '否' });
  const all = await readLedger(desk, 'section-chief', 'hotspots', `${YEAR}&hotFrom=2`);
  expect(all.rows[0]).toMatchObject({
    town: '青山镇',
    count: '2',
    isHot: '是',
    measures: '未采取',
  });
  expect((await readLedger(desk, 'township-qingshan', 'leads')).total).toBe(0);
  expect((await readLedger(desk, 'township-qingshan', 'hotspots')).rows).toEqual([]);
});

test('sealed leads stand in the ledger of the discipline group alone, and are filtered there', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    subjectRole: 'COUNTY_LEADER',
    subjectBody: undefined,
  });
  expect((await readLedger(desk, 'leader', 'leads')).total).toBe(0);
  const own = await readLedger(desk, 'liaison', 'leads', `${YEAR}&place=990101100000&class=REPORT`);
  expect(own.rows).toMatchObject([{ reference, town: '青山镇', problems: '推诿刁难' }]);
  expect((await readLedger(desk, 'liaison', 'leads', `${YEAR}&place=990101001000`)).total).toBe(0);
  expect((await readLedger(desk, 'liaison', 'leads', `${YEAR}&class=APPEAL`)).total).toBe(0);
});

test('a post without the key of its body finds nothing in the ledgers', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await fileLead(portal);
  const { db } = portal.context;
  // As after a reset, until a colleague hands the body's key over again.
  await db.transaction(async (tx) => void (await tx.delete(tx.t.bodyKeyGrant)));
  expect(await readLedger(desk, 'triage', 'leads')).toMatchObject({ rows: [], total: 0 });
});

test('a township is not told small numbers about its own places', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    subjectRole: 'RECIPIENT',
    subjectBody: undefined,
  });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', {
    ...ACCEPTANCE,
    subjectRoles: ['RECIPIENT'],
  });
  await desk.take('section-chief', reference, 'assign', 'ACCEPTED', {
    body: QINGSHAN,
    caseWorkers: [await personOf(portal, 'township-qingshan'), await personOf(portal, 'handler')],
    dueOn: '2026-12-10',
  });
  const { rows } = await readLedger(desk, 'township-qingshan', 'hotspots');
  expect(rows[0]).toMatchObject({ count: '少于3', problems: '' });
  expect((await readLedger(desk, 'triage', 'hotspots')).rows[0]).toMatchObject({ count: '1' });
});

test('dates out of order and posts without ledgers are refused', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const wrong = await desk.call('triage', '/api/staff/ledgers/leads?from=2026-12-01&to=2026-01-01');
  expect(wrong.status).toBe(422);
  expect(await wrong.json()).toMatchObject({
    error: { fields: { to: '截止日期不能早于开始日期' } },
  });
  const noDate = await desk.call('triage', '/api/staff/ledgers/leads?from=soon&to=2026-01-01');
  const { error } = (await noDate.json()) as { error: { fields: object } };
  expect(error.fields).toEqual({ from: '填写日期，例如 2026-11-20' });
  for (const login of ['publisher', 'auditor', 'handler', 'hotline']) {
    for (const path of [`leads?${YEAR}`, `leads/export?${YEAR}`]) {
      expect((await desk.call(login, `/api/staff/ledgers/${path}`)).status).toBe(403);
    }
  }
});
