import { EventEmitter, once } from 'node:events';
import { setImmediate as giveWay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Context } from '#api/context.ts';
import type { Finding } from './refusal.ts';
import { openStage } from './stage-file.ts';
import type { StageJob, StageTools } from './stage-file.ts';

export type Stager = {
  /** Resolves soon, at the latest when the file is staged and judged. */
  add(job: StageJob): Promise<void>;
  /** Resolves when everything that was added is written and judged; throws where a thread died over it. */
  finish(): Promise<void>;
  /** What the leak gate found so far. */
  findings: readonly Finding[];
  /** What it has judged so far. */
  judged: ReadonlySet<string>;
  [Symbol.asyncDispose](): Promise<void>;
};
export type Verdict = { where: string; findings: Finding[] };

/** So many are staged in place: a thread takes longer to start than they do. */
const FEW = 250;
/** Files on their way to the thread; what it cannot keep up with is staged in place meanwhile. */
const MOST_WAITING = 64;
/** Files sent at once: to wake a thread and to be woken by it takes longer than to stage one. */
const TOGETHER = 8;
const MEMORY_LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 };

/**
 * Writes and compresses the files of a publication and puts them through the leak gate; many of them in a
 * thread, beside the rendering and out of the way of requests.
 */
export function openStager(
  { secrets, config }: Pick<Context, 'secrets' | 'config'>,
  tools: StageTools,
): Stager {
  const findings: Finding[] = [];
  const judged = new Set<string>();
  let added = 0;
  let stageHere: ReturnType<typeof openStage> | undefined;
  let thread: ReturnType<typeof startThread> | undefined;

  function note(verdict: Verdict) {
    judged.add(verdict.where);
    findings.push(...verdict.findings);
  }

  async function add(job: StageJob) {
    added += 1;
    if (added > FEW) {
      thread ??= startThread({ ...tools, secretsDir: config.secretsDir }, note);
      if (thread.countWaiting() < MOST_WAITING) return thread.send(job);
    }
    if (!stageHere) {
      stageHere = openStage(tools, secrets);
      findings.push(...stageHere(SELF_TEST));
    }
    note({ where: job.where, findings: stageHere(job) });
    await giveWay();
  }

  return {
    add,
    finish: async () => thread?.finish(),
    findings,
    judged,
    [Symbol.asyncDispose]: async () => thread?.stop(),
  };
}

const SELF_TEST: StageJob = { kind: 'self-test', where: '/' };

function startThread(
  workerData: StageTools & { secretsDir: string },
  note: (verdict: Verdict) => void,
) {
  const worker = new Worker(new URL('./stage-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: MEMORY_LIMITS,
    execArgv: [],
    env: {},
  });
  let waiting = 1;
  let failure: Error | undefined;
  const progress = new EventEmitter();

  function tell(error?: Error) {
    failure ??= error;
    progress.emit('made');
  }
  worker.on('message', (verdicts: Verdict[]) => {
    waiting -= verdicts.length;
    for (const verdict of verdicts) note(verdict);
    tell();
  });
  worker.on('error', tell);
  worker.on('exit', () => tell(new Error('a thread that stages files has ended')));
  let next: StageJob[] = [SELF_TEST];
  post();

  function post() {
    const buffers = next.flatMap((job) => ('data' in job ? [job.data.buffer] : []));
    if (next.length > 0) worker.postMessage(next, buffers);
    next = [];
  }

  /** Files that are on their way; throws where the thread died over them. */
  function countWaiting() {
    if (failure) throw failure;
    return waiting;
  }

  function send(job: StageJob) {
    waiting += 1;
    next.push(job);
    if (next.length === TOGETHER) post();
  }

  async function finish() {
    post();
    while (countWaiting() > 0) await once(progress, 'made');
  }

  return {
    send,
    countWaiting,
    finish,
    stop: async () => void (await worker.terminate()),
  };
}
