import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import {
  BACKLOG_YEARS,
  CASE,
  backlogLedger,
  fileOf,
  previewBacklog,
  sendBacklog,
  takeBacklog,
} from '#support/backlog.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';
import { findInFolder } from '#support/scan-folder.ts';

test('an old case stands in the ledgers as its sheet had it, and starts no clock', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const file = fileOf([CASE]);
  const seen = await previewBacklog(desk, 'intake', file);
  expect(seen).toMatchObject({ total: 1, errors: 0, taken: null });
  expect(seen.items).toEqual([
    {
      line: 2,
      receivedOn: '2019-05-03',
      source: '来信',
      place: '青山镇',
      problems: '优亲厚友、吃拿卡要',
      accused: '乡镇（街道）经办人员（青山镇人民政府）',
      state: '已受理',
    },
  ]);
  expect((await backlogLedger(desk, 'triage')).total).toBe(0);
  expect((await takeBacklog(desk, 'intake', file)).taken).toBe(1);
  const [row] = (await backlogLedger(desk, 'triage')).rows;
  expect(row).toMatchObject({
    receivedOn: '2019年5月3日',
    source: '来信',
    level: '市',
    mode: '实名',
    subjectBodies: '青山镇人民政府',
    problems: '吃拿卡要、优亲厚友',
    summary: '罗*仓给亲戚办低保，还收了两条烟，请查清楚。',
    repeats: '2',
    handlingBody: '县民政局救助股',
    dueOn: '2019年7月2日',
    remark: '已受理；逾期；旧台账录入（原编号信2019-17）；原件在档案室，罗*仓已调离',
  });
  expect(row?.['reporter']).toMatch(/^R-2019-/);
  expect((await backlogLedger(desk, 'triage', 'repeats')).rows).toMatchObject([{ times: '2' }]);
  const { db } = portal.context;
  expect(await db.select().from(db.t.leadDeadline)).toEqual([]);
  const lead = await desk.open('triage', row?.['reference'] ?? '');
  expect(lead.events).toMatchObject([{ label: '从旧台账录入', onDate: '2026-11-20' }]);
});

test('cases that ended are concluded or struck off on the day of their sheet', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const done = { 办结日期: '2019.6.20', 核查结论: '部分属实' };
  const file = fileOf([
    { ...CASE, ...done },
    { ...CASE, ...done, 线索编号: '信2019-18', 销号日期: '2019/7/1' },
    { ...CASE, 线索编号: '信2019-19', 承办单位: '', 期限: '' },
  ]);
  await takeBacklog(desk, 'triage', file);
  const { rows } = await backlogLedger(desk, 'section-chief');
  const states = rows.map((row) => `${row['concludedOn']} ${row['closedOn']} ${row['finding']}`);
  expect(states.toSorted()).toEqual([
    '  ',
    '2019年6月20日  部分属实',
    '2019年6月20日 2019年7月1日 部分属实',
  ]);
  const rates = await backlogLedger(desk, 'section-chief', 'first-time');
  expect(rates.rows[0]).toMatchObject({ concluded: '2', first: '0', repeated: '2' });
});

test('an accused sees nothing of an old case about them, whatever wrote it down', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const file = fileOf([
    CASE,
    { ...CASE, 线索编号: '2', 被反映单位: '', 被反映人: '', 被反映人角色: '' },
    {
      ...CASE,
      办结日期: '2019-06-20',
      线索编号: '3',
      被反映单位: '示范区民政局',
      被反映人角色: '民政局工作人员',
    },
    { ...CASE, 线索编号: '4', 被反映人: '祁思齐', 被反映人角色: '村干部' },
  ]);
  expect((await takeBacklog(desk, 'intake', file)).taken).toBe(4);
  expect((await backlogLedger(desk, 'township-qingshan')).total).toBe(0);
  expect((await backlogLedger(desk, 'section-chief')).total).toBe(3);
  expect((await backlogLedger(desk, 'triage')).total).toBe(2);
  const sealed = await backlogLedger(desk, 'liaison');
  expect(sealed.rows).toMatchObject([
    { town: '青山镇', subjectRoles: '民政部门干部职工', concludedOn: '2019年6月20日' },
  ]);
  const { db } = portal.context;
  const leads = await db.select().from(db.t.lead);
  expect(leads.filter((lead) => lead.secrecy === 'sealed')).toMatchObject([
    { placeCode: null, class: null, finding: null, concludedOn: null, repeats: 0, backlog: 1 },
  ]);
  const macs = await db.select().from(db.t.leadExclusion);
  expect(new Set(macs.map((row) => row.leadId)).size).toBe(4);
});

test('a row that cannot be understood is told with its column, and nothing is taken in', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const file = fileOf([
    CASE,
    { ...CASE, 线索编号: '2', 收到日期: '2017-12-31', 被反映人角色: '包片专员' },
    { ...CASE, 线索编号: '3', 村: '没有这个村', 来源: '', 被反映单位: '没有这个局' },
    { ...CASE, 线索编号: '4', 办结日期: '2019-01-01', 问题类别: '说不清' },
    CASE,
  ]);
  const { problems, errors, token } = await previewBacklog(desk, 'intake', file);
  expect(errors).toBe(7);
  expect(problems.map(({ line, column, words }) => `${line}${column ?? ''} ${words}`)).toEqual([
    '3C 收到日期：台账从2018年1月1日起录入',
    '3K 被反映人角色：看不懂“包片专员”，按台账的写法填写',
    '4D 来源：写明来源，例如来信、来访、来电、网上、信访部门转送',
    '4M 村：对不上这个乡镇的村（社区），写全称，或留空',
    '4I 被反映单位：对不上现有单位，写全称，或留空',
    '5S 办结日期：早于收到日期',
    '5N 问题类别：没有这一类，按“其他”录入',
    '6 与前面一行相同',
  ]);
  expect(await (await sendBacklog(desk, 'intake', file, token)).json()).toMatchObject({
    taken: null,
  });
  expect((await backlogLedger(desk, 'triage')).total).toBe(0);
});

test('a file is taken in once, a case of it never again, and by those who register only', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const file = fileOf([CASE]);
  await takeBacklog(desk, 'intake', file);
  const again = await sendBacklog(desk, 'triage', file);
  expect(again.status).toBe(409);
  expect(await again.json()).toMatchObject({ error: { code: 'already-taken' } });
  const other = fileOf([{ ...CASE, 备注: '又抄了一遍' }]);
  const { problems } = await previewBacklog(desk, 'triage', other);
  expect(problems).toMatchObject([{ kind: 'error', line: 2, words: '以前已经录入' }]);
  for (const login of ['section-chief', 'township-qingshan', 'handler', 'publisher']) {
    expect((await sendBacklog(desk, login, file)).status).toBe(403);
  }
});

test('a spreadsheet with title, merged townships, day serials and signatures is read', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const header = ['收到日期', '来源', '乡镇', '问题类别', '主要内容', '被反映人角色'];
  const rows = [
    ['某某县信访台账'],
    header,
    [43_588, '来访', '青山镇', '漏保', '母亲没有享受低保。', '无'],
    [43_590, '来访', null, '漏保', '父亲没有享受低保。', '无'],
    ['填表人：', null, null, null, null, null],
  ];
  const merges = [{ startRow: 2, endRow: 3, startCol: 2, endCol: 2 }];
  const bytes = await writeXlsx({ sheets: [{ name: '2019', rows, merges }] });
  const seen = await previewBacklog(desk, 'intake', Buffer.from(bytes).toString('base64'));
  expect(seen.problems).toEqual([]);
  expect(seen.items.map(({ line, receivedOn, place }) => [line, receivedOn, place])).toEqual([
    [3, '2019-05-03', '青山镇'],
    [4, '2019-05-05', '青山镇'],
  ]);
});

test('after an import and an export nothing of the cases stands in clear on the disk', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await takeBacklog(desk, 'intake', fileOf([CASE]));
  const exported = await desk.call('triage', `/api/staff/ledgers/leads/export?${BACKLOG_YEARS}`);
  expect((await exported.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  const needles = ['田有禾', '13900001234', '罗满仓', '两条烟', '信2019-17', '县民政局救助股'];
  expect(findInFolder(portal.root, needles)).toEqual([]);
});
