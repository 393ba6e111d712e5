import { read, utils } from '@e965/xlsx';
import { expect, test } from 'vitest';
import type { LedgerBody } from '#routes/staff-ledgers.ts';
import { LEAD_COLUMNS } from '#rules/ledger-columns.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { QINGSHAN, STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, CONCLUSION, REPORT, createDesk, fileLead, personOf } from '#support/leads.ts';

const YEAR = 'from=2026-01-01&to=2026-12-31';
type Desk = ReturnType<typeof createDesk>;

async function ledger(desk: Desk, login: string, code: string, query = YEAR): Promise<LedgerBody> {
  const answer = await desk.call(login, `/api/staff/ledgers/${code}?${query}`);
  const body: unknown = await answer.json();
  expect({ status: answer.status, body }).toMatchObject({ status: 200 });
  return body as LedgerBody;
}

/** Another program's reading of an exported ledger. */
async function exported(desk: Desk, login: string, code: string, query = YEAR) {
  const answer = await desk.call(login, `/api/staff/ledgers/${code}/export?${query}`);
  expect(answer.status).toBe(200);
  const book = read(Buffer.from(await answer.arrayBuffer()), { cellStyles: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) throw new Error('no sheet');
  const rows = utils.sheet_to_json<string[]>(sheet, { header: 1, defval: '' });
  return { sheet, rows };
}

/** A lead that was investigated, concluded and given one item to mend, of which the check is still to come. */
async function conclude(portal: FreshPortal, desk: Desk, reference: string) {
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  const caseWorkers = [await personOf(portal, 'handler'), await personOf(portal, 'handler-2')];
  await desk.take('section-chief', reference, 'assign', 'ACCEPTED', {
    body: DEMO_BODIES.bureau,
    caseWorkers,
    dueOn: '2026-12-10',
  });
  await desk.take('handler', reference, 'start', 'ASSIGNED', { noInterest: true });
  await desk.take('handler', reference, 'report', 'INVESTIGATING', REPORT);
  await desk.take('handler-2', reference, 'report', 'INVESTIGATING');
  await desk.take('section-chief', reference, 'conclude', 'IN_REVIEW', {
    ...CONCLUSION,
    amountCents: '1234.5',
    clearedHouseholds: '2',
    clearedPersons: '5',
  });
  await desk.take('section-chief', reference, 'rectify', 'CONCLUDED', {
    items: [
      {
        problem: '赵大山没有一次性告知',
        cause: '没有告知单',
        measure: '印发告知单',
        owner: '镇民政办主任',
        dueOn: '2026-12-20',
      },
    ],
  });
}

test('the ledger of leads has every column in order, and says what was done', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    text: '我叫王小明，电话13812345678。经办人赵大山五次都说材料不全。',
    subjectName: '赵大山',
  });
  await conclude(portal, desk, reference);
  const { columns, rows, total } = await ledger(desk, 'section-chief', 'leads');
  expect(columns.map((column) => column.label).join(', ')).toBe(
    '序号, 线索编号, 收到日期, 来源, 层级, 实名/匿名, 反映人(编号), 被反映单位, 被反映人角色, 乡镇, 村, 问题类别, 主要内容(脱敏), 重复(次数), 重大/媒体/批示, 办理方式, 承办单位, 承办人, 移交日期与文号, 接收单位, 期限, 办结日期, 核查结论, 处置, 涉及金额, 追缴金额, 清退户/人, 纳入户/人, 问责人数, 反馈日期, 整改项数/完成数, 销号日期, 备注',
  );
  expect(total).toBe(1);
  expect(rows[0]).toMatchObject({
    serial: '1',
    reference,
    receivedOn: '2026年11月20日',
    source: '网上',
    level: '县',
    mode: '匿名',
    reporter: '匿名',
    subjectRoles: '乡镇（街道）经办人员',
    town: '青山镇',
    problems: '推诿刁难',
    summary: '我叫王**，电话（号码略）。经办人赵*山五次都说材料不全。',
    handling: '交办核查',
    workers: '柯以宁、詹知行',
    dueOn: '2026年12月10日',
    concludedOn: '2026年11月20日',
    finding: '查实',
    dispositions: '批评教育',
    amount: '1,234.50',
    cleared: '2/5',
    items: '1/0',
    remark: '整改中',
  });
  const items = await ledger(desk, 'section-chief', 'rectification');
  expect(items.rows).toMatchObject([
    {
      number: `${reference}-1`,
      origin: '线索',
      problem: '赵*山没有一次性告知',
      progress: '整改中',
    },
  ]);
});

test('an export prints as offices do, in text cells only, and is one entry of the log', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, { ...STALLING, text: '=1+1 就是这样算的' });
  const { sheet, rows } = await exported(desk, 'triage', 'leads');
  expect(rows[0]?.[0]).toBe('示范区群众举报问题线索统计台账');
  expect(rows[1]?.join('')).toContain('填报单位：示范区民政局');
  expect(rows[1]?.join('')).toContain('单位：件、元、户、人');
  expect(rows[1]?.join('')).toContain('填表日期：2026年11月20日');
  expect(rows[2]).toEqual(LEAD_COLUMNS.map((column) => column.label));
  expect(rows[3]?.[1]).toBe(reference);
  expect(rows[3]?.[12]).toBe('=1+1 就是这样算的');
  expect(rows.at(-1)?.filter(Boolean)).toEqual(['填表人：', '负责人：', '联系电话：']);
  const cells = Object.entries(sheet).filter(([address]) => !address.startsWith('!'));
  expect(cells.filter(([, cell]) => !['s', 'z'].includes(cell.t))).toEqual([]);
  expect(cells.filter(([, cell]) => cell.f !== undefined)).toEqual([]);
  const { db } = portal.context;
  const entries = (await db.select().from(db.t.auditEntry)).filter(
    ({ action }) => action === 'ledger.export',
  );
  expect(entries).toMatchObject([{ subjectKind: 'ledger', subjectId: 'leads:1' }]);
});

test('what somebody must not know of is neither in their ledger nor counted there', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await fileLead(portal, { ...STALLING, subjectName: '祁思齐', subjectRole: 'VILLAGE_CADRE' });
  const { reference } = await fileLead(portal);
  const seen = await ledger(desk, 'triage', 'leads');
  expect(seen.rows.map((row) => [row['serial'], row['reference']])).toEqual([['1', reference]]);
  expect(seen.total).toBe(1);
  expect((await ledger(desk, 'section-chief', 'leads')).total).toBe(2);
  const counted = await ledger(desk, 'triage', 'hotspots', `${YEAR}&hotFrom=2`);
  expect(counted.rows[0]).toMatchObject({ count: '1', isHot: '否' });
  const all = await ledger(desk, 'section-chief', 'hotspots', `${YEAR}&hotFrom=2`);
  expect(all.rows[0]).toMatchObject({
    town: '青山镇',
    count: '2',
    isHot: '是',
    measures: '未采取',
  });
  expect((await ledger(desk, 'township-qingshan', 'leads')).total).toBe(0);
  expect((await ledger(desk, 'township-qingshan', 'hotspots')).rows).toEqual([]);
});

test('sealed leads stand in the ledger of the discipline group alone, and are filtered there', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    subjectRole: 'COUNTY_LEADER',
    subjectBody: undefined,
  });
  expect((await ledger(desk, 'leader', 'leads')).total).toBe(0);
  const own = await ledger(desk, 'liaison', 'leads', `${YEAR}&place=990101100000&class=REPORT`);
  expect(own.rows).toMatchObject([{ reference, town: '青山镇', problems: '推诿刁难' }]);
  expect((await ledger(desk, 'liaison', 'leads', `${YEAR}&place=990101001000`)).total).toBe(0);
  expect((await ledger(desk, 'liaison', 'leads', `${YEAR}&class=APPEAL`)).total).toBe(0);
});

test('a body without the key reads that it may not, never what is sealed', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await fileLead(portal);
  const { db } = portal.context;
  // As after a reset, until a colleague hands the body's key over again.
  await db.transaction(async (tx) => void (await tx.delete(tx.t.bodyKeyGrant)));
  const { rows } = await ledger(desk, 'triage', 'leads');
  expect(rows[0]).toMatchObject({ summary: '无权查看', problems: '推诿刁难', town: '青山镇' });
  expect(JSON.stringify(rows)).not.toContain('材料不全');
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
  const { rows } = await ledger(desk, 'township-qingshan', 'hotspots');
  expect(rows[0]).toMatchObject({ count: '少于3', problems: '' });
  expect((await ledger(desk, 'triage', 'hotspots')).rows[0]).toMatchObject({ count: '1' });
});

test('dates out of order and posts without ledgers are refused', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const wrong = await desk.call('triage', '/api/staff/ledgers/leads?from=2026-12-01&to=2026-01-01');
  expect(wrong.status).toBe(422);
  expect(await wrong.json()).toMatchObject({
    error: { fields: { to: '截止日期不能早于开始日期' } },
  });
  for (const login of ['publisher', 'auditor', 'handler', 'hotline']) {
    for (const path of [`leads?${YEAR}`, `leads/export?${YEAR}`]) {
      expect((await desk.call(login, `/api/staff/ledgers/${path}`)).status).toBe(403);
    }
  }
});

test('a matter that came back is in the ledger of repeats, and was not settled the first time', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const first = await fileLead(portal);
  const again = await fileLead(portal);
  for (const { reference } of [first, again]) {
    await desk.take('intake', reference, 'claim', 'RECEIVED');
  }
  await desk.take('triage', again.reference, 'merge', 'TRIAGE', {
    parent: first.reference,
    basis: 'SAME_ACCUSED',
    reason: '被反映人和事项相同。',
  });
  const { rows } = await ledger(desk, 'section-chief', 'repeats');
  expect(rows).toMatchObject([
    { reference: first.reference, times: '1', lastOn: '2026年11月20日', settled: '未化解' },
  ]);
  expect((await ledger(desk, 'section-chief', 'first-time')).rows).toEqual([]);
});
