import { and, asc, desc, eq, inArray, or } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';
import type { Batch } from './batches.ts';

export type BatchFilter = {
  status?: Batch['status'] | undefined;
  kind?: Batch['kind'] | undefined;
  period?: string | undefined;
  bodyCode?: string | undefined;
};

/** Lists published or reviewed by any of these bodies: those in review first, then the newest. */
export async function listBatchPage(
  db: Reader,
  bodyCodes: string[],
  filter: BatchFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<Batch[]> {
  const { batch } = db.t;
  return db
    .select()
    .from(batch)
    .where(isWithin(db, bodyCodes, filter))
    .orderBy(
      desc(eq(batch.status, 'review')),
      desc(batch.uploadedOn),
      desc(batch.period),
      asc(batch.id),
    )
    .limit(limit)
    .offset(offset);
}

export async function countBatches(
  db: Reader,
  bodyCodes: string[],
  filter: BatchFilter,
): Promise<number> {
  return db.$count(db.t.batch, isWithin(db, bodyCodes, filter));
}

/** The bodies that published any of these lists. */
export async function listPublishersOf(db: Reader, bodyCodes: string[]): Promise<string[]> {
  const { batch } = db.t;
  const rows = await db
    .selectDistinct({ code: batch.bodyCode })
    .from(batch)
    .where(isWithin(db, bodyCodes, {}))
    .orderBy(asc(batch.bodyCode));
  return rows.map((row) => row.code);
}

function isWithin(db: Reader, bodyCodes: string[], filter: BatchFilter) {
  const { batch } = db.t;
  const { status, kind, period, bodyCode } = filter;
  return and(
    or(inArray(batch.bodyCode, bodyCodes), inArray(batch.reviewBodyCode, bodyCodes)),
    status && eq(batch.status, status),
    kind && eq(batch.kind, kind),
    period ? eq(batch.period, period) : undefined,
    bodyCode ? eq(batch.bodyCode, bodyCode) : undefined,
  );
}
