import { createHash, randomBytes, randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EVIDENCE_FOLDER } from '#services/evidence-files.ts';
import { sweepEvidence } from '#services/evidence-sweep.ts';
import { verifyEvidence } from '#services/verify-evidence.ts';
import { verifyAuditChain } from '#services/verify.ts';
import { listKnownFiles } from '#db/queries/evidence.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import {
  callOver,
  expectStatus,
  postJson,
  signIn,
  solveChallenged,
} from '#scripts/portal-client.ts';
import type { Call } from '#scripts/portal-client.ts';
import { createProofChallenge } from '#services/proofs.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { startHelper, tell } from './measure.ts';
import type { Figures } from './measure.ts';

/** Citizens at once; every second sends a file. */
const CITIZENS = 6;
/** What every complaint and file says, for the search through the folder afterwards. */
const MARK = '夜枭计数';
const NAMES = ['孙悟能', '13900000017', '领条扫描件', 'MARK-WITHIN-THE-FILE'];
/** A server that is never asked anything is killed, too. */
const LONGEST_MS = 5000;
/** Solved at once by who knows its counter. */
const EASY = 1;

type Sent = {
  complaint: { queryCode: string; text: string; evidence: string[] } & Record<string, unknown>;
  sha256: string | null;
  /** Null until it was acknowledged. */
  reference: string | null;
};

/**
 * Kills the server with SIGKILL at any moment while complaints and files come in, starts it again, and so on.
 * Then every acknowledged complaint must open, with its files, and every one that was sent again must be there
 * once; after the sweep no file lies without an owner, and no word that was sent stands in the folder.
 */
export async function benchFaults({ kills }: { kills: number }): Promise<Figures> {
  await using portal = await createPortal();
  const { config } = portal.context;
  const context = { ...portal.context, now: Date.now };
  const prove = async () => solveChallenged(await createProofChallenge(context, EASY));
  const start = async () => {
    const server = startHelper('portal-server.ts', config.dataDir, config.secretsDir);
    await server.ready;
    server.result.catch(() => undefined);
    return { ...server, call: callOver((server.said() as { url: string }).url) };
  };
  const sent: Sent[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    const server = await start();
    let isUp = true;
    async function complain(citizen: number) {
      while (isUp) {
        try {
          await sendOne(server.call, prove, citizen % 2 === 1, sent);
        } catch {
          // Cut off: it is sent again at the end.
          await setTimeout(5);
        }
      }
    }
    const citizens = Array.from({ length: CITIZENS }, (_, citizen) => complain(citizen));
    const already = sent.length;
    const wanted = randomInt(0, 2 * CITIZENS);
    const patience = performance.now() + LONGEST_MS;
    while (sent.length < already + wanted && performance.now() < patience) await setTimeout(5);
    await setTimeout(randomInt(0, 40));
    process.kill(server.pid, 'SIGKILL');
    isUp = false;
    await Promise.all(citizens);
    if (kill % 10 === 0) tell(`${kill} kills, ${sent.length} complaints`);
  }
  const acknowledged = sent.filter(({ reference }) => reference !== null).length;
  const server = await start();
  const again = await sendAgain(server.call, prove, sent);
  const cookie = await signIn(server.call, portal.accountOf('triage'));
  let lost = 0;
  for (const each of sent) {
    if (each.reference && !(await isWhole(server.call, cookie, each))) lost += 1;
  }
  const { db } = context;
  const leads = await db.select({ id: db.t.lead.id }).from(db.t.lead);
  server.stop();
  await server.result;
  await sweepEvidence(context);
  const files = readdirSync(join(config.dataDir, EVIDENCE_FOLDER));
  const known = await listKnownFiles(db);
  await verifyEvidence(db, config.dataDir);
  await verifyAuditChain(db, null);
  return {
    kills,
    acknowledged,
    sentAgain: again,
    lost,
    twice: leads.length - sent.filter(({ reference }) => reference !== null).length,
    orphans: files.filter((name) => !known.has(name.replace(/\.age$/, ''))).length,
    files: files.length,
    wordsFound: findInFolder(config.dataDir, [MARK, ...NAMES]).length,
  };
}

async function sendOne(call: Call, prove: () => Promise<string>, withFile: boolean, sent: Sent[]) {
  const queryCode = makeQueryCode(randomBytes(CODE_BYTES));
  const evidence: string[] = [];
  let sha256: string | null = null;
  if (withFile) {
    const file = Buffer.concat([
      Buffer.from('#!AMR\nMARK-WITHIN-THE-FILE'),
      randomBytes(randomInt(1000, 200_000)),
    ]);
    const form = new FormData();
    form.append('altcha', await prove());
    form.append('file', new Blob([file]), '领条扫描件.amr');
    const answer = await call('/api/uploads', { method: 'POST', body: form });
    await expectStatus(answer, 201);
    evidence.push(((await answer.json()) as { uploadId: string }).uploadId);
    sha256 = createHash('sha256').update(file).digest('hex');
  }
  const complaint = {
    class: 'REPORT',
    problemTypes: ['STALL'],
    placeCode: '990101100203',
    text: `${MARK}${queryCode}：去了镇上五次，每次都说材料不全。`,
    reporter: { name: '孙悟能', contact: '13900000017' },
    queryCode,
    evidence,
  };
  const each: Sent = { complaint, sha256, reference: null };
  sent.push(each);
  await send(call, prove, each);
}

async function send(call: Call, prove: () => Promise<string>, each: Sent) {
  const body = { ...each.complaint, altcha: await prove() };
  const answer = await postJson(call, '/api/complaints', body);
  await expectStatus(answer, 201);
  each.reference = ((await answer.json()) as { reference: string }).reference;
}

/** Every complaint once more, as somebody does whose page did not answer: those of before are the same receipt. */
async function sendAgain(call: Call, prove: () => Promise<string>, sent: Sent[]): Promise<number> {
  let again = 0;
  for (const each of sent) {
    const before = each.reference;
    if (before === null) again += 1;
    await send(call, prove, each);
    if (before !== null && before !== each.reference) throw new Error('another receipt');
  }
  return again;
}

async function isWhole(call: Call, cookie: string, each: Sent): Promise<boolean> {
  const path = `/api/staff/leads/${each.reference}`;
  const lead = await call(path, { headers: { cookie } });
  if (!lead.ok) return false;
  const { text, evidence } = (await lead.json()) as { text: string; evidence: unknown[] };
  if (text !== each.complaint.text || evidence.length !== each.complaint.evidence.length) {
    return false;
  }
  if (!each.sha256) return true;
  const file = await call(`${path}/evidence/1`, { headers: { cookie } });
  const bytes = Buffer.from(await file.arrayBuffer());
  return createHash('sha256').update(bytes).digest('hex') === each.sha256;
}
