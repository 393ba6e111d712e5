import { runInWorker } from './run-in-worker.ts';
import type { PrintedLedger } from './write-ledger.ts';

/** Writes a ledger in a thread of its own: two thousand lines take a while. */
export async function printLedger(ledger: PrintedLedger): Promise<Uint8Array<ArrayBuffer>> {
  const outcome = await runInWorker({ task: 'write-ledger', ledger });
  if (!('ledger' in outcome)) throw new Error('the worker answered something else');
  return new Uint8Array(outcome.ledger);
}
