import type { Reader } from '#db/store.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listCasesStanding } from '#db/queries/cases.ts';
import type { StoredCase } from '#db/queries/cases.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { PublicFile, PublicReader } from '#rules/publication.ts';
import { PUBLIC_STATES } from '#services/live-cases.ts';
import type { Sink } from './export-sink.ts';
import { BASIS_OF_CASES } from './legal-basis.ts';
import { readNames } from './place-pinyin.ts';
import { createPublicReader } from './public-reader.ts';

export type PublicCase = PublicFile<'case'>;
/** What the export needs to know of the county. */
type County = {
  places: readonly { code: string }[];
  former: ReadonlyMap<string, string>;
  bureauName: string;
  placesOn: string;
};
type Words = Pick<
  PublicCase,
  'title' | 'happened' | 'handling' | 'placeCode' | 'caseOn' | 'source'
>;

/** The cases that may stand on the site today, the newest first; without `mayAppear` only those that are there. */
export async function listCurrentCases(
  { db, now }: { db: Reader; now: number },
  live: PublicReader,
  mayAppear: boolean,
): Promise<PublicCase[]> {
  const shown = new Set(await listLiveCases(live));
  const bodies = new Map((await listBodies(db)).map(({ code, name }) => [code, name]));
  const standing = await listCasesStanding(db, PUBLIC_STATES, civilDateOf(now));
  return standing
    .filter(({ id }) => mayAppear || shown.has(id))
    .flatMap((found) => serialiseCase(found, bodies.get(found.bodyCode) ?? ''));
}

function serialiseCase(found: StoredCase, publisher: string): PublicCase[] {
  const { id, words, publishedOn, endsOn } = found;
  if (words === null || publishedOn === null || endsOn === null) return [];
  const { title, happened, handling, placeCode, caseOn, source } = JSON.parse(words) as Words;
  return [
    {
      publisher,
      legalBasis: BASIS_OF_CASES,
      updatedOn: publishedOn,
      case: id,
      title,
      placeCode,
      caseOn,
      source,
      publishedOn,
      endsOn,
      happened,
      handling,
    },
  ];
}

/** Exports the page of each case and their index; a case that is not among them leaves. */
export async function exportCases(
  sink: Sink,
  current: readonly PublicCase[],
  { places, former, bureauName, placesOn }: County,
): Promise<void> {
  const existing = new Set(places.map((place) => place.code));
  const cases = current.map((each) => {
    const { placeCode } = each;
    const isThere = placeCode === null || existing.has(placeCode);
    return isThere ? each : { ...each, placeCode: former.get(placeCode) ?? null };
  });
  for (const each of cases) await sink.put({ kind: 'case', code: each.case }, each);
  await sink.put(
    { kind: 'cases' },
    {
      publisher: bureauName,
      legalBasis: BASIS_OF_CASES,
      updatedOn: cases[0]?.publishedOn ?? placesOn,
      cases: cases.map(summarise),
    },
  );
  await sink.removeRest(null, 'cases/');
}

function summarise(each: PublicCase): PublicFile<'cases'>['cases'][number] {
  const { case: id, title, publisher, placeCode, caseOn, source, publishedOn, endsOn } = each;
  return { case: id, title, publisher, placeCode, caseOn, source, publishedOn, endsOn };
}

/** Cases as the search knows them. */
export function listCaseEntries(current: readonly PublicCase[]): PublicFile<'search'>['entries'] {
  return current.map(({ case: id, title, publisher }) => ({
    kind: 'case' as const,
    title,
    href: hrefOf(id),
    note: publisher,
  }));
}

/** Takes the cases that left out of a search that is not exported anew. */
export async function withdrawFromSearch(
  sink: Sink,
  live: PublicReader,
  current: readonly PublicCase[],
): Promise<void> {
  const search = await live('search');
  const kept = new Set(current.map((each) => hrefOf(each.case)));
  const entries = search?.entries.filter(({ kind, href }) => kind !== 'case' || kept.has(href));
  if (!search || !entries || entries.length === search.entries.length) return;
  const { areas } = search;
  const names = [...areas.flatMap((area) => [area.name, ...area.names])];
  const titles = entries.map((entry) => entry.title);
  await sink.put(
    { kind: 'search' },
    { readings: await readNames([...names, ...titles]), areas, entries },
  );
}

/** Cases on the site that must not be there any more. */
export async function listLeavingCases(
  { db, now }: { db: Reader; now: () => number },
  publicFolder: string,
): Promise<string[]> {
  const shown = await listLiveCases(createPublicReader(publicFolder));
  if (shown.length === 0) return [];
  const standing = await listCasesStanding(db, PUBLIC_STATES, civilDateOf(now()));
  const ids = new Set(standing.map(({ id }) => id));
  return shown.filter((id) => !ids.has(id));
}

/** Ids of the cases on the site. */
export async function listLiveCases(live: PublicReader): Promise<string[]> {
  return ((await live('cases'))?.cases ?? []).map((each) => each.case);
}

function hrefOf(id: string): string {
  return `/cases/${id}/`;
}
