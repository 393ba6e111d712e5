import { read, utils } from '@e965/xlsx';
import { expect, test } from 'vitest';
import { LEAD_COLUMNS } from '#rules/ledger-columns.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, CONCLUSION, REPORT, createDesk, fileLead, personOf } from '#support/leads.ts';
import { YEAR, readLedger } from '#support/ledgers.ts';

type Desk = ReturnType<typeof createDesk>;

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
  const { columns, rows, total } = await readLedger(desk, 'section-chief', 'leads');
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
  const items = await readLedger(desk, 'section-chief', 'rectification');
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
  const { rows } = await readLedger(desk, 'section-chief', 'repeats');
  expect(rows).toMatchObject([
    { reference: first.reference, times: '1', lastOn: '2026年11月20日', settled: '未化解' },
  ]);
  expect((await readLedger(desk, 'section-chief', 'first-time')).rows).toEqual([]);
});
