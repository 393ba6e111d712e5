import { Worker } from 'node:worker_threads';
import { SpreadsheetError, type SpreadsheetErrorCode } from './errors.ts';
import { MAX_FILE_BYTES } from './guard.ts';
import type { ListContext, ParsedList } from './parse-list.ts';

type SourceFile = { bytes: Uint8Array; fileName?: string | undefined };
export type ParseOptions = Omit<ListContext, 'persons'> & { personsFile?: SourceFile | undefined };
export type ParseJob = {
  bytes: Uint8Array;
  personsFile: SourceFile | undefined;
  context: Omit<ListContext, 'persons'>;
};
export type ParseOutcome = { list: ParsedList } | { failure: SpreadsheetErrorCode };

const TIME_LIMIT_MS = 10_000;
const MEMORY_LIMITS = { maxOldGenerationSizeMb: 224, maxYoungGenerationSizeMb: 32 };

/**
 * Reads a list in a thread of its own that is ended after 10 seconds or when it takes too much memory, so that
 * a hostile file harms nobody. Every refusal is a SpreadsheetError.
 */
export async function parseFile(bytes: Uint8Array, options: ParseOptions): Promise<ParsedList> {
  const { personsFile, ...context } = options;
  for (const file of [bytes, ...(personsFile ? [personsFile.bytes] : [])]) {
    if (file.length === 0) throw new SpreadsheetError('file-empty');
    if (file.length > MAX_FILE_BYTES) throw new SpreadsheetError('file-too-large');
  }
  const outcome = await runWorker({ bytes, personsFile, context });
  if ('failure' in outcome) throw new SpreadsheetError(outcome.failure);
  return outcome.list;
}

function runWorker(job: ParseJob): Promise<ParseOutcome> {
  const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: MEMORY_LIMITS,
    execArgv: [],
    // Neither the environment nor what the reader prints is any of the other's business.
    env: {},
    stdout: true,
    stderr: true,
  });
  const { promise, resolve } = Promise.withResolvers<ParseOutcome>();
  const timer = setTimeout(() => resolve({ failure: 'file-too-slow' }), TIME_LIMIT_MS);
  worker.once('message', resolve);
  worker.once('error', (error: NodeJS.ErrnoException) =>
    resolve({
      failure: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'file-too-large' : 'file-unreadable',
    }),
  );
  worker.once('exit', () => resolve({ failure: 'file-unreadable' }));
  return promise.finally(async () => {
    clearTimeout(timer);
    await worker.terminate();
  });
}
