import { addDays, addMonths, civilDateOf, formatDate } from '#rules/civil-date.ts';
import type { Account, Call, Tell } from './portal-client.ts';
import { accountOf, expectStatus, postJson, signIn } from './portal-client.ts';

const PATH = '/api/staff/ledgers/backlog';

/** Months before this one of which the old ledger tells. */
const MONTHS = 12;
const HEADER = '收到日期,来源,乡镇,问题类别,主要内容,办结日期,核查结论,销号日期'.split(',');
/** How many cases of each township a month has, in turns. */
const TOWNS = [
  { name: '青山镇', cases: [11, 9, 14, 12, 8, 16] },
  { name: '云水街道', cases: [3, 2, 2] },
  { name: '龙湾乡', cases: [1, 3, 1] },
];
const MATTERS = [
  { problem: '漏保', text: '家里有重病人，没有列入低保，想请工作人员上门核查。' },
  { problem: '漏保', text: '老人独居，没有收入，问过几次没有答复。' },
  { problem: '不按标施保', text: '同样的情况，领到的钱比别人少，想知道怎么算的。' },
  { problem: '推诿刁难', text: '跑了三次，每次说的材料都不一样。' },
  { problem: '脱保', text: '低保停了，没有收到通知，也不知道原因。' },
  { problem: '未公示', text: '公示栏里没有贴新的名单。' },
  { problem: '漏保', text: '孩子残疾，申请以后一直没有消息。' },
];
const SOURCES = ['来访', '来电', '来信', '网上'];
const FINDINGS = ['查实', '部分属实', '不实'];
const DAYS_TO_END = 20;

/** The ledger the invented county kept by hand before it had the portal, so that its statistics begin with it. */
export async function ensureOldLedger(call: Call, accounts: Account[], tell: Tell): Promise<void> {
  const cookie = await signIn(call, accountOf(accounts, 'intake'));
  const file = Buffer.from(writeLedger(civilDateOf(Date.now()))).toString('base64');
  const sent = { file, name: '旧台账.csv' };
  const preview = await postJson(call, PATH, sent, cookie);
  // Taken in by a run that was interrupted later.
  if (preview.status === 409) return;
  await expectStatus(preview, 200);
  const { token } = (await preview.json()) as { token: string };
  const taken = await postJson(call, PATH, { ...sent, confirm: token }, cookie);
  await expectStatus(taken, 200);
  tell(`旧台账 ${((await taken.json()) as { taken: number }).taken} 件已录入`);
}

function writeLedger(today: string): string {
  const thisMonth = today.slice(0, 7);
  const lines = Array.from({ length: MONTHS }, (_, back) => addMonths(thisMonth, back - MONTHS))
    .flatMap((month, at) =>
      TOWNS.flatMap(({ name, cases }) =>
        Array.from({ length: cases[at % cases.length] ?? 0 }, (_, nth) => ({ month, name, nth })),
      ),
    )
    .map(({ month, name, nth }, serial) => {
      const received = `${month}-${String(((serial * 7) % 27) + 1).padStart(2, '0')}`;
      const ended = addDays(received, DAYS_TO_END);
      const isOver = ended < today;
      const matter = MATTERS[serial % MATTERS.length];
      return [
        formatDate(received),
        SOURCES[nth % SOURCES.length],
        name,
        matter?.problem,
        matter?.text,
        ...(isOver
          ? [formatDate(ended), FINDINGS[serial % FINDINGS.length], formatDate(ended)]
          : ['', '', '']),
      ];
    });
  return [HEADER, ...lines].map((line) => line.join(',')).join('\r\n');
}
