import { asc, eq, inArray } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

/** What stands beside a lead in clear: problems, accused (role and body), workers, exclusions. */
export async function listProblems(db: Reader, leadIds: string[]) {
  if (leadIds.length === 0) return [];
  const { leadProblem } = db.t;
  return db
    .select()
    .from(leadProblem)
    .where(inArray(leadProblem.leadId, leadIds))
    .orderBy(asc(leadProblem.leadId), asc(leadProblem.problem));
}

export async function replaceProblems(tx: Tx, leadId: string, problems: string[]): Promise<void> {
  const { leadProblem } = tx.t;
  await tx.delete(leadProblem).where(eq(leadProblem.leadId, leadId));
  if (problems.length === 0) return;
  await tx.insert(leadProblem).values(problems.map((problem) => ({ leadId, problem })));
}

export async function replaceSubjects(
  tx: Tx,
  leadId: string,
  subjects: { role: string; bodyCode: string | null }[],
): Promise<void> {
  const { leadSubject } = tx.t;
  await tx.delete(leadSubject).where(eq(leadSubject.leadId, leadId));
  if (subjects.length === 0) return;
  await tx
    .insert(leadSubject)
    .values(subjects.map((subject, index) => ({ leadId, seq: index + 1, ...subject })));
}

/** Workers (承办人) of a lead with their names. */
export async function listWorkers(db: Reader, leadId: string) {
  const { leadWorker, person } = db.t;
  return db
    .select({ personId: leadWorker.personId, name: person.name })
    .from(leadWorker)
    .innerJoin(person, eq(person.id, leadWorker.personId))
    .where(eq(leadWorker.leadId, leadId))
    .orderBy(asc(person.name));
}

export async function replaceWorkers(tx: Tx, leadId: string, personIds: string[]): Promise<void> {
  const { leadWorker } = tx.t;
  await tx.delete(leadWorker).where(eq(leadWorker.leadId, leadId));
  if (personIds.length === 0) return;
  await tx.insert(leadWorker).values(personIds.map((personId) => ({ leadId, personId })));
}

const CHUNK = 500;

/** The exclusion macs of many leads. */
export async function listExclusions(db: Reader, leadIds: string[]) {
  const { leadExclusion } = db.t;
  const rows: Schema['leadExclusion']['$inferSelect'][] = [];
  for (let start = 0; start < leadIds.length; start += CHUNK) {
    const some = leadIds.slice(start, start + CHUNK);
    rows.push(
      ...(await db.select().from(leadExclusion).where(inArray(leadExclusion.leadId, some))),
    );
  }
  return rows;
}

/** When leads arrived. */
export async function listArrivals(db: Reader, leadIds: string[]) {
  const { lead } = db.t;
  const rows: { id: string; receivedOn: string }[] = [];
  for (let start = 0; start < leadIds.length; start += CHUNK) {
    const some = leadIds.slice(start, start + CHUNK);
    rows.push(
      ...(await db
        .select({ id: lead.id, receivedOn: lead.receivedOn })
        .from(lead)
        .where(inArray(lead.id, some))),
    );
  }
  return rows;
}

export async function insertExclusions(tx: Tx, leadId: string, macs: string[]): Promise<void> {
  if (macs.length === 0) return;
  await tx
    .insert(tx.t.leadExclusion)
    .values(macs.map((mac) => ({ leadId, mac })))
    .onConflictDoNothing();
}

/** Removes the exclusion macs of a lead, to be written again in an order that tells nothing. */
export async function takeExclusions(tx: Tx, leadId: string): Promise<string[]> {
  const { leadExclusion } = tx.t;
  const rows = await tx.delete(leadExclusion).where(eq(leadExclusion.leadId, leadId)).returning();
  return rows.map((row) => row.mac);
}

/** Names of persons by id. */
export async function readPersonNames(db: Reader): Promise<Map<string, string>> {
  const { person } = db.t;
  const rows = await db.select({ id: person.id, name: person.name }).from(person);
  return new Map(rows.map((row) => [row.id, row.name]));
}

export async function listPeopleIds(db: Reader): Promise<string[]> {
  const { person } = db.t;
  return (await db.select({ id: person.id }).from(person)).map((row) => row.id);
}
