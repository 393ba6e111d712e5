import { and, asc, desc, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import { recall } from '#db/store.ts';
import type { Reader, Tx } from '#db/store.ts';

export type BodyKey = Schema['bodyKey']['$inferSelect'];
export type BodyKeyGrant = Schema['bodyKeyGrant']['$inferSelect'];
export type BodyRecovery = Schema['bodyRecovery']['$inferSelect'];

/** The holder of a grant that is sealed to the two recovery papers. */
export const RECOVERY_HOLDER = 'recovery';

/** The key new content is sealed to. */
export async function findCurrentBodyKey(db: Reader, bodyCode: string): Promise<BodyKey | null> {
  const { bodyKey } = db.t;
  const [found] = await recall(db, `body key ${bodyCode}`, [bodyKey], () =>
    db
      .select()
      .from(bodyKey)
      .where(and(eq(bodyKey.bodyCode, bodyCode), isNull(bodyKey.retiredOn)))
      .orderBy(desc(bodyKey.createdOn), desc(bodyKey.id))
      .limit(1),
  );
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

/** Bodies of which a person holds a key, an old one at least. */
export async function listBodiesOpenedBy(db: Reader, personId: string): Promise<string[]> {
  const { account, bodyKey, bodyKeyGrant } = db.t;
  const rows = await db
    .selectDistinct({ bodyCode: bodyKey.bodyCode })
    .from(account)
    .innerJoin(bodyKeyGrant, eq(bodyKeyGrant.holder, account.id))
    .innerJoin(bodyKey, eq(bodyKey.id, bodyKeyGrant.keyId))
    .where(eq(account.personId, personId));
  return rows.map((row) => row.bodyCode);
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

/** All keys of a body, retired ones too, the oldest first. */
export async function listBodyKeys(db: Reader, bodyCode: string): Promise<BodyKey[]> {
  const { bodyKey } = db.t;
  return db
    .select()
    .from(bodyKey)
    .where(eq(bodyKey.bodyCode, bodyCode))
    .orderBy(asc(bodyKey.createdOn), asc(bodyKey.id));
}

/** Accounts that hold any key of a body. */
export async function listAllKeyHolders(db: Reader, bodyCode: string): Promise<string[]> {
  const { bodyKey, bodyKeyGrant } = db.t;
  const rows = await db
    .selectDistinct({ holder: bodyKeyGrant.holder })
    .from(bodyKeyGrant)
    .innerJoin(bodyKey, eq(bodyKey.id, bodyKeyGrant.keyId))
    .where(and(eq(bodyKey.bodyCode, bodyCode), ne(bodyKeyGrant.holder, RECOVERY_HOLDER)));
  return rows.map((row) => row.holder);
}

/** Takes keys from a holder. */
export async function deleteBodyKeyGrants(
  tx: Tx,
  keyIds: string[],
  holder: string,
): Promise<number> {
  const { bodyKeyGrant } = tx.t;
  const gone = await tx
    .delete(bodyKeyGrant)
    .where(and(inArray(bodyKeyGrant.keyId, keyIds), eq(bodyKeyGrant.holder, holder)))
    .returning({ keyId: bodyKeyGrant.keyId });
  return gone.length;
}

/** Ends a key's time; false where somebody else did. */
export async function retireBodyKey(tx: Tx, id: string, on: string): Promise<boolean> {
  const { bodyKey } = tx.t;
  const retired = await tx
    .update(bodyKey)
    .set({ retiredOn: on, renewFrom: null })
    .where(and(eq(bodyKey.id, id), isNull(bodyKey.retiredOn)))
    .returning({ id: bodyKey.id });
  return retired.length === 1;
}

/** Marks the present key of a body as one to be replaced; the first day counts. */
export async function markForRenewal(tx: Tx, bodyCode: string, from: string): Promise<void> {
  const { bodyKey } = tx.t;
  await tx
    .update(bodyKey)
    .set({ renewFrom: from })
    .where(
      and(eq(bodyKey.bodyCode, bodyCode), isNull(bodyKey.retiredOn), isNull(bodyKey.renewFrom)),
    );
}

/** Seals a key to new papers. */
export async function replaceRecoveryGrant(tx: Tx, keyId: string, sealed: Buffer): Promise<void> {
  const { bodyKeyGrant } = tx.t;
  await tx
    .update(bodyKeyGrant)
    .set({ sealed })
    .where(and(eq(bodyKeyGrant.keyId, keyId), eq(bodyKeyGrant.holder, RECOVERY_HOLDER)));
}

export async function readBodyRecovery(db: Reader, bodyCode: string): Promise<BodyRecovery | null> {
  const { bodyRecovery } = db.t;
  const [found] = await db.select().from(bodyRecovery).where(eq(bodyRecovery.bodyCode, bodyCode));
  return found ?? null;
}

/** Replaces the recipients of the papers; false where others were printed meanwhile. */
export async function replaceBodyRecovery(
  tx: Tx,
  read: Pick<BodyRecovery, 'firstRecipient'>,
  recovery: BodyRecovery,
): Promise<boolean> {
  const { bodyRecovery } = tx.t;
  const { bodyCode, ...change } = recovery;
  const replaced = await tx
    .update(bodyRecovery)
    .set(change)
    .where(
      and(
        eq(bodyRecovery.bodyCode, bodyCode),
        eq(bodyRecovery.firstRecipient, read.firstRecipient),
      ),
    )
    .returning({ bodyCode: bodyRecovery.bodyCode });
  return replaced.length === 1;
}

export type KeyEvent = Schema['bodyKeyEvent']['$inferSelect'];

export async function insertKeyEvents(tx: Tx, events: KeyEvent[]): Promise<void> {
  if (events.length > 0) await tx.insert(tx.t.bodyKeyEvent).values(events);
}

/** What happened to a body's keys, the newest first. */
export async function listKeyEvents(
  db: Reader,
  bodyCode: string,
  limit: number,
): Promise<KeyEvent[]> {
  const { bodyKeyEvent } = db.t;
  return db
    .select()
    .from(bodyKeyEvent)
    .where(eq(bodyKeyEvent.bodyCode, bodyCode))
    .orderBy(desc(bodyKeyEvent.at), desc(bodyKeyEvent.id))
    .limit(limit);
}

export async function insertBodyRecovery(tx: Tx, recovery: BodyRecovery): Promise<void> {
  await tx.insert(tx.t.bodyRecovery).values(recovery);
}

/** Bodies with a key: what is sealed to them can be opened here. */
export async function listBodiesWithKey(db: Reader): Promise<string[]> {
  const { bodyKey } = db.t;
  const rows = await recall(db, 'bodies with a key', [bodyKey], () =>
    db
      .selectDistinct({ bodyCode: bodyKey.bodyCode })
      .from(bodyKey)
      .where(isNull(bodyKey.retiredOn)),
  );
  return rows.map((row) => row.bodyCode);
}
