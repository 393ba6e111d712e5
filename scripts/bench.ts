import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { writeXlsx } from 'hucre/xlsx';
import { readConfig } from '#api/config.ts';
import { startPortal } from '#api/server.ts';
import { openStore } from '#db/open.ts';
import { publish } from '#publishing/publish.ts';
import { readPlaceTable } from '#services/directory-tables.ts';
import { takeDown } from '#services/publications.ts';
import { parseFile } from '#spreadsheets/parse-in-worker.ts';
import { addList, openCounty } from '#support/county.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { idOf } from '#support/lists.ts';
import { callOver, expectStatus, postJson, signIn, solveProof } from '#scripts/portal-client.ts';

/**
 * `npm run bench -- publish --villages 5000 --rows 60`, `-- import --rows 20000`, `-- intake --complaints 200`:
 * one scenario in a temporary folder. `--json`: the figures are the last line.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    villages: { type: 'string', default: '500' },
    rows: { type: 'string' },
    complaints: { type: 'string', default: '200' },
  },
});
const VILLAGES_OF_TOWN = 25;
type Figures = Record<string, number>;

/** The first publication of a county, then one with a single row taken down. Milliseconds. */
async function benchPublish(): Promise<Figures> {
  const count = Math.ceil(Number(values.villages) / VILLAGES_OF_TOWN);
  const towns = Array.from({ length: count }, (_, at) => `990101${String(100 + at)}000`);
  await using county = await openCounty({ towns, villages: VILLAGES_OF_TOWN });
  const rows = Number(values.rows ?? 60);
  const lists = [];
  for (const town of towns) lists.push(await addList(county, { town, rows }, VILLAGES_OF_TOWN));
  const db = openStore(`${county.config.dataDir}/portal.db`);
  const portal = { ...county.portal, db };
  const whole = await measure(() => publish(portal));
  const target = { kind: 'row', id: `${lists[0]}-row-1`, reason: 'WRONG' } as const;
  await takeDown({ ...portal, actor: { personId: 'person-1' } }, target);
  const single = await measure(() => publish(portal));
  await db.close();
  return {
    villages: count * VILLAGES_OF_TOWN,
    rows,
    pages: whole.result.pagesChanged,
    wholeMs: whole.ms,
    peakMb: whole.peakMb,
    ...Object.fromEntries(whole.result.steps.map(({ step, ms }) => [`${step}Ms`, ms])),
    pagesOfOneChange: single.result.pagesChanged,
    oneChangeMs: single.ms,
  };
}

/** Reading and checking one list. */
async function benchImport(): Promise<Figures> {
  const rows = Number(values.rows ?? 20_000);
  const header = [
    '序号',
    '乡镇',
    '村',
    '户主姓名',
    '身份证号',
    '保障人数',
    '月保障金额',
    '批准时间',
  ];
  const list = Array.from({ length: rows }, (_, at) => {
    const birth = `${1940 + (at % 60)}${String(1 + (at % 12)).padStart(2, '0')}01`;
    const id = idOf(birth, 1 + (Math.floor(at / 60) % 999));
    return [at + 1, '青山镇', '柳树村', '王二柱', id, 2, 640, '2025-08'];
  });
  const bytes = await writeXlsx({ sheets: [{ name: '农村低保', rows: [header, ...list] }] });
  const regions = readPlaceTable(await readFile('scripts/specimens/regions.csv'));
  const options = { fileName: '农村低保.xlsx', period: '2026-10', regions, standards: [] };
  const { result, ms, peakMb } = await measure(() => parseFile(bytes, options));
  return {
    rows,
    accepted: result.rows.length,
    fileKb: Math.round(bytes.length / 1024),
    ms,
    peakMb,
  };
}

/** Complaints over HTTP, eight at a time, proofs solved before; then the queue of the triage officer. */
async function benchIntake(): Promise<Figures> {
  const complaints = Number(values.complaints);
  const portal = await createPortal();
  const { dataDir, secretsDir } = portal.context.config;
  await portal.context.db.close();
  const env = { DATA_DIR: dataDir, SECRETS_DIR: secretsDir, PORT: '0' };
  const server = await startPortal(readConfig(env), 'demo');
  const call = callOver(server.url);
  const proofs: string[] = [];
  while (proofs.length < complaints) proofs.push(await solveProof(call));
  const complaint = {
    class: 'REPORT',
    problemTypes: ['STALL'],
    placeCode: '990101100203',
    text: '我家申请低保三个月了，每次都说材料不全，又不说缺什么。',
    subjectRole: 'TOWN_HANDLER',
  };
  async function fileOneByOne() {
    for (let altcha = proofs.pop(); altcha; altcha = proofs.pop()) {
      await expectStatus(await postJson(call, '/api/complaints', { ...complaint, altcha }), 201);
    }
  }
  const filing = await measure(() => Promise.all(Array.from({ length: 8 }, fileOneByOne)));
  const cookie = await signIn(call, portal.accountOf('triage'));
  const queue = await measure(() => call('/api/staff/leads', { headers: { cookie } }));
  await expectStatus(queue.result, 200);
  await server.close();
  return {
    complaints,
    perSecond: Math.round((complaints * 1000) / filing.ms),
    queueMs: queue.ms,
    peakMb: filing.peakMb,
  };
}

/** What it took, and the most memory the process held meanwhile. */
async function measure<T>(work: () => Promise<T>) {
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const begun = performance.now();
  const result = await work();
  const ms = Math.round(performance.now() - begun);
  clearInterval(timer);
  return { result, ms, peakMb: Math.round(Math.max(peak, process.memoryUsage.rss()) / 2 ** 20) };
}

const SCENARIOS: Record<string, () => Promise<Figures>> = {
  publish: benchPublish,
  import: benchImport,
  intake: benchIntake,
};
const scenario = SCENARIOS[positionals[0] ?? ''];
if (!scenario) {
  console.error(`npm run bench -- ${Object.keys(SCENARIOS).join('|')} [--json]`);
  process.exit(2);
}
const figures = await scenario();
if (values.json) console.log(JSON.stringify(figures));
else console.table(figures);
process.exit(0);
