import type { ReadableStream } from 'node:stream/web';
import { TransformStream } from 'node:stream/web';
import type { Store } from '#db/store.ts';
import type { ByteRange } from '#rules/byte-range.ts';

/** A player fetches a recording in parts; those of one sitting are one opening in the log. */
const SITTING_MS = 60 * 60_000;
const MOST_OPENINGS = 10_000;
const openings = new WeakMap<Store, Map<string, number>>();

/** Remembers that an opening was logged. */
export function noteOpening(db: Store, key: string, now: number): void {
  const known = openings.get(db) ?? new Map<string, number>();
  openings.set(db, known);
  known.delete(key);
  known.set(key, now);
  if (known.size > MOST_OPENINGS) known.delete(known.keys().next().value ?? '');
}

/** Whether an opening was logged that a part belongs to. */
export function isSameSitting(db: Store, key: string, now: number): boolean {
  const at = openings.get(db)?.get(key);
  return at !== undefined && now - at < SITTING_MS;
}

/** The bytes of a part; what comes after it is not read. */
export function cutStream(
  stream: ReadableStream<Uint8Array>,
  { from, to }: ByteRange,
): ReadableStream<Uint8Array> {
  let at = 0;
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const part = chunk.subarray(Math.max(0, from - at), Math.max(0, to + 1 - at));
      at += chunk.length;
      if (part.length > 0) controller.enqueue(part);
      if (at > to) controller.terminate();
    },
  });
  return stream.pipeThrough(cut);
}
