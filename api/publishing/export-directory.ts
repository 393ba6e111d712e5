import { setImmediate as giveWay } from 'node:timers/promises';
import type { Reader } from '#db/store.ts';
import { readAuditHead } from '#db/queries/audit.ts';
import { listBodiesOn } from '#db/queries/bodies.ts';
import { listHotlines } from '#db/queries/hotlines.ts';
import { listMergedPlaces, listPlacesOn } from '#db/queries/places.ts';
import { readSettings } from '#db/queries/settings.ts';
import { listStandards } from '#db/queries/standards.ts';
import { listTexts } from '#db/queries/texts.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import type { PlaceEntry } from '#rules/public-directory.ts';
import type { PublicFile } from '#rules/publication.ts';
import { exportHotlineCare, listDueCare } from './export-hotline-care.ts';
import type { PublicCase } from './export-cases.ts';
import { exportPlaceNotes, mapFormer } from './export-places.ts';
import { exportSearch, listPresent } from './export-search.ts';
import type { Sink } from './export-sink.ts';
import { exportTexts, listDueTexts } from './export-texts.ts';
import { BASIS_OF_DIRECTORY } from './legal-basis.ts';

type Origin = {
  db: Reader;
  now: number;
  publicUrl: string | null;
  cases: readonly PublicCase[];
};

/** What the rest of the export needs to know of the county. */
export type Directory = {
  places: PlaceEntry[];
  /** Codes of merged places, and of what they went into. */
  former: ReadonlyMap<string, string>;
  placesOn: string;
  county: PlaceEntry | null;
  bureauName: string;
  /** Files that do not change by themselves but read differently from today on. */
  due: Set<string>;
};

/**
 * Exports what is not a list: the site's name, places, bodies, standards, hotlines and texts. They are few,
 * so they are read whole each time. `since` is the day of the last publication.
 */
export async function exportDirectory(
  { db, now, publicUrl, cases }: Origin,
  sink: Sink,
  since: string | null,
): Promise<Directory> {
  const today = civilDateOf(now);
  const places = await listPlacesOn(db, today);
  const merged = await listMergedPlaces(db);
  const bodies = await listBodiesOn(db, today);
  const settings = await readSettings(db);
  const standards = await listStandards(db);
  const hotlines = await listHotlines(db);
  const texts = await listTexts(db);
  // Not sooner: a merger in between would stand in one of the files and not in the other.
  await giveWay();

  const entries = places.map(({ code, name, level, parentCode }) => ({
    code,
    name,
    level,
    parentCode,
  }));
  const county = entries.find((place) => place.parentCode === null) ?? null;
  const bureau = bodies.find((body) => body.kind === 'bureau');
  const countyName = settings['county_name'] ?? county?.name ?? '';
  const bureauName = settings['bureau_name'] ?? bureau?.name ?? '';
  const placesOn = newest(places.map((place) => place.validFrom)) ?? today;
  function provenance(dates: string[]) {
    const updatedOn = newest(dates) ?? placesOn;
    return { publisher: bureauName, legalBasis: BASIS_OF_DIRECTORY, updatedOn };
  }

  await sink.put(
    { kind: 'site' },
    {
      countyCode: county?.code ?? '',
      countyName,
      bureauName,
      demo: settings['demo'] === '1',
      publicUrl,
      icpNumber: settings['icp_number'] ?? '',
      policeNumber: settings['police_number'] ?? '',
      siteCode: settings['site_code'] ?? '',
      operatorName: settings['operator_name'] ?? '',
      faultReportUrl: settings['fault_report_url'] ?? '',
    },
  );
  await sink.put({ kind: 'places' }, { ...provenance([placesOn]), places: entries });
  await exportPlaceNotes(sink, places, merged);
  await sink.put(
    { kind: 'bodies' },
    {
      bodies: bodies.map(({ code, name, kind, placeCode }) => ({ code, name, kind, placeCode })),
    },
  );
  const amounts = standards.map(serialiseStandard);
  await sink.put(
    { kind: 'standards' },
    { ...provenance(standards.map((row) => row.updatedOn)), items: amounts },
  );
  const phones = hotlines.map(serialiseHotline);
  await sink.put(
    { kind: 'hotlines' },
    { ...provenance(hotlines.map((row) => row.updatedOn)), items: phones },
  );
  const present = listPresent(amounts, today);
  await exportSearch(sink, { places: entries, standards: present, hotlines: phones, texts, cases });
  await exportTexts(sink, bureauName, texts);
  const care = await exportHotlineCare({ db, publisher: bureauName, today }, sink);
  const due = new Set([
    ...listDueFiles(standards, care, since, today),
    ...listDueTexts(texts, since, today),
  ]);
  const former = mapFormer(merged);
  return { places: entries, former, placesOn, county, bureauName, due };
}

/** Files that are the same but read differently today: standards that came into force after `since`, say. */
export function listDueFiles(
  standards: readonly { effectiveFrom: string }[],
  care: PublicFile<'hotlineCare'> | null,
  since: string | null,
  today: string,
): Set<string> {
  const comesIntoForce = standards.some(
    (row) => since !== null && row.effectiveFrom > since && row.effectiveFrom <= today,
  );
  return new Set([
    ...(comesIntoForce ? [PUBLIC_FILES.standards.path()] : []),
    ...listDueCare(care, since, today),
  ]);
}

/**
 * Exports the audit head where something else changed or the published one is of an earlier day, so that a
 * publication that changes nothing leaves the site alone.
 */
export async function exportHead(
  db: Reader,
  now: number,
  sink: Sink,
  since: string | null,
): Promise<void> {
  const today = civilDateOf(now);
  if (since === today && sink.changed.size + sink.removed.size === 0) return;
  const head = await readAuditHead(db);
  if (head) await sink.put({ kind: 'head' }, { seq: head.seq, hash: head.hash, onDate: today });
}

type StandardRow = Awaited<ReturnType<typeof listStandards>>[number];
type HotlineRow = Awaited<ReturnType<typeof listHotlines>>[number];

function serialiseStandard(row: StandardRow): PublicFile<'standards'>['items'][number] {
  const { areaType, amountCents, effectiveFrom, documentNumber } = row;
  const aidType = row.aidType as PublicFile<'standards'>['items'][number]['aidType'];
  return { aidType, areaType, amountCents, effectiveFrom, documentNumber };
}

function serialiseHotline(row: HotlineRow): PublicFile<'hotlines'>['items'][number] {
  const { placeCode, unit, level, contact, hours } = row;
  const phones = [row.phone, row.secondPhone].filter((phone) => phone !== '');
  return { placeCode, unit, level, phones, contact, hours };
}

export function newest(dates: readonly string[]): string | undefined {
  return dates.reduce<string | undefined>(
    (last, date) => (last === undefined || date > last ? date : last),
    undefined,
  );
}
