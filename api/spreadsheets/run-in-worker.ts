import { Worker } from 'node:worker_threads';
import { SpreadsheetError, type SpreadsheetErrorCode } from './errors.ts';
import { MAX_FILE_BYTES } from './guard.ts';
import type { MarkedProblem } from './mark-problems.ts';
import type { ListContext, ParsedList } from './parse-list.ts';
import type { BacklogSheet } from './read-backlog.ts';
import type { ParsedRelatives } from './parse-relatives.ts';
import type { PrintedLedger } from './write-ledger.ts';

export type SourceFile = { bytes: Uint8Array; fileName?: string | undefined };
export type WorkerJob =
  | {
      task: 'parse';
      bytes: Uint8Array;
      personsFile: SourceFile | undefined;
      context: Omit<ListContext, 'persons'>;
    }
  | { task: 'relatives'; bytes: Uint8Array; fileName: string }
  | { task: 'mark'; file: { name: string; bytes: Uint8Array }; problems: MarkedProblem[] }
  | { task: 'write-ledger'; ledger: PrintedLedger }
  | ({ task: 'read-backlog' } & SourceFile);
type WorkerResult =
  | { list: ParsedList }
  | { marked: Uint8Array }
  | { ledger: Uint8Array }
  | { backlog: BacklogSheet }
  | { relatives: ParsedRelatives };
export type WorkerOutcome = WorkerResult | { failure: SpreadsheetErrorCode };

/** Ten seconds with what it takes to end the thread and the process, on a slow machine too. */
const TIME_LIMIT_MS = 8_000;
/** A busy machine is no fault of the file: so much it has in any case, once the thread has its modules. */
const LEAST_TIME_MS = 4_000;
const START_LIMIT_MS = 20_000;
/** What the thread says once it has its modules. */
export const READY = 'ready';
const MEMORY_LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 };

/**
 * Opens a file in a thread of its own that is ended after 8 seconds or when it takes too much memory, so that
 * a hostile file harms nobody. Every refusal is a SpreadsheetError.
 */
export async function runInWorker(job: WorkerJob): Promise<WorkerResult> {
  for (const { bytes } of filesOf(job)) {
    if (bytes.length === 0) throw new SpreadsheetError('file-empty');
    if (bytes.length > MAX_FILE_BYTES) throw new SpreadsheetError('file-too-large');
  }
  const outcome = await outcomeOf(job);
  if ('failure' in outcome) throw new SpreadsheetError(outcome.failure);
  return outcome;
}

function filesOf(job: WorkerJob): { bytes: Uint8Array }[] {
  if (job.task === 'write-ledger') return [];
  if (job.task === 'mark') return [job.file];
  if (job.task === 'read-backlog') return [job];
  return job.task === 'parse' && job.personsFile ? [job, job.personsFile] : [job];
}

function outcomeOf(job: WorkerJob): Promise<WorkerOutcome> {
  const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: MEMORY_LIMITS,
    execArgv: [],
    // Neither the environment nor what the reader prints is any of the other's business.
    env: {},
    stdout: true,
    stderr: true,
  });
  const { promise, resolve } = Promise.withResolvers<WorkerOutcome>();
  const start = performance.now();
  const endAfter = (ms: number) => setTimeout(() => resolve({ failure: 'file-too-slow' }), ms);
  let timer = endAfter(START_LIMIT_MS);
  worker.on('message', (message: typeof READY | WorkerOutcome) => {
    if (message !== READY) return resolve(message);
    clearTimeout(timer);
    timer = endAfter(Math.max(LEAST_TIME_MS, TIME_LIMIT_MS - (performance.now() - start)));
  });
  worker.once('error', (error: NodeJS.ErrnoException) =>
    resolve({
      failure: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'file-too-large' : 'file-unreadable',
    }),
  );
  worker.once('exit', () => resolve({ failure: 'file-unreadable' }));
  return promise.finally(() => {
    clearTimeout(timer);
    // A busy thread may take a while to end; nobody needs to wait for it.
    void worker.terminate();
  });
}
