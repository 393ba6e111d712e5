import { guardFile } from './guard.ts';
import { readCsv } from './read-csv.ts';
import { readWorkbook } from './read-workbook.ts';
import type { Sheet } from './sheet.ts';

/** Guards and reads a file. Call it in a worker (run-in-worker) for anything that came from outside. */
export async function readSheets(bytes: Uint8Array, fileName = ''): Promise<Sheet[]> {
  return guardFile(bytes, fileName) === 'xlsx' ? await readWorkbook(bytes) : readCsv(bytes);
}
