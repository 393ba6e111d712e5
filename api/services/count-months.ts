import { setImmediate as giveWay } from 'node:timers/promises';
import type { Context } from '#api/context.ts';
import { listProblems } from '#db/queries/lead-details.ts';
import { listDeadlinesOfLeads, listEventNames } from '#db/queries/ledgers.ts';
import { listPlacesOn } from '#db/queries/places.ts';
import {
  countOverdueByKind,
  countRatingsIn,
  countSealedRepeats,
  countSupervisedIn,
  insertCountedMonth,
  listConcludedIn,
  listMonthNames,
  listReceivedIn,
  readFirstDays,
} from '#db/queries/statistics.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf, lastDayOf } from '#rules/civil-date.ts';
import {
  CountedMonth,
  countConcluded,
  countReceived,
  fillCounts,
  lastCountableMonth,
  listUncounted,
} from '#rules/counted-month.ts';
import { handlingDueOf } from '#rules/deadlines.ts';
import { RATINGS } from '#rules/follow-up.ts';
import { OPEN_STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { BODY_KINDS, codesOf } from '#rules/vocabulary.ts';
import type { ProblemCode } from '#rules/vocabulary.ts';
import { appendAudit } from './audit.ts';
import { readPlaceLookup } from './place-lookup.ts';

const CHUNK = 500;

/**
 * Counts the complaints of months that are over for the public statistics, each once. Cheap where none is to
 * be counted. Returns the months that were.
 */
export async function countMonths(context: Context): Promise<string[]> {
  const { db, secrets, now } = context;
  const today = civilDateOf(now());
  const counted = new Set(await listMonthNames(db));
  if (counted.has(lastCountableMonth(today))) return [];
  const first = await findFirstMonth(db);
  const months = first === null ? [] : listUncounted(first, today, counted);
  for (const month of months) {
    const numbers = JSON.stringify(CountedMonth.parse(await countMonth(db, month, today)));
    await db.transaction(async (tx) => {
      if (!(await insertCountedMonth(tx, { month, countedOn: today, numbers }))) return;
      await appendAudit(tx, secrets, now(), {
        action: 'statistics.count',
        subjectKind: 'counted-month',
        subjectId: month,
        fields: { numbers },
      });
    });
    await giveWay();
  }
  return months;
}

/** That of the set-up; with older cases the January of the oldest, so that no single one is told by it. */
async function findFirstMonth(db: Reader): Promise<string | null> {
  const { setUpOn, oldestOn } = await readFirstDays(db);
  const months = [setUpOn?.slice(0, 7), oldestOn && `${oldestOn.slice(0, 4)}-01`];
  return months.filter((month) => typeof month === 'string').toSorted()[0] ?? null;
}

async function countMonth(db: Reader, month: string, today: string): Promise<CountedMonth> {
  const days = { from: `${month}-01`, to: lastDayOf(month) };
  const ratings = codesOf(RATINGS);
  return {
    ...(await countArrived(db, days)),
    ...(await countEnded(db, days)),
    supervised: await countSupervisedIn(db, days),
    ratings: fillCounts(ratings, await countRatingsIn(db, days)),
    // How many are late is known of today only.
    overdue: month === lastCountableMonth(today) ? await countLate(db, today) : null,
  };
}

type Days = { from: string; to: string };

async function countArrived(db: Reader, days: Days) {
  const places = await readPlaceLookup(db);
  const rows = await listReceivedIn(db, days);
  const problems = await inChunks(rows, (ids) => listProblems(db, ids));
  const rejected = rows.filter((row) => row.state === 'REJECTED');
  const events = await inChunks(rejected, (ids) => listEventNames(db, ids));
  const towns = (await listPlacesOn(db, days.to)).filter((place) => place.level === 'town');
  const leads = rows.map(({ id, placeCode, state }) => ({
    town: (placeCode && places.townOf(placeCode)?.code) || null,
    state: state as State,
    problems: (problems.get(id) ?? []).map((row) => row.problem as ProblemCode),
    events: new Set((events.get(id) ?? []).map((row) => row.event)),
  }));
  return countReceived(
    leads,
    towns.map((town) => town.code),
  );
}

async function countEnded(db: Reader, days: Days) {
  const rows = await listConcludedIn(db, days);
  const events = await inChunks(rows, (ids) => listEventNames(db, ids));
  const deadlines = await inChunks(rows, (ids) => listDeadlinesOfLeads(db, ids));
  const sealed = await inChunks(rows, async (ids) =>
    (await countSealedRepeats(db, ids)).map((row) => ({ ...row, leadId: row.leadId ?? '' })),
  );
  const leads = rows.map(({ id, state, repeats, concludedOn }) => ({
    state: state as State,
    concludedOn: concludedOn ?? days.to,
    handlingDueOn: handlingDueOf(deadlines.get(id) ?? []),
    repeats: repeats - (sealed.get(id)?.[0]?.repeats ?? 0),
    events: new Set((events.get(id) ?? []).map((row) => row.event)),
    class: null,
    town: null,
    village: null,
    problems: [],
    dueOn: null,
    measures: [],
  }));
  return countConcluded(leads);
}

async function countLate(db: Reader, today: string) {
  const rows = await countOverdueByKind(db, today, [...OPEN_STATES]);
  return { onDate: today, byKind: fillCounts(codesOf(BODY_KINDS), rows) };
}

/** What is read of many leads, a few hundred at once, by lead. */
async function inChunks<Row extends { leadId: string }>(
  leads: readonly { id: string }[],
  read: (ids: string[]) => Promise<Row[]>,
): Promise<Map<string, Row[]>> {
  const rows: Row[] = [];
  for (let at = 0; at < leads.length; at += CHUNK) {
    const some = leads.slice(at, at + CHUNK);
    rows.push(...(await read(some.map((lead) => lead.id))));
    await giveWay();
  }
  return Map.groupBy(rows, (row) => row.leadId);
}
