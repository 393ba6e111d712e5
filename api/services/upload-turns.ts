import { setImmediate } from 'node:timers/promises';

let last: Promise<unknown> = Promise.resolve();

/**
 * Hands on one piece of one upload at a time, whoever uploads, and lets everything else that waits go before
 * the next: ten fast uploads take no longer for it, and a complaint does not wait for a piece of each.
 */
export async function* inTurn<T>(pieces: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const piece of pieces) {
    last = last.then(() => setImmediate());
    await last;
    yield piece;
  }
}
