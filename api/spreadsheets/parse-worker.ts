import { parentPort, workerData } from 'node:worker_threads';
import { SpreadsheetError } from './errors.ts';
import { parseList } from './parse-list.ts';
import { readBacklog } from './read-backlog.ts';
import { parseRelatives } from './parse-relatives.ts';
import { readSheets } from './read-sheets.ts';
import { READY, type WorkerJob, type WorkerOutcome } from './run-in-worker.ts';
import { writeLedger } from './write-ledger.ts';
import { writeMarked } from './write-marked.ts';

async function work(job: WorkerJob): Promise<WorkerOutcome> {
  try {
    if (job.task === 'mark') {
      const sheets = await readSheets(job.file.bytes, job.file.name);
      return { marked: await writeMarked(job.file.name, sheets, job.problems) };
    }
    if (job.task === 'read-backlog') {
      return { backlog: readBacklog(await readSheets(job.bytes, job.fileName)) };
    }
    if (job.task === 'write-ledger') return { ledger: await writeLedger(job.ledger) };
    if (job.task === 'relatives') {
      return { relatives: parseRelatives(await readSheets(job.bytes, job.fileName)) };
    }
    const sheets = await readSheets(job.bytes, job.context.fileName);
    const persons = job.personsFile
      ? await readSheets(job.personsFile.bytes, job.personsFile.fileName)
      : undefined;
    return { list: parseList(sheets, { ...job.context, persons }) };
  } catch (error) {
    // Other messages may quote cells; none of them leaves the worker.
    return { failure: error instanceof SpreadsheetError ? error.code : 'file-unreadable' };
  }
}

parentPort?.postMessage(READY, []);
// The job is what run-in-worker handed over; nothing else starts this file.
parentPort?.postMessage(await work(workerData as WorkerJob), []);
