import { setImmediate } from 'node:timers/promises';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  countGrantsBeside,
  countGrantsOf,
  listGrantsBeside,
  resealGrant,
} from '#db/queries/lead-grants.ts';
import type { LeadGrant } from '#db/queries/lead-grants.ts';
import { findCurrentBodyKey } from '#db/queries/body-keys.ts';
import type { Store } from '#db/store.ts';
import { openSealed, seal } from '#sealing/age.ts';
import { appendAudit } from './audit.ts';
import { isKeyMember, listBodyKeysOf, openBodyIdentity } from './keyring.ts';

/** Long work that decrypts holds a person's keys for no longer; the rest is gone on with by hand. */
const LONGEST_MS = 15 * 60_000;
const PAGE = 200;

/** Bodies whose leads are being sealed anew by this process. */
const running = new WeakMap<Store, Set<string>>();

/**
 * How far the work is, in tens of percent: a number would count leads that a member may not know of. Null where
 * nothing is left to do.
 */
export async function readResealing({ db }: Context, bodyCode: string, keyId: string) {
  const left = await countGrantsBeside(db, bodyCode, keyId);
  const all = left === 0 ? 0 : await countGrantsOf(db, bodyCode);
  return {
    done: left === 0 ? null : Math.floor((10 * (all - left)) / all) * 10,
    running: running.get(db)?.has(bodyCode) ?? false,
  };
}

/**
 * Seals what earlier keys of a body open to its present one, as far as the actor holds those. Goes on by itself
 * for at most a quarter of an hour; what is left can be begun again by any member. Throws `not-found`.
 */
export async function resealInBackground(
  context: Context,
  actor: Actor,
  bodyCode: string,
): Promise<void> {
  const { db } = context;
  if (!isKeyMember(actor, bodyCode)) throw new CodedError('not-found');
  const current = await findCurrentBodyKey(db, bodyCode);
  if (!current) throw new CodedError('not-found');
  const bodies = running.get(db) ?? new Set<string>();
  running.set(db, bodies);
  if (bodies.has(bodyCode)) return;
  bodies.add(bodyCode);
  const identities = new Map<string, string>();
  for (const { keyId } of (await listBodyKeysOf(db, actor)).filter(isOf(bodyCode))) {
    const identity = await openBodyIdentity(db, actor, keyId);
    if (identity) identities.set(keyId, identity);
  }
  const work = reseal(context, { personId: actor.personId, bodyCode, target: current, identities });
  // A failure leaves the rest as it is, opened by the earlier key; the page shows how many are left.
  void work.catch(() => undefined).finally(() => bodies.delete(bodyCode));
}

type Work = {
  personId: string;
  bodyCode: string;
  target: { id: string; recipient: string };
  identities: ReadonlyMap<string, string>;
};

/** Works through the grants page by page; each page is one transaction, so that it may end anywhere. */
async function reseal(context: Context, work: Work): Promise<void> {
  const { db, secrets } = context;
  const { bodyCode, target, identities } = work;
  const until = performance.now() + LONGEST_MS;
  let skipped = 0;
  while (performance.now() < until) {
    const page = { limit: PAGE, offset: skipped };
    const grants = await listGrantsBeside(db, bodyCode, target.id, page);
    if (grants.length === 0) return;
    const sealed: { grant: LeadGrant; sealed: Buffer }[] = [];
    for (const grant of grants) {
      const identity = identities.get(grant.keyId);
      if (!identity) continue;
      const part = await openSealed(identity, grant.sealed);
      sealed.push({ grant, sealed: await seal([target.recipient], part) });
      await setImmediate();
    }
    skipped += grants.length - sealed.length;
    if (sealed.length === 0) continue;
    await db.transaction(async (tx) => {
      for (const each of sealed) {
        await resealGrant(tx, each.grant, { keyId: target.id, sealed: each.sealed });
      }
      await appendAudit(tx, secrets, context.now(), {
        action: 'body-key.reseal',
        subjectKind: 'body',
        subjectId: bodyCode,
        personId: work.personId,
        bodyCode,
        fields: { keyId: target.id, grants: sealed.length },
      });
    });
  }
}

function isOf(bodyCode: string) {
  return (key: { bodyCode: string }) => key.bodyCode === bodyCode;
}
