import type { Reader } from '#db/store.ts';
import { listNoticeRows } from '#db/queries/notices.ts';
import { listBatchPlaces, sumBatch } from '#db/queries/public-data.ts';
import { writeHashedList } from '#rules/list-hash.ts';
import type { NoticeSummary, VillageNotice } from '#rules/public-lists.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import type { PublicFile, PublicReader } from '#rules/publication.ts';
import { isListed } from '#rules/list-lifecycle.ts';
import type { CurrentNotice } from './current-notices.ts';
import { sha256 } from './disk.ts';
import { newest } from './export-directory.ts';
import type { Directory } from './export-directory.ts';
import type { Sink } from './export-sink.ts';
import { BASIS_OF_COUNTS, basisOfNotice } from './legal-basis.ts';

export type RunningNotice = CurrentNotice & { places: ReadonlySet<string> };

/** The notices with names on the site, and where. */
export async function listRunning(
  db: Reader,
  current: readonly CurrentNotice[],
): Promise<RunningNotice[]> {
  const running: RunningNotice[] = [];
  for (const notice of current) {
    if (notice.state !== 'running') continue;
    running.push({ ...notice, places: new Set(await listBatchPlaces(db, notice.id)) });
  }
  return running;
}

/** The running notices of some places, with their listed rows, by place. */
export async function readVillageNotices(
  db: Reader,
  running: readonly RunningNotice[],
  codes: string[],
): Promise<Map<string, VillageNotice[]>> {
  const notices = new Map<string, VillageNotice[]>();
  const here = running.filter((notice) => codes.some((code) => notice.places.has(code)));
  if (here.length === 0) return notices;
  const rows = await listNoticeRows(
    db,
    here.map((notice) => notice.id),
    codes,
  );
  const groups = Map.groupBy(rows, (row) => `${row.placeCode} ${row.batchId}`);
  for (const code of codes) {
    const ofPlace = here.flatMap((notice) => {
      const listed = (groups.get(`${code} ${notice.id}`) ?? []).map(
        ({ no, maskedName, members, amountCents }) => ({
          no,
          maskedName: maskedName ?? '',
          members,
          amountCents,
        }),
      );
      if (listed.length === 0) return [];
      const batchHash = sha256(writeHashedList(notice.salt, listed));
      return [{ ...factsOf(notice), batchHash, batchSalt: notice.salt, rows: listed }];
    });
    if (ofPlace.length > 0) notices.set(code, ofPlace);
  }
  return notices;
}

function factsOf(notice: CurrentNotice) {
  return {
    publisher: notice.publisher,
    legalBasis: basisOfNotice(notice.aidType),
    updatedOn: notice.updatedOn,
    notice: notice.id,
    kind: notice.kind,
    aidType: notice.aidType,
    startsAt: notice.startsAt,
    endsAt: notice.endsAt,
  };
}

/**
 * Exports the page of each notice and their index. Counts are of the households it shows by name, or
 * showed last; those it may not show are told nowhere. `shown` are the summaries that are live: a notice
 * not in `touched` keeps its own, and one that has ended its counts: what becomes of a household later would
 * show in them.
 */
export async function exportNotices(
  db: Reader,
  sink: Sink,
  current: readonly CurrentNotice[],
  { live, shown, touched, directory }: NoticeOrigin,
): Promise<void> {
  const known = new Map(shown.map((summary) => [summary.notice, summary]));
  const summaries: NoticeSummary[] = [];
  for (const notice of current) {
    const before = known.get(notice.id);
    const kept = touched.has(notice.id) ? undefined : before;
    const isOver = notice.state !== 'running' && before?.state === notice.state;
    const told = isOver ? await live('notice', notice.id) : null;
    summaries.push(kept ?? (await exportNotice(db, sink, notice, told?.places ?? null)));
    known.delete(notice.id);
  }
  for (const id of known.keys()) await sink.remove(PUBLIC_FILES.notice.path(id), null);
  await sink.put(
    { kind: 'notices' },
    {
      publisher: directory.bureauName,
      legalBasis: BASIS_OF_COUNTS,
      updatedOn: newest(summaries.map((summary) => summary.updatedOn)) ?? directory.placesOn,
      notices: summaries,
    },
  );
}

type Places = PublicFile<'notice'>['places'];
type NoticeOrigin = {
  live: PublicReader;
  shown: readonly NoticeSummary[];
  touched: ReadonlySet<string>;
  directory: Pick<Directory, 'bureauName' | 'placesOn'>;
};

async function exportNotice(
  db: Reader,
  sink: Sink,
  notice: CurrentNotice,
  told: Places | null,
): Promise<NoticeSummary> {
  const places = told ?? (await countPlaces(db, notice.id));
  const summary: NoticeSummary = {
    ...factsOf(notice),
    placeCode: notice.placeCode,
    state: notice.state,
    households: places.reduce((total, place) => total + place.households, 0),
    persons: places.reduce((total, place) => total + place.persons, 0),
  };
  await sink.put({ kind: 'notice', code: notice.id }, { ...summary, places });
  return summary;
}

async function countPlaces(db: Reader, noticeId: string): Promise<Places> {
  const listed = (await sumBatch(db, noticeId)).filter(isListed);
  return listed
    .map(({ placeCode, households, persons }) => ({ code: placeCode, households, persons }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
