import {
  and,
  asc,
  count,
  countDistinct,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  min,
  ne,
} from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

/** Sealed leads are in none of these: their number alone would tell those they are about. */

type Days = { from: string; to: string };

/** Leads received on those days as they arrived: neither merged into another nor split off one. */
export async function listReceivedIn(db: Reader, { from, to }: Days) {
  const { lead } = db.t;
  return db
    .select({ id: lead.id, placeCode: lead.placeCode, state: lead.state })
    .from(lead)
    .where(
      and(
        gte(lead.receivedOn, from),
        lte(lead.receivedOn, to),
        ne(lead.secrecy, 'sealed'),
        isNull(lead.parentId),
      ),
    );
}

/** Leads that were concluded on those days, old ledgers' not among them. */
export async function listConcludedIn(db: Reader, { from, to }: Days) {
  const { lead } = db.t;
  return db
    .select({
      id: lead.id,
      state: lead.state,
      repeats: lead.repeats,
      concludedOn: lead.concludedOn,
    })
    .from(lead)
    .where(
      and(
        gte(lead.concludedOn, from),
        lte(lead.concludedOn, to),
        isNotNull(lead.concludedOn),
        ne(lead.secrecy, 'sealed'),
        eq(lead.backlog, 0),
      ),
    );
}

/** Sealed repeats of leads: to be left out of what is counted of them. */
export async function countSealedRepeats(db: Reader, ids: string[]) {
  const { lead } = db.t;
  return db
    .select({ leadId: lead.parentId, repeats: count() })
    .from(lead)
    .where(and(inArray(lead.parentId, ids), eq(lead.state, 'MERGED'), eq(lead.secrecy, 'sealed')))
    .groupBy(lead.parentId);
}

/** Leads in these states whose day was before `today`, by kind of the body they are with. */
export async function countOverdueByKind(db: Reader, today: string, states: string[]) {
  const { lead, body } = db.t;
  return db
    .select({ code: body.kind, count: count() })
    .from(lead)
    .innerJoin(body, eq(body.code, lead.bodyCode))
    .where(and(lt(lead.dueOn, today), inArray(lead.state, states), ne(lead.secrecy, 'sealed')))
    .groupBy(body.kind);
}

/** Leads that came under supervision on those days. */
export async function countSupervisedIn(db: Reader, { from, to }: Days): Promise<number> {
  const { lead, supervision } = db.t;
  const [found] = await db
    .select({ leads: countDistinct(supervision.leadId) })
    .from(supervision)
    .innerJoin(lead, eq(lead.id, supervision.leadId))
    .where(
      and(
        gte(supervision.startedOn, from),
        lte(supervision.startedOn, to),
        ne(lead.secrecy, 'sealed'),
      ),
    );
  return found?.leads ?? 0;
}

export async function countRatingsIn(db: Reader, { from, to }: Days) {
  const { lead, leadRating } = db.t;
  return db
    .select({ code: leadRating.rating, count: count() })
    .from(leadRating)
    .innerJoin(lead, eq(lead.id, leadRating.leadId))
    .where(
      and(gte(leadRating.onDate, from), lte(leadRating.onDate, to), ne(lead.secrecy, 'sealed')),
    )
    .groupBy(leadRating.rating);
}

/** The day of the first audit entry, and that of the oldest case of an old ledger. */
export async function readFirstDays(db: Reader) {
  const { auditEntry, lead } = db.t;
  const [setUp] = await db
    .select({ onDate: min(auditEntry.onDate) })
    .from(auditEntry)
    .where(eq(auditEntry.seq, 1));
  const [oldest] = await db
    .select({ receivedOn: min(lead.receivedOn) })
    .from(lead)
    .where(and(eq(lead.backlog, 1), ne(lead.secrecy, 'sealed')));
  return { setUpOn: setUp?.onDate ?? null, oldestOn: oldest?.receivedOn ?? null };
}

export async function listCountedMonths(db: Reader, most: number) {
  const { countedMonth } = db.t;
  return db.select().from(countedMonth).orderBy(desc(countedMonth.month)).limit(most);
}

/** The months that were counted. */
export async function listMonthNames(db: Reader): Promise<string[]> {
  const { countedMonth } = db.t;
  const rows = await db
    .select({ month: countedMonth.month })
    .from(countedMonth)
    .orderBy(asc(countedMonth.month));
  return rows.map((row) => row.month);
}

/** False where the month was counted before. */
export async function insertCountedMonth(
  tx: Tx,
  row: Schema['countedMonth']['$inferInsert'],
): Promise<boolean> {
  const { countedMonth } = tx.t;
  const added = await tx
    .insert(countedMonth)
    .values(row)
    .onConflictDoNothing()
    .returning({ month: countedMonth.month });
  return added.length > 0;
}

/** A lead is rated once. */
export async function insertRating(
  tx: Tx,
  row: Schema['leadRating']['$inferInsert'],
): Promise<void> {
  await tx.insert(tx.t.leadRating).values(row).onConflictDoNothing();
}

export async function deleteRating(tx: Tx, leadId: string): Promise<void> {
  const { leadRating } = tx.t;
  await tx.delete(leadRating).where(eq(leadRating.leadId, leadId));
}
