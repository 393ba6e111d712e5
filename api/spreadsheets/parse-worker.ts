import { parentPort, workerData } from 'node:worker_threads';
import { SpreadsheetError } from './errors.ts';
import type { ParseJob, ParseOutcome } from './parse-in-worker.ts';
import { parseList } from './parse-list.ts';
import { readSheets } from './read-sheets.ts';

// The job is what parse-in-worker handed over; nothing else starts this file.
const { bytes, personsFile, context } = workerData as ParseJob;

async function work(): Promise<ParseOutcome> {
  try {
    const sheets = await readSheets(bytes, context.fileName);
    const persons = personsFile
      ? await readSheets(personsFile.bytes, personsFile.fileName)
      : undefined;
    return { list: parseList(sheets, { ...context, persons }) };
  } catch (error) {
    // Other messages may quote cells; none of them leaves the worker.
    return { failure: error instanceof SpreadsheetError ? error.code : 'file-unreadable' };
  }
}

parentPort?.postMessage(await work(), []);
