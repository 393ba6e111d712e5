import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findLeadIdByReference, listAuditPage, readServedBodies } from '#db/queries/audit-view.ts';
import type { AuditCursor } from '#db/queries/audit-view.ts';
import type { AuditEntry } from '#db/queries/audit.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { readPersonNames } from '#db/queries/lead-details.ts';
import { listPlaces } from '#db/queries/places.ts';
import { auditGroupOf, SUBJECT_KINDS, UNSHOWN_ACTIONS } from '#rules/audit-view.ts';
import type { AuditGroup } from '#rules/audit-view.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { appendAudit } from './audit.ts';
import { listAuditableLeads } from './audit-leads.ts';
import { describeEntry } from './audit-words.ts';
import type { AuditLine } from './audit-words.ts';
import { postsWith } from './list-access.ts';

/** What an auditor asks for; dates are civil and both included. */
export type AuditQuery = {
  from?: string | undefined;
  to?: string | undefined;
  person?: string | undefined;
  body?: string | undefined;
  group?: AuditGroup | undefined;
  /** The reference of a lead. */
  lead?: string | undefined;
};

const PAGE_SIZE = 50;
const CHUNK = 400;
/** Lines of one file. */
const MOST_EXPORTED = 20_000;

/**
 * A page of the log as this person may see it: there is no total and no number of an entry, for what is left
 * out must not be told by a gap. The look is an entry itself.
 */
export async function readAuditPage(
  context: Context,
  actor: Actor,
  query: AuditQuery & { after?: string | undefined },
): Promise<{ items: AuditLine[]; next?: string }> {
  const lens = await openLens(context, actor);
  const after = query.after === undefined ? null : readCursor(query.after);
  const found = await collect(context, lens, query, after, PAGE_SIZE + 1);
  await log(context, actor, 'audit.list', query);
  const items = found.slice(0, PAGE_SIZE);
  const last = items.at(-1);
  const more = found.length > PAGE_SIZE && last ? { next: writeCursor(last.entry) } : {};
  return { items: items.map(({ line }) => line), ...more };
}

/** The same as lines of a file, all of them. Throws `too-large`. */
export async function exportAudit(
  context: Context,
  actor: Actor,
  query: AuditQuery,
): Promise<AuditLine[]> {
  const lens = await openLens(context, actor);
  const found = await collect(context, lens, query, null, MOST_EXPORTED + 1);
  if (found.length > MOST_EXPORTED) {
    throw new CodedError('too-large', {}, `超过${MOST_EXPORTED}条，缩小日期范围后分次导出。`);
  }
  await log(context, actor, 'audit.export', query);
  return found.map(({ line }) => line);
}

/** Persons and bodies that the filters offer: those within the auditor's scope. */
export async function listAuditChoices(context: Context, actor: Actor) {
  const lens = await openLens(context, actor);
  const persons = [...lens.names].filter(([id]) => isInScope(lens, lens.served.get(id) ?? []));
  const bodies = [...lens.bodyNames].filter(([code]) => lens.scope.has(code));
  return {
    persons: persons.map(([id, name]) => ({ id, name })),
    bodies: bodies.map(([code, name]) => ({ code, name })),
  };
}

/** What it takes to tell which entries this person may see, and in which words. */
async function openLens(context: Context, actor: Actor) {
  const { db } = context;
  const posts = postsWith(actor, ['audit.read']);
  if (posts.length === 0) throw new CodedError('not-allowed');
  const bodies = await listBodies(db);
  const { served, holders } = await readServedBodies(db);
  return {
    scope: new Set(posts.flatMap((post) => post.scope)),
    served,
    holders,
    names: await readPersonNames(db),
    bodyNames: new Map(bodies.map((body) => [body.code, body.name])),
    placeNames: new Map((await listPlaces(db)).map((place) => [place.code, place.name])),
    leadsAmong: (ids: string[]) => listAuditableLeads(context, actor, bodies, ids),
  };
}
export type Lens = Awaited<ReturnType<typeof openLens>>;

async function collect(
  { db }: Context,
  lens: Lens,
  query: AuditQuery,
  after: AuditCursor | null,
  wanted: number,
) {
  const found: { entry: AuditEntry; line: AuditLine }[] = [];
  const leadId = query.lead ? await findLeadIdByReference(db, query.lead.trim().toUpperCase()) : '';
  if (leadId === null) return found;
  const { actions, prefixes, except = [] } = query.group ? auditGroupOf(query.group) : {};
  const filter = {
    from: query.from,
    to: query.to,
    personId: query.person,
    bodyCode: query.body,
    subject: leadId ? { kind: 'lead', id: leadId } : undefined,
    ...(actions ? { actions } : {}),
    ...(prefixes ? { prefixes } : {}),
    except: [...except, ...UNSHOWN_ACTIONS],
    kinds: codesOf(SUBJECT_KINDS),
  };
  for (let cursor = after; found.length < wanted;) {
    const entries = await listAuditPage(db, filter, cursor, CHUNK);
    const ofLeads = entries.filter((entry) => entry.subjectKind === 'lead');
    const leads = await lens.leadsAmong([...new Set(ofLeads.map((entry) => entry.subjectId))]);
    for (const entry of entries) {
      if (!isShown(lens, entry, leads)) continue;
      found.push({ entry, line: describeEntry(lens, entry, leads) });
    }
    cursor = entries.at(-1) ?? null;
    if (entries.length < CHUNK || !cursor) break;
  }
  return found.slice(0, wanted);
}

/** An entry about a lead is judged by the lead, any other by whose act it was; what no office did is for all. */
function isShown(lens: Lens, entry: AuditEntry, leads: ReadonlyMap<string, string>): boolean {
  if (entry.subjectKind === 'lead') return leads.has(entry.subjectId);
  if (entry.bodyCode) return lens.scope.has(entry.bodyCode);
  const account = entry.subjectKind === 'account' ? lens.holders.get(entry.subjectId) : null;
  const person = entry.personId ?? account;
  return !person || isInScope(lens, lens.served.get(person) ?? []);
}

function isInScope({ scope }: Pick<Lens, 'scope'>, bodyCodes: string[]): boolean {
  return bodyCodes.some((code) => scope.has(code));
}

async function log(context: Context, actor: Actor, action: string, query: object): Promise<void> {
  const { db, secrets, now } = context;
  const bodyCode = postsWith(actor, ['audit.read'])[0]?.bodyCode ?? null;
  await db.transaction(async (tx) => {
    await appendAudit(tx, secrets, now(), {
      action,
      subjectKind: 'audit',
      subjectId: 'log',
      personId: actor.personId,
      bodyCode,
      fields: query,
    });
  });
}

function writeCursor({ onDate, at, hash }: AuditCursor): string {
  return `${onDate}_${at ?? ''}_${hash}`;
}

/** Nonsense in an address is the first page. */
function readCursor(text: string): AuditCursor | null {
  const [, onDate, at, hash] = /^(\d{4}-\d{2}-\d{2})_(\d*)_([0-9a-f]{64})$/.exec(text) ?? [];
  return onDate && hash !== undefined ? { onDate, at: at ? Number(at) : null, hash } : null;
}
