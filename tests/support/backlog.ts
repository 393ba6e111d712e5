import { expect } from 'vitest';
import type { BacklogBody } from '#routes/staff-backlog.ts';
import { readLedger } from './ledgers.ts';
import type { createDesk } from './leads.ts';

type Desk = ReturnType<typeof createDesk>;

export const BACKLOG_YEARS = 'from=2018-01-01&to=2026-12-31';

export const HEADER =
  '序号,线索编号,收到日期,来源,层级,实名/匿名,反映人,联系电话,被反映单位,被反映人,被反映人角色,乡镇,村,问题类别,主要内容(脱敏),重复(次数),承办单位,期限,办结日期,核查结论,销号日期,备注'.split(
    ',',
  );
/** A case as an old ledger has it. */
export const CASE: Record<string, string> = {
  序号: '1',
  线索编号: '信2019-17',
  收到日期: '2019年5月3日',
  来源: '来信',
  层级: '市',
  '实名/匿名': '实名',
  反映人: '田有禾',
  联系电话: '13900001234',
  被反映单位: '青山镇人民政府',
  被反映人: '罗满仓',
  被反映人角色: '镇民政办工作人员',
  乡镇: '青山镇',
  问题类别: '优亲厚友、吃拿卡要',
  '主要内容(脱敏)': '罗满仓给亲戚办低保，还收了两条烟，请查清楚。',
  '重复(次数)': '2',
  承办单位: '县民政局救助股',
  期限: '2019-07-02',
  备注: '原件在档案室，罗满仓已调离',
};

/** The cases as a CSV file. */
export function fileOf(cases: Record<string, string>[], header = HEADER): string {
  const lines = cases.map((each) => header.map((label) => `"${each[label] ?? ''}"`).join(','));
  return Buffer.from([header.join(','), ...lines].join('\r\n')).toString('base64');
}

export async function sendBacklog(desk: Desk, login: string, file: string, confirm?: string) {
  const body = { file, name: '旧台账.csv', ...(confirm ? { confirm } : {}) };
  return desk.call(login, '/api/staff/ledgers/backlog', body);
}

export async function previewBacklog(
  desk: Desk,
  login: string,
  file: string,
): Promise<BacklogBody> {
  const answer = await sendBacklog(desk, login, file);
  const body: unknown = await answer.json();
  expect({ status: answer.status, body }).toMatchObject({ status: 200 });
  return body as BacklogBody;
}

/** Looks at a file without mistakes, and takes it in. */
export async function takeBacklog(desk: Desk, login: string, file: string): Promise<BacklogBody> {
  const { token, problems } = await previewBacklog(desk, login, file);
  expect(problems.filter((problem) => problem.kind === 'error')).toEqual([]);
  const answer = await sendBacklog(desk, login, file, token);
  expect(answer.status).toBe(200);
  return (await answer.json()) as BacklogBody;
}

/** A ledger over all years of which cases are taken in. */
export async function backlogLedger(desk: Desk, login: string, code = 'leads') {
  return readLedger(desk, login, code, BACKLOG_YEARS);
}
