import { and, asc, desc, eq, gt, inArray, lte } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';
import type { CaseState } from '#rules/public-cases.ts';

export type StoredCase = Schema['publicCase']['$inferSelect'];
export type CaseMonth = Schema['caseMonth']['$inferSelect'];

export async function readCase(db: Reader, id: string): Promise<StoredCase | null> {
  const { publicCase } = db.t;
  const [found] = await db.select().from(publicCase).where(eq(publicCase.id, id));
  return found ?? null;
}

/** Cases of some bodies, the newest first; of one month where it is given. */
export async function listCases(
  db: Reader,
  bodyCodes: string[],
  { month, limit = 200 }: { month?: string | undefined; limit?: number } = {},
): Promise<StoredCase[]> {
  const { publicCase } = db.t;
  if (bodyCodes.length === 0) return [];
  const ofMonth = month === undefined ? undefined : eq(publicCase.month, month);
  return db
    .select()
    .from(publicCase)
    .where(and(inArray(publicCase.bodyCode, bodyCodes), ofMonth))
    .orderBy(desc(publicCase.month), desc(publicCase.createdOn), asc(publicCase.id))
    .limit(limit);
}

/** State, month and body of what was handed in for some months. */
export async function listCaseFacts(db: Reader, months: string[]) {
  const { publicCase } = db.t;
  if (months.length === 0) return [];
  return db
    .select({
      bodyCode: publicCase.bodyCode,
      month: publicCase.month,
      status: publicCase.status,
    })
    .from(publicCase)
    .where(inArray(publicCase.month, months));
}

/** Cases in these states whose term has not ended by `today`, the newest first. */
export async function listCasesStanding(
  db: Reader,
  states: CaseState[],
  today: string,
): Promise<StoredCase[]> {
  const { publicCase } = db.t;
  return db
    .select()
    .from(publicCase)
    .where(and(inArray(publicCase.status, states), gt(publicCase.endsOn, today)))
    .orderBy(desc(publicCase.publishedOn), asc(publicCase.id));
}

/** Ids of cases in these states whose term has ended by `today`. */
export async function listCasesEnded(
  db: Reader,
  states: CaseState[],
  today: string,
): Promise<{ id: string; status: CaseState }[]> {
  const { publicCase } = db.t;
  return db
    .select({ id: publicCase.id, status: publicCase.status })
    .from(publicCase)
    .where(and(inArray(publicCase.status, states), lte(publicCase.endsOn, today)))
    .orderBy(asc(publicCase.id));
}

export async function insertCase(tx: Tx, added: StoredCase): Promise<void> {
  await tx.insert(tx.t.publicCase).values(added);
}

/** Changes a case that is as it was read; false where somebody else was faster. */
export async function moveCase(
  tx: Tx,
  { id, status, revision }: Pick<StoredCase, 'id' | 'status' | 'revision'>,
  change: Partial<Omit<StoredCase, 'id' | 'revision' | 'bodyCode'>>,
): Promise<boolean> {
  const { publicCase } = tx.t;
  const moved = await tx
    .update(publicCase)
    .set({ ...change, revision: revision + 1 })
    .where(
      and(eq(publicCase.id, id), eq(publicCase.status, status), eq(publicCase.revision, revision)),
    )
    .returning({ id: publicCase.id });
  return moved.length === 1;
}

export async function listCaseMonths(db: Reader, months: string[]): Promise<CaseMonth[]> {
  const { caseMonth } = db.t;
  if (months.length === 0) return [];
  return db.select().from(caseMonth).where(inArray(caseMonth.month, months));
}

/** False where the body has said so already. */
export async function insertCaseMonth(tx: Tx, said: CaseMonth): Promise<boolean> {
  const { caseMonth } = tx.t;
  const added = await tx
    .insert(caseMonth)
    .values(said)
    .onConflictDoNothing()
    .returning({ month: caseMonth.month });
  return added.length === 1;
}

/** Takes back that a body had none. */
export async function deleteCaseMonth(tx: Tx, bodyCode: string, month: string): Promise<void> {
  const { caseMonth } = tx.t;
  await tx
    .delete(caseMonth)
    .where(and(eq(caseMonth.bodyCode, bodyCode), eq(caseMonth.month, month)));
}

/** Batches whose full names are known by their hashes. */
export async function listNamedBatches(db: Reader): Promise<string[]> {
  const { nameHash } = db.t;
  const found = await db
    .selectDistinct({ batchId: nameHash.batchId })
    .from(nameHash)
    .orderBy(asc(nameHash.batchId));
  return found.map((row) => row.batchId);
}

/** The civil date of the first entry of the audit chain: the portal's first day; null before it. */
export async function readFirstDay(db: Reader): Promise<string | null> {
  const { auditEntry } = db.t;
  const [first] = await db
    .select({ onDate: auditEntry.onDate })
    .from(auditEntry)
    .orderBy(asc(auditEntry.seq))
    .limit(1);
  return first?.onDate ?? null;
}
