import type { BacklogSheet } from './read-backlog.ts';
import { runInWorker } from './run-in-worker.ts';
import type { SourceFile } from './run-in-worker.ts';

/** Reads an old ledger in a thread of its own (run-in-worker). Every refusal is a SpreadsheetError. */
export async function openBacklog(file: SourceFile): Promise<BacklogSheet> {
  const outcome = await runInWorker({ task: 'read-backlog', ...file });
  if (!('backlog' in outcome)) throw new Error('the worker answered something else');
  return outcome.backlog;
}
