import type { Actor, ActorPost, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listPlaces } from '#db/queries/places.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { MAX_EXPORT_LINES, describeTooMany, ledgerOf } from '#rules/ledgers.ts';
import type { LedgerCells, LedgerColumn } from '#rules/ledger-columns.ts';
import type { LedgerCode } from '#rules/ledgers.ts';
import type { State } from '#rules/lifecycle-states.ts';
import type { PetitionClass } from '#rules/vocabulary.ts';
import { appendAudit } from './audit.ts';
import { countLedger } from './ledger-counts.ts';
import { listEntries, openLines } from './ledger-entries.ts';
import type { LedgerEntry } from './ledger-entries.ts';
import { postsWith } from './list-access.ts';

/** Lines of a page of the preview. */
const PAGE_SIZE = 20;

/** Which ledger, and what it is narrowed to; dates are civil, both included. */
export type LedgerQuery = {
  ledger: LedgerCode;
  from: string;
  to: string;
  place?: string | undefined;
  state?: State | 'open' | undefined;
  class?: PetitionClass | undefined;
  body?: string | undefined;
  /** From how many leads on a place counts as one of many. */
  hotFrom?: number | undefined;
};

export type LedgerPage = {
  columns: LedgerColumn[];
  rows: LedgerCells[];
  /** Leads, letters, or lines of counts. */
  total: number;
  next?: string;
  /** Why all of it cannot be exported at once. */
  tooMany: string | null;
  towns: { code: string; name: string }[];
  bodies: { code: string; name: string }[];
};

/**
 * A page of a ledger as it would be printed. Its leads are opened for it: each look is one audit entry.
 * Throws `not-allowed`.
 */
export async function readLedgerPage(
  context: Context,
  actor: Actor,
  query: LedgerQuery & { after?: string | undefined },
): Promise<LedgerPage> {
  const post = requireLedgers(actor);
  const lines = await readPage(context, actor, query);
  await logLedger(context, actor, post, 'ledger.view', query, lines.rows.length);
  return {
    columns: [...ledgerOf(query.ledger).columns],
    ...lines,
    tooMany: lines.total > MAX_EXPORT_LINES ? describeTooMany(lines.total) : null,
    ...(await listOptions(context, post)),
  };
}

async function readPage(
  context: Context,
  actor: Actor,
  query: LedgerQuery & { after?: string | undefined },
): Promise<Pick<LedgerPage, 'rows' | 'total' | 'next'>> {
  if (ledgerOf(query.ledger).counts) {
    const rows = await countLedger(context, actor, query);
    return { rows, total: rows.length };
  }
  const entries = await listEntries(context, actor, query);
  const { after } = query;
  const start = after ? entries.findIndex((entry) => entry.key > after) : 0;
  const page = start < 0 ? [] : entries.slice(start, start + PAGE_SIZE);
  const rows = await openLines(context, actor, query, page, start);
  const last = page.at(-1);
  const isMore = last !== undefined && start + PAGE_SIZE < entries.length;
  return { rows, total: entries.length, ...(isMore ? { next: last.key } : {}) };
}

/** A ledger that may be exported: counted and checked, not yet opened. */
export type PreparedLedger = { query: LedgerQuery; post: ActorPost; entries: LedgerEntry[] };

/** Throws `not-allowed`; `invalid-input` where it is too much for one file. */
export async function prepareExport(
  context: Context,
  actor: Actor,
  query: LedgerQuery,
): Promise<PreparedLedger> {
  const post = requireLedgers(actor);
  const { counts } = ledgerOf(query.ledger);
  const entries = counts ? [] : await listEntries(context, actor, query);
  if (entries.length > MAX_EXPORT_LINES) {
    const message = describeTooMany(entries.length);
    throw new CodedError('invalid-input', { from: message }, message);
  }
  return { query, post, entries };
}

/** Opens what was prepared. One export is one audit entry, written before anything of it leaves. */
export async function openExport(
  context: Context,
  actor: Actor,
  { query, post, entries }: PreparedLedger,
  signal?: AbortSignal,
): Promise<LedgerCells[]> {
  const rows = ledgerOf(query.ledger).counts
    ? await countLedger(context, actor, query)
    : await openLines(context, actor, query, entries, 0, signal);
  await logLedger(context, actor, post, 'ledger.export', query, rows.length);
  return rows;
}

/** The post from which the person keeps ledgers. */
function requireLedgers(actor: Actor): ActorPost {
  const [post] = postsWith(actor, ['ledgers.read']);
  if (!post) throw new CodedError('not-allowed');
  return post;
}

async function logLedger(
  { db, secrets, now }: Context,
  actor: Actor,
  post: ActorPost,
  action: string,
  query: LedgerQuery,
  lines: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    await appendAudit(tx, secrets, now(), {
      action,
      subjectKind: 'ledger',
      subjectId: `${query.ledger}:${lines}`,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: query,
    });
  });
}

/** What the filters offer: current townships, and bodies within the person's reach. */
async function listOptions({ db, now }: Context, post: ActorPost) {
  const today = civilDateOf(now());
  const places = await listPlaces(db);
  const bodies = await listBodies(db);
  return {
    towns: places
      .filter(({ level, validTo }) => level === 'town' && (validTo === null || validTo > today))
      .map(({ code, name }) => ({ code, name })),
    bodies: bodies
      .filter(({ code, kind }) => post.scope.includes(code) && kind !== 'village')
      .map(({ code, name }) => ({ code, name })),
  };
}
