import { and, asc, gt, isNull, lte, or } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';

/** Bodies that exist on that day, as routing and recusal see them. */
export async function listBodiesOn(db: Reader, day: string) {
  const { body } = db.t;
  return db
    .select({
      code: body.code,
      name: body.name,
      kind: body.kind,
      placeCode: body.placeCode,
      superiorCode: body.superiorCode,
    })
    .from(body)
    .where(and(lte(body.validFrom, day), or(isNull(body.validTo), gt(body.validTo, day))))
    .orderBy(asc(body.code));
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
