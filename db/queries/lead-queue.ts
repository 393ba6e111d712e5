import { and, asc, desc, eq, exists, inArray, lt, ne, notExists, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';
import { filterConditions } from './lead-filter.ts';
import type { LeadFilter } from './lead-filter.ts';

/**
 * What a person may see of the leads, before exclusions: bodies whose desk leads are theirs to read,
 * those of which they read only what they work on, only what is about telephones, and the bodies at
 * which they may know of sealed leads.
 */
export type LeadReach = {
  personId: string;
  /** Macs of exclusions cannot be compared in SQL: they are keyed by lead. */
  desks: string[];
  assigned: string[];
  phones: string[];
  sealedDesks: string[];
};

/** Due first first, without a date last; or received last first. */
export type LeadOrder = 'due' | 'received';

/** A lead of the queue before its exclusions were looked at. */
export type LeadCandidate = {
  id: string;
  dueOn: string | null;
  receivedOn: string;
  secrecy: string;
};
/** Where a slice begins: after the lead of that place in the order. */
export type LeadPosition = Pick<LeadCandidate, 'id' | 'dueOn' | 'receivedOn'>;

export type LeadSlice = {
  order?: LeadOrder | undefined;
  after?: LeadPosition | undefined;
  limit?: number | undefined;
};

/** Sorts behind every date. */
const WITHOUT_DATE = '~';

/** So few leads on a desk that it is quicker to start from them than to go through all leads in order. */
const FEW_GRANTS = 3000;

/** Leads within reach that match the filter, in that order, after the given one. */
export async function listLeadCandidates(
  db: Reader,
  reach: LeadReach,
  filter: LeadFilter,
  { order = 'due', after, limit }: LeadSlice = {},
): Promise<LeadCandidate[]> {
  const { lead } = db.t;
  const bodies = [
    ...new Set([...reach.sealedDesks, ...reach.desks, ...reach.assigned, ...reach.phones]),
  ];
  const isFew = (await countDeskGrants(db, bodies, FEW_GRANTS)) < FEW_GRANTS;
  const found = db
    .select({ id: lead.id, dueOn: lead.dueOn, receivedOn: lead.receivedOn, secrecy: lead.secrecy })
    .from(lead)
    .where(
      and(
        ...filterConditions(db, filter),
        after && isAfter(db, order, after),
        isFew ? inArray(lead.id, deskLeads(db, bodies)) : undefined,
        withinReach(db, reach),
      ),
    )
    .orderBy(
      ...(order === 'due'
        ? [sql`${lead.dueOn} nulls last`, asc(lead.id)]
        : [desc(lead.receivedOn), desc(lead.id)]),
    );
  return limit === undefined ? found : found.limit(limit);
}

function isAfter(db: Reader, order: LeadOrder, { id, dueOn, receivedOn }: LeadPosition) {
  const { lead } = db.t;
  if (order === 'received') {
    return or(
      lt(lead.receivedOn, receivedOn),
      and(eq(lead.receivedOn, receivedOn), lt(lead.id, id)),
    );
  }
  const begin = dueOn ?? WITHOUT_DATE;
  // One comparison of pairs: SQLite would answer an "or" of ranges from two indexes and sort.
  return sql`(coalesce(${lead.dueOn}, ${WITHOUT_DATE}), ${lead.id}) > (${begin}, ${id})`;
}

function deskLeads(db: Reader, bodyCodes: string[]) {
  const { leadGrant } = db.t;
  return db
    .select({ id: leadGrant.leadId })
    .from(leadGrant)
    .where(and(inArray(leadGrant.bodyCode, bodyCodes), isDeskGrant(db)));
}

/** Counts no further than `most`. */
async function countDeskGrants(db: Reader, bodyCodes: string[], most: number): Promise<number> {
  if (bodyCodes.length === 0) return 0;
  const { leadGrant } = db.t;
  const some = db
    .select({ id: leadGrant.leadId })
    .from(leadGrant)
    .where(and(inArray(leadGrant.bodyCode, bodyCodes), isDeskGrant(db)))
    .limit(most);
  return db.$count(some.as('some'));
}

function isDeskGrant(db: Reader) {
  const { leadGrant } = db.t;
  return and(eq(leadGrant.part, 'content'), eq(leadGrant.standing, 'desk'));
}

/**
 * The SQL half of `visibleTo`; `isVisible` of rules/recusal is the same in words. The other half is
 * `lead_exclusion`.
 */
export function withinReach(db: Reader, reach: LeadReach): SQL {
  const { lead, leadProblem, leadWorker } = db.t;
  const open = ne(lead.secrecy, 'sealed');
  const worksOnIt = db
    .select({ one: sql`1` })
    .from(leadWorker)
    .where(and(eq(leadWorker.leadId, lead.id), eq(leadWorker.personId, reach.personId)));
  const problemThat = (matches: SQL) =>
    db
      .select({ one: sql`1` })
      .from(leadProblem)
      .where(and(eq(leadProblem.leadId, lead.id), matches));
  const onlyPhones = and(
    exists(problemThat(eq(leadProblem.problem, 'PHONE'))),
    notExists(problemThat(ne(leadProblem.problem, 'PHONE'))),
  );
  const ways = [
    and(onDeskOf(db, reach.sealedDesks)),
    and(open, onDeskOf(db, reach.desks)),
    and(open, exists(worksOnIt), onDeskOf(db, reach.assigned)),
    and(open, onlyPhones, onDeskOf(db, reach.phones)),
  ];
  return or(...ways) ?? sql`1 = 0`;
}

function onDeskOf(db: Reader, bodyCodes: string[]): SQL {
  if (bodyCodes.length === 0) return sql`1 = 0`;
  const { lead, leadGrant } = db.t;
  // The plus keeps SQLite from looking up each of the bodies instead of the lead's two or three grants.
  const isTheirs = sql`+${leadGrant.bodyCode} in ${bodyCodes}`;
  return exists(
    db
      .select({ one: sql`1` })
      .from(leadGrant)
      .where(and(eq(leadGrant.leadId, lead.id), isTheirs, isDeskGrant(db))),
  );
}
