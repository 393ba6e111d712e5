import type { Reader } from '#db/store.ts';
import { countBoards, countPostings } from '#db/queries/boards.ts';
import { listListedAids } from '#db/queries/batch-history.ts';
import { readJobRun } from '#db/queries/job-runs.ts';
import { listBatchPlaces } from '#db/queries/public-data.ts';
import type { Calendars } from '#rules/calendar.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { listOverdueDuties } from '#rules/publishing-duty.ts';
import type { ListedAid } from '#rules/publishing-duty.ts';
import type { PublicFile, PublicReader } from '#rules/publication.ts';
import type { AidType } from '#rules/vocabulary.ts';
import type { CurrentBatch } from './current-batches.ts';
import { newest } from './export-directory.ts';
import type { Directory } from './export-directory.ts';
import type { Sink } from './export-sink.ts';
import type { ExportedBatch } from './export-state.ts';
import { BASIS_OF_COUNTS } from './legal-basis.ts';

type Source = {
  db: Reader;
  now: number;
  calendars: Calendars;
  /** The health file that is live, among others. */
  live: PublicReader;
  directory: Pick<Directory, 'places' | 'bureauName'>;
  current: readonly CurrentBatch[];
  batches: Record<string, ExportedBatch>;
  byTown: ReadonlyMap<string, CurrentBatch[]>;
  running: readonly { id: string; updatedOn: string; places: ReadonlySet<string> }[];
  townOf: (placeCode: string) => string | null;
};
type Town = PublicFile<'health'>['towns'][number];

/** How current each township's publication is, as of today. */
export async function exportHealth(source: Source, sink: Sink): Promise<void> {
  const { now, directory } = source;
  const today = civilDateOf(now);
  const listed = await listListed(source);
  const boards = await sumBoards(source);
  const noticesOf = groupNotices(source);
  const towns = directory.places
    .filter((place) => place.level === 'town')
    .map(({ code }): Town => {
      const lists = source.byTown.get(code) ?? [];
      const notices = noticesOf.get(code) ?? [];
      const { due, posted } = boards.get(code) ?? { due: 0, posted: 0 };
      const overdue = listOverdueDuties(listed.get(code) ?? [], today, source.calendars);
      return {
        code,
        lastUpdatedOn: newest([...lists, ...notices].map((each) => each.updatedOn)) ?? null,
        runningNotices: notices.length,
        boardsPosted: Math.min(posted, due),
        boardsDue: due,
        overdue: overdue.map(({ aidType, period, dueOn }) => ({ aidType, period, dueOn })),
      };
    });
  await sink.put(
    { kind: 'health' },
    {
      publisher: directory.bureauName,
      legalBasis: BASIS_OF_COUNTS,
      updatedOn: today,
      onDate: today,
      timerRanOn: await lastTimerDay(source),
      towns,
    },
  );
}

function groupNotices({ running, townOf }: Source) {
  const byTown = new Map<string | null, Source['running'][number][]>();
  for (const notice of running) {
    for (const town of new Set([...notice.places].map(townOf))) {
      byTown.set(town, [...(byTown.get(town) ?? []), notice]);
    }
  }
  return byTown;
}

/** Whether changes of these batches' rows leave their boards, all that health tells of them, as they were. */
export function hasSameBoards(
  batchIds: Iterable<string>,
  after: Record<string, ExportedBatch>,
  before: Record<string, ExportedBatch>,
): boolean {
  return [...batchIds].every((id) => {
    const [now, then] = [after[id]?.sums, before[id]?.sums];
    if (!now || !then) return false;
    const towns = new Set([...Object.keys(now), ...Object.keys(then)]);
    return [...towns].every((town) => now[town]?.boards === then[town]?.boards);
  });
}

/** Aid types of which a township's list stands, or stood once. */
async function listListed({ db, current, batches, townOf }: Source) {
  const listed = new Map<string, Map<AidType, ListedAid>>();
  function note(town: string, aid: ListedAid) {
    const ofTown = listed.get(town) ?? new Map<AidType, ListedAid>();
    listed.set(town, ofTown);
    const known = ofTown.get(aid.aidType);
    if (known?.standing && aid.standing && known.standing >= aid.standing) return;
    if (!known || aid.standing || (!known.standing && known.newest < aid.newest)) {
      ofTown.set(aid.aidType, aid);
    }
  }
  const standing = new Set(current.map((batch) => batch.id));
  for (const batch of await listListedAids(db)) {
    // What stands is counted by township already; of what was withdrawn the places are asked for.
    if (standing.has(batch.id)) continue;
    const aid = { aidType: batch.aidType as AidType, newest: batch.period, standing: null };
    const towns = new Set((await listBatchPlaces(db, batch.id)).map(townOf));
    for (const town of towns) if (town) note(town, aid);
  }
  for (const { id, aidType, period } of current) {
    for (const town of Object.keys(batches[id]?.sums ?? {})) {
      note(town, { aidType, newest: period, standing: period });
    }
  }
  return new Map([...listed].map(([town, aids]) => [town, [...aids.values()]]));
}

/** Boards that lists and running notices need, and those that are confirmed, by township. */
async function sumBoards({ db, current, batches, running, townOf }: Source) {
  const sums = new Map<string, { due: number; posted: number }>();
  function add(town: string, due: number, posted: number) {
    const sum = sums.get(town) ?? { due: 0, posted: 0 };
    sums.set(town, { due: sum.due + due, posted: sum.posted + posted });
  }
  for (const { id } of current) {
    for (const [town, sum] of Object.entries(batches[id]?.sums ?? {})) add(town, sum.boards, 0);
  }
  for (const { placeCode, postings } of await countPostings(
    db,
    current.map((batch) => batch.id),
  )) {
    add(townOf(placeCode) ?? '', 0, postings);
  }
  const ofNotices = await countBoards(
    db,
    running.map(({ id }) => ({ id, yields: new Set<string>() })),
  );
  for (const [placeCode, { due, posted }] of ofNotices) add(townOf(placeCode) ?? '', due, posted);
  return sums;
}

/** The last day on which timed publishing ran; one that failed leaves the day that is public. */
async function lastTimerDay({ db, live }: Source): Promise<string | null> {
  const run = await readJobRun(db, 'publish-due');
  if (run && run.outcome !== 'failed') return civilDateOf(run.startedAt);
  return (await live('health'))?.timerRanOn ?? null;
}
