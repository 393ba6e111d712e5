import { runInWorker } from './run-in-worker.ts';

/** A line that the importer has something to say about; `words` is what the reader of the file should see. */
export type MarkedProblem = {
  kind: 'rejected' | 'withheld' | 'warning';
  /** Null where the file has one list only. */
  sheet: string | null;
  line: number;
  /** Letters as a spreadsheet program shows them; null where the whole line is meant. */
  column: string | null;
  words: string;
};

/**
 * The file as an .xlsx with its problems marked in place: cells filled, a last column 问题, and a first sheet
 * 问题清单. Values only: no formula, comment, macro or hidden sheet comes along, line n stays row n, and the
 * corrected file can be uploaded again as it is. Throws SpreadsheetError.
 */
export async function markProblems(
  file: { name: string; bytes: Uint8Array },
  problems: MarkedProblem[],
): Promise<Uint8Array> {
  const outcome = await runInWorker({ task: 'mark', file, problems });
  if (!('marked' in outcome)) throw new Error('the worker answered something else');
  return outcome.marked;
}
