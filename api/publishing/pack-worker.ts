import { parentPort, workerData } from 'node:worker_threads';
import type { PackJob } from './packer.ts';
import { packFile } from './pack.ts';

/** The thread of `openPacker`: packs what it is sent, one after the other, and says so. */
const folder = workerData as string;

parentPort?.on('message', ({ file, data }: PackJob) => {
  packFile(folder, file, data);
  parentPort?.postMessage(null, []);
});
