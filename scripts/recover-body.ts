import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { openSecrets } from '#services/portal-secrets.ts';
import { recoverBody } from '#services/body-recovery.ts';
import { runOnPortal } from './run-on-portal.ts';

/**
 * `npm run recover-body -- --body CODE --login LOGIN`: when no member of a body holds its key any more, its two
 * recovery papers give it to members again. The papers are typed without being shown, or come as two lines
 * on standard input, or as two files; they are kept nowhere.
 */
const USAGE = `npm run recover-body -- --body CODE --login LOGIN [--login LOGIN] [--paper FILE --paper FILE]
  --body   代码，印在恢复凭据上，例如 township-990101100000
  --login  接收密钥的账号，可写多个；须是这个单位现有的人员
  --paper  凭据文件，共两个；不写则逐页输入（不显示）`;

const PROMPTS = ['第1页恢复凭据：', '第2页恢复凭据：'];

await runOnPortal(async ({ config, db }) => {
  const { values } = parseArgs({
    options: {
      body: { type: 'string' },
      login: { type: 'string', multiple: true },
      paper: { type: 'string', multiple: true },
    },
  });
  const { body, login = [], paper = [] } = values;
  if (!body || login.length === 0 || ![0, 2].includes(paper.length)) throw new Error(USAGE);
  const [first = '', second = ''] = paper.length === 2 ? paper.map(readPaper) : await askPapers();
  const portal = { db, config, secrets: openSecrets(config), now: Date.now };
  const papers: [string, string] = [cleanPaper(first), cleanPaper(second)];
  const done = await recoverBody(portal, { bodyCode: body, logins: login, papers });
  console.log(
    `${done.body}的${done.keys}把密钥已交给 ${done.accounts.join('、')}，已记入操作日志。`,
  );
  console.log('他们登录后即可打开本单位的材料，并可在“单位密钥”里授予其他同事。');
  console.log('凭据已经用过：请在“单位密钥”里重新打印，旧的两页随即作废。');
});

/** The identity among what else is printed on the page. */
function readPaper(file: string): string {
  return /AGE-SECRET-KEY-1[A-Z0-9]+/i.exec(readFileSync(file, 'utf8'))?.[0] ?? '';
}

function cleanPaper(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase();
}

/** Two lines, typed without echo; from a pipe they are read as they come. */
async function askPapers(): Promise<string[]> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, output: silent, terminal });
  const typed: string[] = [];
  if (terminal) process.stderr.write(PROMPTS[0] ?? '');
  for await (const line of lines) {
    typed.push(line);
    if (terminal) process.stderr.write(`\n${PROMPTS[typed.length] ?? ''}`);
    if (typed.length === PROMPTS.length) break;
  }
  lines.close();
  return typed;
}
