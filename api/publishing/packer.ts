import { EventEmitter, once } from 'node:events';
import { setImmediate as giveWay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { packFile } from './pack.ts';

export type PackJob = { file: string; data: Uint8Array };
export type Packer = {
  /** Writes a file below the folder with its variants; resolves soon, at the latest when it is written. */
  add(file: string, data: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Resolves when everything that was added is written. */
  finish(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** So many are packed in place: a thread takes longer to start than they do. */
const FEW = 24;
/** Files on their way to the thread, so that memory does not grow with what is published. */
const MOST_WAITING = 32;
const MEMORY_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };

/**
 * Writes and compresses files of the staging folder; many of them in a thread of its own, beside the rendering
 * and out of the way of requests.
 */
export function openPacker(folder: string): Packer {
  let added = 0;
  let thread: ReturnType<typeof startThread> | undefined;

  async function add(file: string, data: Uint8Array<ArrayBuffer>) {
    added += 1;
    if (added > FEW) {
      thread ??= startThread(folder);
      return thread.send({ file, data });
    }
    packFile(folder, file, data);
    await giveWay();
  }

  return {
    add,
    finish: async () => thread?.finish(),
    [Symbol.asyncDispose]: async () => thread?.stop(),
  };
}

function startThread(folder: string) {
  const worker = new Worker(new URL('./pack-worker.ts', import.meta.url), {
    workerData: folder,
    resourceLimits: MEMORY_LIMITS,
    execArgv: [],
    env: {},
  });
  let waiting = 0;
  let failure: Error | undefined;
  const progress = new EventEmitter();

  function tell(error?: Error) {
    failure ??= error;
    progress.emit('made');
  }
  worker.on('message', () => {
    waiting -= 1;
    tell();
  });
  worker.on('error', tell);
  worker.on('exit', () => tell(new Error('the packing thread has ended')));

  async function waitUntil(isReached: () => boolean) {
    while (!isReached() && !failure) await once(progress, 'made');
    if (failure) throw failure;
  }

  async function send(job: PackJob & { data: Uint8Array<ArrayBuffer> }) {
    await waitUntil(() => waiting < MOST_WAITING);
    waiting += 1;
    worker.postMessage(job, [job.data.buffer]);
  }

  return {
    send,
    finish: () => waitUntil(() => waiting === 0),
    stop: async () => void (await worker.terminate()),
  };
}
