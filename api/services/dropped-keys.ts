import { randomUUID } from 'node:crypto';
import {
  deleteBodyKeyGrants,
  insertKeyEvents,
  listBodyKeys,
  listGrantedKeys,
  markForRenewal,
} from '#db/queries/body-keys.ts';
import type { KeyEvent } from '#db/queries/body-keys.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';

/** A line for the members of a body about its keys. */
export function keyEvent(
  at: number,
  fact: Pick<KeyEvent, 'bodyCode' | 'kind'> & Partial<Pick<KeyEvent, 'accountId' | 'personId'>>,
): KeyEvent {
  return { id: randomUUID(), accountId: null, personId: null, at, ...fact };
}

/**
 * Takes an account's keys, all of them or those of one body, and says so to the members of each. Where somebody
 * left, the body's key is to be replaced: what was theirs may have been copied.
 */
export async function dropBodyKeys(
  tx: Tx,
  now: number,
  drop: {
    accountId: string;
    kind: 'drop' | 'leave';
    personId: string | null;
    bodyCode?: string;
  },
): Promise<void> {
  const { accountId, kind, personId } = drop;
  const held = await listGrantedKeys(tx, accountId);
  const bodies = new Set(held.map((key) => key.bodyCode));
  for (const bodyCode of drop.bodyCode ? [drop.bodyCode] : bodies) {
    if (!bodies.has(bodyCode)) continue;
    const keys = await listBodyKeys(tx, bodyCode);
    await deleteBodyKeyGrants(
      tx,
      keys.map((key) => key.id),
      accountId,
    );
    if (kind === 'leave') await markForRenewal(tx, bodyCode, civilDateOf(now));
    await insertKeyEvents(tx, [keyEvent(now, { bodyCode, kind, accountId, personId })]);
  }
}
