import type { ListContext, ParsedList } from './parse-list.ts';
import type { ParsedRelatives } from './parse-relatives.ts';
import { type SourceFile, runInWorker } from './run-in-worker.ts';

export type ParseOptions = Omit<ListContext, 'persons'> & { personsFile?: SourceFile | undefined };

/** Reads a list in a thread of its own (run-in-worker). Every refusal is a SpreadsheetError. */
export async function parseFile(bytes: Uint8Array, options: ParseOptions): Promise<ParsedList> {
  const { personsFile, ...context } = options;
  const outcome = await runInWorker({ task: 'parse', bytes, personsFile, context });
  if (!('list' in outcome)) throw new Error('the worker answered something else');
  return outcome.list;
}

/** Reads a register of near relatives in the same way. */
export async function parseRelativesFile(
  bytes: Uint8Array,
  fileName: string,
): Promise<ParsedRelatives> {
  const outcome = await runInWorker({ task: 'relatives', bytes, fileName });
  if (!('relatives' in outcome)) throw new Error('the worker answered something else');
  return outcome.relatives;
}
