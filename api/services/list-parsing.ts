import { CodedError } from '#api/errors.ts';
import { readBody } from '#db/queries/bodies.ts';

import { listCurrentPlaces } from '#db/queries/places.ts';
import type { Place } from '#db/queries/places.ts';
import { listStandards } from '#db/queries/standards.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { describeReason } from '#rules/import-reasons.ts';
import { isNotice } from '#rules/list-kinds.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { SpreadsheetError } from '#spreadsheets/errors.ts';
import { parseFile } from '#spreadsheets/parse-in-worker.ts';
import type { ParseOptions } from '#spreadsheets/parse-in-worker.ts';
import type { ListWarning, ParsedList } from '#spreadsheets/parse-list.ts';
import type { BatchUpload } from './batches.ts';
import { toStandard } from './directory-tables.ts';
import { listKnownSpellings } from './known-spellings.ts';
import { loadSettings } from './settings.ts';

type ParseInput = Pick<BatchUpload, 'file' | 'persons' | 'kind' | 'aidType' | 'period'>;

/**
 * Reads the uploaded list with the portal's own places, standards and mask. A row of a place that is not
 * the body's is held back like one of an unknown place. Throws `file-refused` with one sentence.
 */
export async function parseUpload(
  db: Reader,
  bodyCode: string,
  { file, persons, kind, aidType, period }: ParseInput,
  now: number,
): Promise<ParsedList> {
  const options = await readOptions(db, bodyCode, aidType, period);
  const parsed = await parse(file.bytes, {
    ...options,
    asOf: civilDateOf(now),
    // A list is published under one kind of aid.
    onlyAidType: true,
    fileName: file.name,
    ...(persons && { personsFile: { bytes: persons.bytes, fileName: persons.name } }),
  });
  const list = {
    ...parsed,
    warnings: [...compareTitle(parsed, aidType, period), ...parsed.warnings],
  };
  if (list.rows.length === 0 && list.rejected.length === 0 && !isNotice(kind)) {
    refuse('名单里没有家庭。全部退出的不用上传名单，到现行名单的各村明细里提出退出。');
  }
  if (list.rows.length === 0) {
    refuse(`名单里没有一行可以收录${commonReason(list)}，请核对后再上传。`);
  }
  // A notice is of households that receive nothing yet.
  if (isNotice(kind)) return { ...list, warnings: list.warnings.filter(isOfNotices) };
  if (list.rows.some((row) => row.since === null)) {
    refuse('名单没有起始月份（批准时间）一栏，请补上后再上传。');
  }
  return list;
}

/** A file of another month or aid type than the importer stated is easily taken by mistake. */
function compareTitle({ titled }: ParsedList, aidType: AidType, period: string): ListWarning[] {
  const warnings: ListWarning[] = [];
  if (titled.period && titled.period !== period) {
    warnings.push({ line: 1, reason: 'period-differs' });
  }
  if (titled.aidType && titled.aidType !== aidType) {
    warnings.push({ line: 1, reason: 'aid-type-differs' });
  }
  return warnings;
}

async function parse(bytes: Uint8Array, options: ParseOptions): Promise<ParsedList> {
  try {
    return await parseFile(bytes, options);
  } catch (error) {
    if (error instanceof SpreadsheetError) refuse(error.message);
    throw error;
  }
}

function isOfNotices({ reason }: ListWarning): boolean {
  return reason !== 'start-month-missing' && reason !== 'start-month-later';
}

/** A column that was not recognised, else what most lines were rejected for. */
function commonReason({ rejected, warnings }: ParsedList): string {
  const column = warnings.find(({ reason }) => reason.endsWith('-column-missing'));
  if (column) return `：${describeReason(column.reason)}`;
  const groups = [...Map.groupBy(rejected, (problem) => problem.reason)];
  const [most] = groups.toSorted(([, one], [, other]) => other.length - one.length);
  return most ? `，多数行的问题是“${describeReason(most[0])}”` : '';
}

function refuse(message: string): never {
  throw new CodedError('file-refused', { file: message }, message);
}

async function readOptions(db: Reader, bodyCode: string, aidType: AidType, period: string) {
  const body = await readBody(db, bodyCode);
  const [places, aliases, standards, settings] = await Promise.all([
    listCurrentPlaces(db),
    listKnownSpellings(db),
    listStandards(db),
    loadSettings(db),
  ]);
  const own = places.find((place) => place.code === body?.placeCode);
  const regions = own ? [...placesAbove(places, own), ...placesBelow(places, own)] : [];
  const codes = new Set(regions.map((place) => place.code));
  return {
    aidType,
    period,
    ...(own?.level === 'town' && { town: own.name }),
    maskStyle: settings.name_mask,
    regions,
    aliases: aliases.filter(({ scopeCode }) => codes.has(scopeCode)),
    standards: standards.map(toStandard),
  };
}

/** All places, confirmed spellings and standards of the portal, as the importer takes them. */
export async function readReferenceTables(db: Reader) {
  const [regions, aliases, standards] = await Promise.all([
    listCurrentPlaces(db),
    listKnownSpellings(db),
    listStandards(db),
  ]);
  return { regions, aliases, standards: standards.map(toStandard) };
}

/** A place and all that lies below it. */
export function placesBelow(places: Place[], own: Place): Place[] {
  const wayUp = wayUpIn(places);
  return places.filter((place) => wayUp(place.code).includes(own.code));
}

/** The way up, on which the standards of a place may stand. */
function placesAbove(places: Place[], own: Place): Place[] {
  const [, ...above] = wayUpIn(places)(own.code);
  return places.filter((place) => above.includes(place.code));
}

/** The codes from a place to the top, its own first. */
function wayUpIn(places: Place[]) {
  const parents = new Map(places.map((place) => [place.code, place.parentCode]));
  return function wayUp(code: string): string[] {
    const parent = parents.get(code) ?? null;
    return parent === null ? [code] : [code, ...wayUp(parent)];
  };
}
