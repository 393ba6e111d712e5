import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { loadSecrets } from '#sealing/secrets.ts';
import { openStage } from './stage-file.ts';
import type { StageJob, StageTools } from './stage-file.ts';
import type { Verdict } from './stager.ts';

/** A thread of `openStager`: stages the files it is sent, one after the other, and answers what was found. */
const { secretsDir, ...tools } = workerData as StageTools & { secretsDir: string };
letRequestsGoFirst();
const stageFile = openStage(tools, loadSecrets(secretsDir));

parentPort?.on('message', (jobs: StageJob[]) => {
  const verdicts = jobs.map((job) => ({ where: job.where, findings: stageFile(job) }));
  parentPort?.postMessage(verdicts satisfies Verdict[], []);
});

/** Linux gives each thread a priority of its own and tells its number here; elsewhere all are equal. */
function letRequestsGoFirst(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // As quick, only less considerate.
  }
}
