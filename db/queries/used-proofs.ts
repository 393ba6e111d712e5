import { lt } from 'drizzle-orm';
import type { Tx } from '#db/store.ts';

/** Forgets proofs that are refused as expired anyway. `now` is epoch ms. */
export async function deleteExpiredProofs(tx: Tx, now: number): Promise<number> {
  const { usedProof } = tx.t;
  const gone = await tx
    .delete(usedProof)
    .where(lt(usedProof.expiresAt, now))
    .returning({ nonce: usedProof.nonce });
  return gone.length;
}
