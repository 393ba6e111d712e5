import { parentPort, workerData } from 'node:worker_threads';
import { loadSecrets } from '#sealing/secrets.ts';
import { openStage } from './stage-file.ts';
import type { StageJob, StageTools } from './stage-file.ts';

/** A thread of `openStager`: stages what it is sent, one after the other, and answers what was found. */
const { secretsDir, ...tools } = workerData as StageTools & { secretsDir: string };
const stageFile = openStage(tools, loadSecrets(secretsDir));

parentPort?.on('message', (job: StageJob) => {
  parentPort?.postMessage({ where: job.where, findings: stageFile(job) }, []);
});
