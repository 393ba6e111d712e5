import { setImmediate as giveWay } from 'node:timers/promises';
import type { Actor, Context } from '#api/context.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listProblems } from '#db/queries/lead-details.ts';
import { listEventNames, listSupervisionsOfLeads } from '#db/queries/ledgers.ts';
import { listLeadsById } from '#db/queries/leads.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { LedgerCells } from '#rules/ledger-columns.ts';
import { HOT_FROM, countByPlace, countFirstTime } from '#rules/ledger-counts.ts';
import type { CountedLead } from '#rules/ledger-counts.ts';
import type { State } from '#rules/lifecycle-states.ts';
import type { ProblemCode } from '#rules/vocabulary.ts';
import { labelOfMeasure } from '#rules/vocabulary-handling.ts';
import { listVisibleLeads } from './lead-access.ts';
import { filterOf } from './ledger-entries.ts';
import { countVisibleRepeats } from './ledger-repeats.ts';
import type { LedgerQuery } from './ledgers.ts';
import { readPlaceLookup } from './place-lookup.ts';

const CHUNK = 500;

/** The lines of a ledger that counts leads: those the person may know of, none of them opened. */
export async function countLedger(
  context: Context,
  actor: Actor,
  query: LedgerQuery,
): Promise<LedgerCells[]> {
  const filter = await filterOf(context, query);
  // Of a sealed lead neither place nor class is known here: where these are asked it is left out.
  const leads = await listVisibleLeads(context, actor, { ...filter, sealedToo: false });
  const counted = await describeCounted(
    context,
    actor,
    leads.map((lead) => lead.id),
  );
  const rules = {
    today: civilDateOf(context.now()),
    hotFrom: query.hotFrom ?? HOT_FROM,
    hidesSmall: await isTownshipOnly(context, actor),
  };
  return query.ledger === 'hotspots'
    ? countByPlace(counted, rules)
    : countFirstTime(counted, rules);
}

async function describeCounted(context: Context, actor: Actor, ids: string[]) {
  const { db } = context;
  const places = await readPlaceLookup(db);
  const counted: CountedLead[] = [];
  for (let at = 0; at < ids.length; at += CHUNK) {
    const some = ids.slice(at, at + CHUNK);
    const problems = Map.groupBy(await listProblems(db, some), (row) => row.leadId);
    const events = Map.groupBy(await listEventNames(db, some), (row) => row.leadId);
    const measures = Map.groupBy(await listSupervisionsOfLeads(db, some), (row) => row.leadId);
    const repeats = await countVisibleRepeats(context, actor, some);
    for (const lead of await listLeadsById(db, some)) {
      const { id, placeCode } = lead;
      const town = placeCode ? places.townOf(placeCode) : null;
      counted.push({
        state: lead.state as State,
        class: lead.class,
        town: town?.name ?? null,
        village: placeCode && town && town.code !== placeCode ? places.nameOf(placeCode) : null,
        problems: (problems.get(id) ?? []).map((row) => row.problem as ProblemCode),
        dueOn: lead.dueOn,
        repeats: lead.repeats - (repeats.get(id)?.hidden ?? 0),
        events: new Set((events.get(id) ?? []).map((row) => row.event)),
        measures: (measures.get(id) ?? []).map((row) => labelOfMeasure(row.kind)),
      });
    }
    await giveWay();
  }
  return counted;
}

/** Somebody who keeps ledgers for townships only. */
async function isTownshipOnly({ db }: Context, actor: Actor): Promise<boolean> {
  const kinds = new Map((await listBodies(db)).map((body) => [body.code, body.kind]));
  return actor.posts.every((post) => kinds.get(post.bodyCode) === 'township');
}
