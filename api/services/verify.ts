import { GENESIS_HASH, hashAuditEntry } from './audit.ts';
import { listAuditEntries } from '#db/queries/audit.ts';
import type { Reader } from '#db/store.ts';

/** A link of the audit chain as it is published in `public/head.json`. */
export type ChainHead = { seq: number; hash: string };

/** A chain that does not hold; `seq` is its first broken link. */
export class BrokenChainError extends Error {
  override name = 'BrokenChainError';
  readonly seq: number;
  constructor(seq: number, message: string) {
    super(message);
    this.seq = seq;
  }
}

const PAGE = 1000;

/**
 * Recomputes the audit chain from its first link. `published` is the head anyone may have a copy of: a
 * chain that is shorter, or has another link in that place, was cut. Throws BrokenChainError.
 */
export async function verifyAuditChain(
  db: Reader,
  published: ChainHead | null,
): Promise<ChainHead | null> {
  let head: ChainHead = { seq: 0, hash: GENESIS_HASH };
  for (;;) {
    const entries = await listAuditEntries(db, head.seq, PAGE);
    for (const entry of entries) {
      const seq = head.seq + 1;
      if (entry.seq !== seq) {
        throw new BrokenChainError(seq, `audit entry ${seq} is missing`);
      }
      if (entry.previousHash !== head.hash) {
        throw new BrokenChainError(seq, `audit entry ${seq} does not follow the one before it`);
      }
      if (hashAuditEntry(entry) !== entry.hash) {
        throw new BrokenChainError(seq, `audit entry ${seq} was changed`);
      }
      if (published?.seq === seq && published.hash !== entry.hash) {
        throw new BrokenChainError(seq, `audit entry ${seq} is not the one that was published`);
      }
      head = { seq, hash: entry.hash };
    }
    if (entries.length < PAGE) break;
  }
  if (published && published.seq > head.seq) {
    throw new BrokenChainError(
      head.seq + 1,
      `the audit chain ends at ${head.seq}, but ${published.seq} was published: entries are missing`,
    );
  }
  return head.seq === 0 ? null : head;
}
