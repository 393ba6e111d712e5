import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type BodyKey = Schema['bodyKey']['$inferSelect'];
export type BodyKeyGrant = Schema['bodyKeyGrant']['$inferSelect'];
export type BodyRecovery = Schema['bodyRecovery']['$inferSelect'];

/** The holder of a grant that is sealed to the two recovery papers. */
export const RECOVERY_HOLDER = 'recovery';

/** The key new content is sealed to. */
export async function findCurrentBodyKey(db: Reader, bodyCode: string): Promise<BodyKey | null> {
  const { bodyKey } = db.t;
  const [found] = await db
    .select()
    .from(bodyKey)
    .where(and(eq(bodyKey.bodyCode, bodyCode), isNull(bodyKey.retiredOn)))
    .orderBy(desc(bodyKey.createdOn), desc(bodyKey.id))
    .limit(1);
  return found ?? null;
}

export async function insertBodyKey(tx: Tx, key: BodyKey): Promise<void> {
  await tx.insert(tx.t.bodyKey).values(key);
}

/** Adds grants; a holder who has one keeps it. */
export async function insertBodyKeyGrants(tx: Tx, grants: BodyKeyGrant[]): Promise<void> {
  for (const grant of grants) {
    await tx.insert(tx.t.bodyKeyGrant).values(grant).onConflictDoNothing();
  }
}

/** A grant with the body it belongs to. */
export async function findBodyKeyGrant(db: Reader, keyId: string, holder: string) {
  const { bodyKey, bodyKeyGrant } = db.t;
  const [found] = await db
    .select({ bodyCode: bodyKey.bodyCode, sealed: bodyKeyGrant.sealed })
    .from(bodyKeyGrant)
    .innerJoin(bodyKey, eq(bodyKey.id, bodyKeyGrant.keyId))
    .where(and(eq(bodyKeyGrant.keyId, keyId), eq(bodyKeyGrant.holder, holder)));
  return found ?? null;
}

/** Every key a holder was granted, retired ones too: old content is sealed to them. */
export async function listGrantedKeys(
  db: Reader,
  holder: string,
): Promise<{ keyId: string; bodyCode: string }[]> {
  const { bodyKey, bodyKeyGrant } = db.t;
  return db
    .select({ keyId: bodyKey.id, bodyCode: bodyKey.bodyCode })
    .from(bodyKeyGrant)
    .innerJoin(bodyKey, eq(bodyKey.id, bodyKeyGrant.keyId))
    .where(eq(bodyKeyGrant.holder, holder))
    .orderBy(asc(bodyKey.bodyCode), asc(bodyKey.createdOn), asc(bodyKey.id));
}

/** Accounts that hold the present key of a body. */
export async function listKeyHolders(db: Reader, bodyCode: string): Promise<string[]> {
  const { bodyKey, bodyKeyGrant } = db.t;
  const rows = await db
    .select({ holder: bodyKeyGrant.holder })
    .from(bodyKeyGrant)
    .innerJoin(bodyKey, eq(bodyKey.id, bodyKeyGrant.keyId))
    .where(and(eq(bodyKey.bodyCode, bodyCode), isNull(bodyKey.retiredOn)))
    .orderBy(asc(bodyKeyGrant.holder));
  return rows.map((row) => row.holder).filter((holder) => holder !== RECOVERY_HOLDER);
}

export async function insertBodyRecovery(tx: Tx, recovery: BodyRecovery): Promise<void> {
  await tx.insert(tx.t.bodyRecovery).values(recovery);
}

/** Bodies with a key: what is sealed to them can be opened here. */
export async function listBodiesWithKey(db: Reader): Promise<string[]> {
  const { bodyKey } = db.t;
  const rows = await db
    .selectDistinct({ bodyCode: bodyKey.bodyCode })
    .from(bodyKey)
    .where(isNull(bodyKey.retiredOn));
  return rows.map((row) => row.bodyCode);
}
