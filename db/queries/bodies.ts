import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import { recall } from '#db/store.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Body = Schema['body']['$inferSelect'];

/** All bodies, ended ones too: old leads and lists still name them. */
export async function listBodies(db: Reader): Promise<Body[]> {
  const { body } = db.t;
  return db.select().from(body).orderBy(asc(body.code));
}

/** Bodies that exist on that day, in code order. */
export async function listBodiesOn(db: Reader, day: string): Promise<Body[]> {
  const { body } = db.t;
  return recall(db, `bodies ${day}`, [body], () =>
    db
      .select()
      .from(body)
      .where(and(lte(body.validFrom, day), or(isNull(body.validTo), gt(body.validTo, day))))
      .orderBy(asc(body.code)),
  );
}

export async function readBody(db: Reader, code: string): Promise<Body | null> {
  const [found] = await db.select().from(db.t.body).where(eq(db.t.body.code, code));
  return found ?? null;
}

export async function insertBodies(tx: Tx, bodies: Body[]): Promise<void> {
  if (bodies.length > 0) await tx.insert(tx.t.body).values(bodies);
}

/** Changes a body that has not ended; false where it has. */
export async function updateBody(
  tx: Tx,
  code: string,
  change: Partial<Omit<Body, 'code' | 'validFrom'>>,
): Promise<boolean> {
  const { body } = tx.t;
  const changed = await tx
    .update(body)
    .set(change)
    .where(and(eq(body.code, code), isNull(body.validTo)))
    .returning({ code: body.code });
  return changed.length === 1;
}

/** Puts the bodies below an ended one under its successor. */
export async function moveSubordinates(tx: Tx, from: string, to: string): Promise<void> {
  const { body } = tx.t;
  await tx
    .update(body)
    .set({ superiorCode: to })
    .where(and(eq(body.superiorCode, from), isNull(body.validTo)));
}
