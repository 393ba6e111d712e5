import { CodedError } from '#api/errors.ts';
import type { Store } from '#db/store.ts';

/**
 * Files on their way, by what pays for them. A payment is spent when its file lies whole, so until then it is
 * held: nobody fills the disk with a hundred uploads on one proof, or on none.
 */
const holds = new WeakMap<Store, Map<string, number>>();

/** Files whose proof stands behind them in the form, of all visitors together. */
const MOST_UNPAID = 20;
const UNPAID = 'unpaid';
const BYTES = 'bytes';

/** Null: its proof stands behind it. Answers what lets go of it. Throws `proof-used`, `proof-missing`. */
export function holdProof(db: Store, nonce: string | null): () => void {
  const count = holdsOf(db).get(nonce ?? UNPAID) ?? 0;
  if (nonce === null && count >= MOST_UNPAID) throw new CodedError('proof-missing');
  if (nonce !== null && count > 0) throw new CodedError('proof-used');
  return hold(db, nonce ?? UNPAID);
}

/**
 * What a file on a ticket takes while it arrives. A page may be sent twice with one press, so its ticket is not
 * kept from the second.
 */
export function holdBytes(db: Store): { add: (bytes: number) => void; release: () => void } {
  const held = holdsOf(db);
  let mine = 0;
  function add(bytes: number) {
    mine += bytes;
    held.set(BYTES, countHeldBytes(db) + bytes);
  }
  return { add, release: () => add(-mine) };
}

export function countHeldBytes(db: Store): number {
  return holdsOf(db).get(BYTES) ?? 0;
}

function hold(db: Store, key: string): () => void {
  const held = holdsOf(db);
  held.set(key, (held.get(key) ?? 0) + 1);
  return function release() {
    const left = (held.get(key) ?? 1) - 1;
    if (left > 0) held.set(key, left);
    else held.delete(key);
  };
}

function holdsOf(db: Store): Map<string, number> {
  const held = holds.get(db) ?? new Map<string, number>();
  holds.set(db, held);
  return held;
}
