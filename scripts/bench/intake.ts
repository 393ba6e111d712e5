import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { callOver, expectStatus, signIn, solveChallenged } from '#scripts/portal-client.ts';
import { createProofChallenge } from '#services/proofs.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { COMPLAINT } from './complaint.ts';
import { measure, percentile, pin, startHelper, tell } from './measure.ts';
import type { Figures } from './measure.ts';
import { upload } from './upload.ts';

const CONNECTIONS = 16;
/** Filed before anything is counted: a server is not started for each village. */
const WARM_UP = 200;
/** Solved at once by who knows its counter; checking it costs the server what any other costs. */
const EASY = 1;
const UPLOADS = 10;
const UPLOAD_BYTES = 50 * 1024 * 1024;
/** How often the server is asked whether it is well while files arrive. */
const HEALTH_EVERY_MS = 20;

/**
 * Complaints over HTTP by 16 connections, each with a proof of its own, the server on one processor and this
 * driver on the other; then the same for as long as ten uploads of 50 MB take; then the queue of the triage
 * officer. Each complaint is on the disk when it is answered.
 */
export async function benchIntake({ complaints }: { complaints: number }): Promise<Figures> {
  await using portal = await createPortal();
  const { config, secrets } = portal.context;
  const server = startHelper('portal-server.ts', config.dataDir, config.secretsDir);
  await server.ready;
  const { url } = server.said() as { url: string };
  tell(`making ${complaints} proofs`);
  const context = { ...portal.context, secrets, now: Date.now };
  const proofs: string[] = [];
  while (proofs.length < 2 * complaints + WARM_UP + UPLOADS) {
    proofs.push(await solveChallenged(await createProofChallenge(context, EASY)));
  }
  const pinned = (await pin(server.pid, 0)) && (await pin(process.pid, 1));
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  await fileAll(url, agent, proofs.splice(0, WARM_UP));
  tell('filing');
  const before = (await server.ask()) as Usage;
  const some = proofs.splice(0, complaints);
  const { ms, result: times } = await measure(() => fileAll(url, agent, some));
  const after = (await server.ask()) as Usage;
  tell('filing while files arrive');
  const loaded = await fileWhileUploading(url, agent, proofs);
  const { peakMb } = (await server.ask()) as Usage;
  agent.destroy();

  const call = callOver(url);
  const cookie = await signIn(call, portal.accountOf('triage'));
  const queue = await measure(() => call('/api/staff/leads', { headers: { cookie } }));
  await expectStatus(queue.result, 200);
  server.stop();
  await server.result;
  return {
    complaints,
    connections: CONNECTIONS,
    pinned: pinned ? 'yes' : 'no',
    perSecond: Math.round((complaints * 1000) / ms),
    p50Ms: Number(percentile(times, 0.5).toFixed(1)),
    p99Ms: Number(percentile(times, 0.99).toFixed(1)),
    serverCpuMsEach: Number(((after.cpuMs - before.cpuMs) / complaints).toFixed(2)),
    ...loaded,
    uploadsGrowMb: peakMb - after.peakMb,
    queueMs: queue.ms,
    peakMb,
  };
}

/** Complaints and the server's health for as long as ten uploads take. */
async function fileWhileUploading(url: string, agent: Agent, proofs: string[]): Promise<Figures> {
  const carrier = new Agent({ keepAlive: true });
  const paid = proofs.splice(0, UPLOADS);
  let isOver = false;
  const uploading = measure(() =>
    Promise.all(paid.map((altcha) => upload(url, carrier, altcha, UPLOAD_BYTES))),
  ).finally(() => (isOver = true));
  const [{ ms }, times, health] = await Promise.all([
    uploading,
    fileAll(url, agent, proofs, () => isOver),
    askHealth(url, () => isOver),
  ]);
  carrier.destroy();
  return {
    uploads: UPLOADS,
    uploadsMs: ms,
    uploadingPerSecond: Math.round((times.length * 1000) / ms),
    uploadingP50Ms: Number(percentile(times, 0.5).toFixed(1)),
    uploadingP99Ms: Number(percentile(times, 0.99).toFixed(1)),
    uploadingHealthP50Ms: Number(percentile(health, 0.5).toFixed(1)),
    uploadingHealthP99Ms: Number(percentile(health, 0.99).toFixed(1)),
  };
}

async function askHealth(url: string, isOver: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (!isOver()) {
    const begun = performance.now();
    await expectStatus(await fetch(`${url}/healthz`), 200);
    times.push(performance.now() - begun);
    await setTimeout(HEALTH_EVERY_MS);
  }
  return times;
}

type Usage = { cpuMs: number; peakMb: number };

/** Files one complaint with each proof until it is over, and answers how many milliseconds each took. */
async function fileAll(
  url: string,
  agent: Agent,
  proofs: string[],
  isOver = () => false,
): Promise<number[]> {
  const left = [...proofs];
  const times: number[] = [];
  async function fileOneByOne() {
    for (let altcha = left.pop(); altcha && !isOver(); altcha = left.pop()) {
      const begun = performance.now();
      await file(url, agent, altcha);
      times.push(performance.now() - begun);
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, fileOneByOne));
  return times;
}

/** With node:http, which takes less of the driver's processor than `fetch`. */
function file(url: string, agent: Agent, altcha: string): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: url };
  return new Promise((resolve, reject) => {
    const post = request(`${url}/api/complaints`, { agent, method: 'POST', headers }, (answer) => {
      answer.resume();
      if (answer.statusCode === 201) answer.once('end', resolve);
      else reject(new Error(`a complaint was answered with ${answer.statusCode}`));
    });
    post.once('error', reject).end(JSON.stringify({ ...COMPLAINT, altcha }));
  });
}
