import { addDays, civilDateOf } from '#rules/civil-date.ts';
import { formatQueryCode } from '#rules/receipt.ts';
import { DEMO_BODIES } from './demo-county.ts';
import type { Account, Call, Tell } from './portal-client.ts';
import { accountOf, expectStatus, postJson, signIn, solveProof } from './portal-client.ts';

/** Invented complaints, each for another desk. */
const COMPLAINTS = [
  {
    class: 'REPORT',
    problemTypes: ['STALL'],
    placeCode: '990101100203',
    text: '我家申请低保三个月了，镇里经办的人每次都说材料不全，又不说缺什么，让我一趟一趟地跑。',
    mode: 'ANONYMOUS',
    subjectRole: 'TOWN_HANDLER',
    subjectBody: 'township-990101100000',
  },
  {
    class: 'REPORT',
    problemTypes: ['NEPOT'],
    placeCode: '990101200202',
    text: '村里有干部的亲戚开着小汽车还吃低保，真正困难的老人却没有评上，希望上面来查一查。',
    mode: 'ANONYMOUS',
    subjectRole: 'VILLAGE_CADRE',
    subjectBody: 'village-990101200202',
  },
  {
    class: 'APPEAL',
    problemTypes: ['TUOBAO'],
    placeCode: '990101001003',
    text: '我母亲的低保上个月停了，没有人告诉我们原因，想知道为什么停，能不能重新核查一次。',
    mode: 'CONFIDENTIAL',
    reporter: { name: '演示反映人', contact: '100-0000-0001' },
  },
  {
    class: 'REPORT',
    problemTypes: ['INACT'],
    placeCode: '990101001001',
    text: '民政局窗口的人不接电话也不回话，跑了四次都没有办成，希望有别的部门来管一管。',
    mode: 'ANONYMOUS',
    subjectRole: 'CIVIL_STAFF',
  },
] as const;

/** Told at the counter and written down there. */
const VISIT = {
  source: 'VISIT',
  level: 'COUNTY',
  handsCode: true,
  complaint: {
    class: 'APPEAL',
    problemTypes: ['LOUBAO'],
    placeCode: '990101200203',
    text: '来访人说父亲卧床两年，村里没有替他申请低保，问过村里两次没有回音，想请人上门看看。',
    reporter: { name: '演示来访人', contact: '100-0000-0002' },
  },
} as const;

/** What staff did with complaints, told by their places: one handed over by letter, one supervised. */
const STEPS = [
  { placeCode: '990101100203', login: 'intake', event: 'claim', from: 'RECEIVED' },
  {
    placeCode: '990101100203',
    login: 'section-chief',
    event: 'transfer',
    from: 'TRIAGE',
    fields: {
      destination: DEMO_BODIES.discipline,
      summary: '反映镇经办人员多次以材料不全为由推诿，未一次性告知。',
      materials: '反映材料复印件一份',
      cadres: '1',
    },
  },
  { placeCode: '990101100203', login: 'leader', event: 'transfer', from: 'TRIAGE' },
  { placeCode: '990101200203', login: 'intake', event: 'claim', from: 'RECEIVED' },
  { placeCode: '990101200202', login: 'intake', event: 'claim', from: 'RECEIVED' },
  {
    placeCode: '990101200202',
    login: 'section-chief',
    event: 'supervise',
    from: 'TRIAGE',
    fields: { kind: 'SPECIAL', instruction: '查清村干部亲属享受低保的情况，按期报告。' },
  },
] as const;

/** Files the complaints, unless there are some. */
export async function ensureComplaints(call: Call, accounts: Account[], tell: Tell): Promise<void> {
  const triage = await signIn(call, accountOf(accounts, 'triage'));
  const queue = await call('/api/staff/leads', { headers: { cookie: triage } });
  await expectStatus(queue, 200);
  if (((await queue.json()) as { total: number }).total > 0) return;
  for (const complaint of COMPLAINTS) {
    const altcha = await solveProof(call);
    const answer = await postJson(call, '/api/complaints', { ...complaint, altcha });
    await expectStatus(answer, 201);
    const { reference, queryCode } = (await answer.json()) as Receipt;
    tell(`举报 ${reference}，查询码 ${formatQueryCode(queryCode)}`);
  }
  const intake = await signIn(call, accountOf(accounts, 'intake'));
  const visit = { ...VISIT, token: VISIT_TOKEN, receivedOn: civilDateOf(Date.now()) };
  const answer = await postJson(call, '/api/staff/registrations', visit, intake);
  await expectStatus(answer, 201);
  const { reference, queryCode } = (await answer.json()) as Receipt;
  tell(`来访登记 ${reference}，查询码 ${formatQueryCode(queryCode)}`);
}

/** Of the form: a run that was interrupted and goes on registers it once. */
const VISIT_TOKEN = '0'.repeat(64);
type Receipt = { reference: string; queryCode: string };

type Queue = {
  items: { reference: string; status: string; placeCode: string | null; supervised: boolean }[];
};
type Lead = {
  transitions: { event: string; fields: { name: string; options?: Record<string, string> }[] }[];
};

/** Takes the steps that are still to be taken; what has gone on since is left alone. */
export async function handleComplaints(call: Call, accounts: Account[], tell: Tell): Promise<void> {
  const cookies = new Map<string, string>();
  for (const { placeCode, login, event, from, ...step } of STEPS) {
    const cookie = cookies.get(login) ?? (await signIn(call, accountOf(accounts, login)));
    cookies.set(login, cookie);
    const queue = await read<Queue>(call, '/api/staff/leads', cookie);
    const lead = queue.items.find((each) => each.placeCode === placeCode);
    if (lead?.status !== from || lead.supervised) continue;
    const path = `/api/staff/leads/${lead.reference}`;
    const { transitions } = await read<Lead>(call, path, cookie);
    const asked = transitions.find((each) => each.event === event)?.fields ?? [];
    const fields = { ...('fields' in step ? step.fields : {}), ...nameSupervisor(asked) };
    const taken = await postJson(call, `${path}/transitions`, { event, from, fields }, cookie);
    await expectStatus(taken, 200);
    tell(`线索 ${lead.reference}：${login} ${event}`);
  }
}

/** The first of those who may be named, where a step wants one, and the day of the first report. */
function nameSupervisor(asked: Lead['transitions'][number]['fields']) {
  const [supervisor] = Object.keys(asked.find(({ name }) => name === 'supervisor')?.options ?? {});
  if (!supervisor) return {};
  return { supervisor, reportOn: addDays(civilDateOf(Date.now()), 14) };
}

async function read<T>(call: Call, path: string, cookie: string): Promise<T> {
  const answer = await call(path, { headers: { cookie } });
  await expectStatus(answer, 200);
  return (await answer.json()) as T;
}
