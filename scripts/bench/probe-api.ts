import { setTimeout } from 'node:timers/promises';
import { callOver, postJson, solveProof } from '#scripts/portal-client.ts';
import { COMPLAINT } from './complaint.ts';

/**
 * Asks a running portal, at the pace of a busy day, what a citizen and a monitor ask, until standard input
 * ends. Prints how long each answer took, in milliseconds. Arguments: address, complaints.
 */
const [url = '', complaints = '0'] = process.argv.slice(2);
const PACE_MS = 20;
const COMPLAINT_EVERY = 10;

const call = callOver(url);
const proofs: string[] = [];
while (proofs.length < Number(complaints)) proofs.push(await solveProof(call));
const isOver = new AbortController();
process.stdin.on('end', () => isOver.abort()).resume();
console.log('ready');

const taken: { path: string; ms: number }[] = [];
const running = new Set<Promise<void>>();
const PATHS = ['/healthz', '/api/challenge', '/'];

async function ask(path: string, altcha?: string) {
  const begun = performance.now();
  const answer = altcha ? await postJson(call, path, { ...COMPLAINT, altcha }) : await get(path);
  await answer.arrayBuffer();
  if (answer.status >= 500 || (altcha && answer.status !== 201)) {
    throw new Error(`${path} answered ${answer.status}`);
  }
  taken.push({ path, ms: performance.now() - begun });
}

/** Asks again where a kept connection was closed in the same moment. */
async function get(path: string): Promise<Response> {
  return call(path).catch(() => call(path));
}

for (let at = 1; !isOver.signal.aborted; at += 1) {
  const altcha = at % COMPLAINT_EVERY === 0 ? proofs.pop() : undefined;
  const path = altcha ? '/api/complaints' : (PATHS[at % PATHS.length] ?? '/');
  const asked = ask(path, altcha);
  running.add(asked);
  void asked.finally(() => running.delete(asked));
  await setTimeout(PACE_MS);
}
await Promise.all(running);
// A long line is not written at once.
process.stdout.write(`${JSON.stringify(taken)}\n`, () => process.exit(0));
