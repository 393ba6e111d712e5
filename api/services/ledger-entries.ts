import type { Actor, Context } from '#api/context.ts';
import type { LeadFilter } from '#db/queries/lead-filter.ts';
import { listReferralsOfLeads } from '#db/queries/ledgers.ts';
import { listLeadsById } from '#db/queries/leads.ts';
import type { LeadCandidate } from '#db/queries/lead-queue.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { LedgerCells } from '#rules/ledger-columns.ts';
import { lineOfLead } from '#rules/ledger-lead-line.ts';
import type { LedgerLead } from '#rules/ledger-lead.ts';
import { lineOfReferral, lineOfRepeat, linesOfItems } from '#rules/ledger-lines.ts';
import { OPEN_STATES } from '#rules/lifecycle-states.ts';
import { listVisibleLeads } from './lead-access.ts';
import { openLedgerLeads } from './ledger-leads.ts';
import { countVisibleRepeats } from './ledger-repeats.ts';
import type { LedgerQuery } from './ledgers.ts';
import { readPlaceLookup } from './place-lookup.ts';

/** One lead or letter of a ledger; `key` is its place in it. */
export type LedgerEntry = { key: string; leadId: string; letter: string | null };

const CHUNK = 500;

/** What each ledger asks of its leads beside the filters that a person chose. */
const NARROWED: Record<string, Partial<LeadFilter>> = {
  rectification: { withEvents: ['rectify', 'add-items'] },
  repeats: { repeated: true },
};

/**
 * The entries of a ledger in order, of leads that the person may know of. Of a sealed lead place and class
 * stand in its content, which is opened where these are asked.
 */
export async function listEntries(
  context: Context,
  actor: Actor,
  query: LedgerQuery,
): Promise<LedgerEntry[]> {
  const filter = { ...(await filterOf(context, query)), ...NARROWED[query.ledger] };
  const visible = await listVisibleLeads(context, actor, filter);
  const asked = await withinAsked(context, actor, query, visible);
  if (query.ledger === 'referrals') return listLetters(context, query, asked);
  const leads =
    query.ledger === 'repeats' ? await withVisibleRepeats(context, actor, asked) : asked;
  return leads
    .map(({ id, receivedOn }) => ({ key: `${receivedOn}_${id}`, leadId: id, letter: null }))
    .toSorted(byKey);
}

export async function filterOf(context: Context, query: LedgerQuery): Promise<LeadFilter> {
  const { from, to, state, place, body } = query;
  const places = place ? (await readPlaceLookup(context.db)).codesBelow(place) : null;
  return {
    ...(query.ledger === 'referrals'
      ? { referred: { from, to } }
      : { receivedFrom: from, receivedTo: to }),
    ...(state ? { states: state === 'open' ? OPEN_STATES : [state] } : {}),
    ...(places ? { placeCodes: places } : {}),
    ...(query.class ? { class: query.class } : {}),
    ...(body ? { bodyCode: body } : {}),
    sealedToo: true,
  };
}

async function withinAsked(
  context: Context,
  actor: Actor,
  query: LedgerQuery,
  leads: LeadCandidate[],
): Promise<LeadCandidate[]> {
  if (!query.place && !query.class) return leads;
  const sealed = leads.filter((lead) => lead.secrecy === 'sealed').map((lead) => lead.id);
  if (sealed.length === 0) return leads;
  const town = query.place ? (await readPlaceLookup(context.db)).nameOf(query.place) : null;
  const opened = await openLedgerLeads(context, actor, sealed, { events: false });
  return leads.filter((lead) => {
    if (lead.secrecy !== 'sealed') return true;
    const found = opened.get(lead.id);
    const isThere = town === null || found?.town === town || found?.village === town;
    return isThere && (!query.class || found?.class === query.class);
  });
}

async function withVisibleRepeats(context: Context, actor: Actor, leads: LeadCandidate[]) {
  const kept: LeadCandidate[] = [];
  for (let at = 0; at < leads.length; at += CHUNK) {
    const some = leads.slice(at, at + CHUNK);
    const ids = some.map((lead) => lead.id);
    const hidden = await countVisibleRepeats(context, actor, ids);
    const rows = new Map((await listLeadsById(context.db, ids)).map((row) => [row.id, row]));
    kept.push(
      ...some.filter(({ id }) => (rows.get(id)?.repeats ?? 0) > (hidden.get(id)?.hidden ?? 0)),
    );
  }
  return kept;
}

async function listLetters({ db }: Context, query: LedgerQuery, leads: LeadCandidate[]) {
  const entries: LedgerEntry[] = [];
  for (let at = 0; at < leads.length; at += CHUNK) {
    const ids = leads.slice(at, at + CHUNK).map((lead) => lead.id);
    for (const { leadId, number, sentOn } of await listReferralsOfLeads(db, ids)) {
      if (sentOn < query.from || sentOn > query.to) continue;
      entries.push({ key: `${sentOn}_${number}`, leadId, letter: number });
    }
  }
  return entries.toSorted(byKey);
}

function byKey(one: LedgerEntry, other: LedgerEntry): number {
  return one.key < other.key ? -1 : 1;
}

/** Opens entries and words them as lines; the first has the number `before` + 1. */
export async function openLines(
  context: Context,
  actor: Actor,
  { ledger }: LedgerQuery,
  entries: readonly LedgerEntry[],
  before: number,
  signal?: AbortSignal,
): Promise<LedgerCells[]> {
  const today = civilDateOf(context.now());
  const ids = [...new Set(entries.map((entry) => entry.leadId))];
  const leads = await openLedgerLeads(context, actor, ids, { events: true, signal });
  return entries.flatMap(({ leadId, letter }, at) => {
    const lead = leads.get(leadId);
    return lead ? linesOf(ledger, lead, before + at + 1, today, letter) : [];
  });
}

function linesOf(
  ledger: LedgerQuery['ledger'],
  lead: LedgerLead,
  serial: number,
  today: string,
  number: string | null,
): LedgerCells[] {
  if (ledger === 'rectification') return linesOfItems(lead, today);
  if (ledger === 'repeats') return [lineOfRepeat(lead, serial, today)];
  const letter = lead.referrals.find((each) => each.number === number);
  if (letter) return [lineOfReferral(lead, letter, serial)];
  return [lineOfLead(lead, serial, today)];
}
