import { setImmediate as giveWay } from 'node:timers/promises';
import { formatDate } from '#rules/civil-date.ts';
import { addressOfText } from '#rules/page-texts.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import type { SearchFile } from '#rules/public-search.ts';
import type { PublicFile } from '#rules/publication.ts';
import { ABOUT, DISCLOSURES, SERVICES } from '#rules/site-pages.ts';
import { AID_TYPES, AREA_TYPES } from '#rules/vocabulary.ts';
import { listCaseEntries } from './export-cases.ts';
import type { PublicCase } from './export-cases.ts';
import type { Sink } from './export-sink.ts';
import { readNames } from './place-pinyin.ts';

type Directory = {
  places: readonly PlaceEntry[];
  standards: PublicFile<'standards'>['items'];
  hotlines: PublicFile<'hotlines'>['items'];
  texts: PublicFile<'texts'>['texts'];
  cases: readonly PublicCase[];
};

/** Amounts in force and to come; those of before stand on the page that is found. */
export function listPresent(
  standards: PublicFile<'standards'>['items'],
  today: string,
): PublicFile<'standards'>['items'] {
  return standards.filter(
    (item) =>
      !standards.some(
        (other) =>
          other.aidType === item.aidType &&
          other.areaType === item.areaType &&
          other.effectiveFrom > item.effectiveFrom &&
          other.effectiveFrom <= today,
      ),
  );
}

/** Exports what the search knows: names of places and bodies, titles and numbers. Nothing of a list. */
export async function exportSearch(sink: Sink, directory: Directory): Promise<void> {
  await giveWay();
  const { places } = directory;
  const children = Map.groupBy(places, (place) => place.parentCode);
  const areas = places
    .toSorted((a, b) => Number(b.parentCode === null) - Number(a.parentCode === null))
    .map((place) => describeArea(place, children.get(place.code) ?? []))
    .filter((area) => area.codes.length > 0);
  const entries = listEntries(directory);
  const names = [...places.map((place) => place.name), ...entries.map((entry) => entry.title)];
  const readings = await readNames(names);
  await sink.put({ kind: 'search' }, { readings, areas, entries });
}

function describeArea(
  { code, name }: PlaceEntry,
  below: readonly PlaceEntry[],
): SearchFile['areas'][number] {
  const codes = below.map((place) => place.code);
  const prefix = commonStart(codes);
  return {
    code,
    name,
    prefix,
    codes: codes.map((each) => each.slice(prefix.length)),
    names: below.map((place) => place.name),
  };
}

function commonStart([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}

function listEntries({ standards, hotlines, texts, cases }: Directory): SearchFile['entries'] {
  const newestFirst = standards.toSorted((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom));
  return [
    ...listTextEntries(texts),
    ...newestFirst.map((item) => ({
      kind: 'standard' as const,
      title: `${AID_TYPES[item.aidType]}标准（${AREA_TYPES[item.areaType]}）`,
      href: '/standards/',
      note: `${(item.amountCents / 100).toFixed(2)}元，${formatDate(item.effectiveFrom)}起，${item.documentNumber}`,
    })),
    ...hotlines.map(({ unit, phones }) => ({
      kind: 'hotline' as const,
      title: unit,
      href: '/hotlines/',
      note: phones.join('、'),
    })),
    ...listCaseEntries(cases),
    ...[...SERVICES, ...DISCLOSURES, ...ABOUT].map(({ href, title }) => ({
      kind: 'page' as const,
      title,
      href,
      note: '',
    })),
  ];
}

const TEXT_KINDS = { procedure: 'procedure', policy: 'policy', form: 'form' } as const;

/** Titles of texts; the site's own pages are named with its others. */
function listTextEntries(texts: Directory['texts']): SearchFile['entries'] {
  return texts.flatMap(({ slug, title, section, documentNumber }) =>
    section === 'site'
      ? []
      : [
          {
            kind: TEXT_KINDS[section],
            title,
            href: addressOfText({ section, slug }),
            note: documentNumber,
          },
        ],
  );
}
