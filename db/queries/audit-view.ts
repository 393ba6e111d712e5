import { and, asc, desc, eq, gte, inArray, like, lt, lte, notInArray, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';
import type { AuditEntry } from './audit.ts';

export type AuditFilter = {
  from?: string | undefined;
  to?: string | undefined;
  personId?: string | undefined;
  bodyCode?: string | undefined;
  subject?: { kind: string; id: string } | undefined;
  /** Exact actions, beginnings of actions, and actions left out of both. */
  actions?: readonly string[];
  prefixes?: readonly string[];
  except?: readonly string[];
  kinds: readonly string[];
};

/** Where a page ended. */
export type AuditCursor = Pick<AuditEntry, 'onDate' | 'at' | 'hash'>;

/**
 * Entries that match, the newest day first; in a day those with a time by their time, then those that carry the
 * date only, by their hash: their place in the chain would tell the minute of an arrival.
 */
export async function listAuditPage(
  db: Reader,
  filter: AuditFilter,
  after: AuditCursor | null,
  limit: number,
): Promise<AuditEntry[]> {
  const { auditEntry } = db.t;
  return db
    .select()
    .from(auditEntry)
    .where(and(...conditionsOf(db, filter), after ? isBehind(db, after) : undefined))
    .orderBy(
      desc(auditEntry.onDate),
      asc(sql`${auditEntry.at} is null`),
      desc(auditEntry.at),
      desc(auditEntry.hash),
    )
    .limit(limit);
}

function conditionsOf(db: Reader, filter: AuditFilter): (SQL | undefined)[] {
  const { auditEntry } = db.t;
  const { from, to, personId, bodyCode, subject, actions, prefixes, except, kinds } = filter;
  const named = [
    ...(actions?.length ? [inArray(auditEntry.action, [...actions])] : []),
    ...(prefixes ?? []).map((prefix) => like(auditEntry.action, `${prefix}%`)),
  ];
  return [
    inArray(auditEntry.subjectKind, [...kinds]),
    from ? gte(auditEntry.onDate, from) : undefined,
    to ? lte(auditEntry.onDate, to) : undefined,
    personId ? eq(auditEntry.personId, personId) : undefined,
    bodyCode ? eq(auditEntry.bodyCode, bodyCode) : undefined,
    subject ? eq(auditEntry.subjectKind, subject.kind) : undefined,
    subject ? eq(auditEntry.subjectId, subject.id) : undefined,
    named.length > 0 ? or(...named) : undefined,
    except?.length ? notInArray(auditEntry.action, [...except]) : undefined,
  ];
}

function isBehind(db: Reader, { onDate, at, hash }: AuditCursor): SQL | undefined {
  const { auditEntry } = db.t;
  const sameDay = eq(auditEntry.onDate, onDate);
  if (at === null) {
    const rest = and(sameDay, sql`${auditEntry.at} is null`, lt(auditEntry.hash, hash));
    return or(lt(auditEntry.onDate, onDate), rest);
  }
  return or(
    lt(auditEntry.onDate, onDate),
    and(sameDay, sql`${auditEntry.at} is null`),
    and(sameDay, lt(auditEntry.at, at)),
    and(sameDay, eq(auditEntry.at, at), lt(auditEntry.hash, hash)),
  );
}

const CHUNK = 500;

/** What of leads decides who may know of entries about them. */
export async function listLeadDesks(db: Reader, ids: string[]) {
  const { lead, leadGrant } = db.t;
  const leads: { id: string; reference: string; secrecy: string; bodyCodes: string[] }[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const some = ids.slice(start, start + CHUNK);
    const rows = await db
      .select({
        id: lead.id,
        reference: lead.reference,
        secrecy: lead.secrecy,
        bodyCode: lead.bodyCode,
      })
      .from(lead)
      .where(inArray(lead.id, some));
    const grants = await db
      .selectDistinct({ leadId: leadGrant.leadId, bodyCode: leadGrant.bodyCode })
      .from(leadGrant)
      .where(and(inArray(leadGrant.leadId, some), eq(leadGrant.standing, 'desk')));
    const desks = new Map<string, string[]>();
    for (const { leadId, bodyCode } of grants) {
      desks.set(leadId, [...(desks.get(leadId) ?? []), bodyCode]);
    }
    for (const { bodyCode, ...row } of rows) {
      leads.push({ ...row, bodyCodes: [bodyCode, ...(desks.get(row.id) ?? [])] });
    }
  }
  return leads;
}

/** The bodies each person ever served, and whose account is whose. */
export async function readServedBodies(db: Reader) {
  const { account, post } = db.t;
  const posts = await db
    .selectDistinct({ personId: post.personId, bodyCode: post.bodyCode })
    .from(post);
  const served = new Map<string, string[]>();
  for (const { personId, bodyCode } of posts) {
    served.set(personId, [...(served.get(personId) ?? []), bodyCode]);
  }
  const accounts = await db.select({ id: account.id, personId: account.personId }).from(account);
  return { served, holders: new Map(accounts.map((row) => [row.id, row.personId])) };
}

export async function findLeadIdByReference(db: Reader, reference: string): Promise<string | null> {
  const { lead } = db.t;
  const [found] = await db.select({ id: lead.id }).from(lead).where(eq(lead.reference, reference));
  return found?.id ?? null;
}
