import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch, readPersonNames } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { readBody } from '#db/queries/bodies.ts';
import {
  listBatchSpellings,
  listPlaceAliases,
  putPlaceAliases,
} from '#db/queries/place-aliases.ts';
import { listCurrentPlaces } from '#db/queries/places.ts';
import type { Place } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';
import { cleanText } from '#rules/cell.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { isOpenTo } from '#rules/list-lifecycle.ts';
import { appendAudit } from './audit.ts';
import { findBatch } from './list-access.ts';
import { maySetExits } from './list-exits.ts';
import { placesBelow } from './list-parsing.ts';

/** What a spelling of the file is to mean. */
export type SpellingChoice = { town: string; written: string; placeCode: string };

/**
 * How the file of a list writes its villages: what each spelling was taken for and what was confirmed
 * before, and the villages it may mean.
 */
export async function readSpellings(context: Context, actor: Actor, batchId: string) {
  const { db } = context;
  const batch = await findBatch(context, actor, batchId);
  const { spellings, villages, nameOf } = await loadSpellings(db, batch);
  const persons = await readPersonNames(
    db,
    spellings.flatMap(({ confirmation }) => confirmation?.confirmedBy ?? []),
  );
  return {
    items: spellings.map(({ town, written, lines, placeCode, townCode, confirmation }) => ({
      town,
      written,
      lines,
      placeCode,
      place: placeCode && nameOf(placeCode),
      townCode,
      confirmed: confirmation?.placeCode ?? null,
      confirmedPlace: confirmation && nameOf(confirmation.placeCode),
      confirmedBy: confirmation && (persons.get(confirmation.confirmedBy) ?? ''),
      confirmedOn: confirmation && confirmation.confirmedOn,
    })),
    villages: villages.map(({ code, name, parentCode }) => ({
      code,
      name,
      townCode: parentCode ?? '',
      town: nameOf(parentCode ?? ''),
    })),
    /** Something was confirmed that the list was not read by. */
    isStale: spellings.some(
      ({ confirmation, placeCode }) => confirmation && confirmation.placeCode !== placeCode,
    ),
    may: { confirm: maySetExits(actor, batch) },
  };
}

/**
 * Confirms what spellings mean, for this list and all later ones. Throws `not-allowed`, `state-changed`,
 * `invalid-input` where a village is none of the place the spelling stands for.
 */
export async function confirmSpellings(
  context: Context,
  actor: Actor,
  batchId: string,
  choices: SpellingChoice[],
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const batch = await findBatch(context, actor, batchId);
  requireWork(actor, batch);
  const { spellings, villages } = await loadSpellings(db, batch);
  const aliases = choices.map(({ town, written, placeCode }) => {
    const spelling = spellings.find((each) => each.town === town && each.written === written);
    const village = villages.find(({ code }) => code === placeCode);
    const fits = spelling?.townCode === null || spelling?.townCode === village?.parentCode;
    if (!spelling?.scopeCode || !village || !fits) {
      throw new CodedError('invalid-input', {
        spellings: '选择这个写法所在乡镇（街道）的村（社区）。',
      });
    }
    const confirmation = { confirmedBy: actor.personId, confirmedOn: civilDateOf(now) };
    return { scopeCode: spelling.scopeCode, written, placeCode, ...confirmation };
  });
  await db.transaction(async (tx) => {
    const current = await readBatch(tx, batchId);
    if (!current || !isOpenTo('approve', current.status)) throw new CodedError('state-changed');
    await putPlaceAliases(tx, aliases);
    await appendAudit(tx, secrets, now, {
      action: 'batch.confirm-spellings',
      subjectKind: 'batch',
      subjectId: batchId,
      personId: actor.personId,
      bodyCode: batch.bodyCode,
      fields: aliases,
    });
  });
}

/** Work on a list that waits for its decision: by those who upload for its body, or review it. */
export function requireWork(actor: Actor, batch: Batch): void {
  if (!isOpenTo('approve', batch.status)) throw new CodedError('state-changed');
  if (!maySetExits(actor, batch)) throw new CodedError('not-allowed');
}

async function loadSpellings(db: Reader, batch: Batch) {
  const [body, places, aliases, stored] = await Promise.all([
    readBody(db, batch.bodyCode),
    listCurrentPlaces(db),
    listPlaceAliases(db),
    listBatchSpellings(db, batch.id),
  ]);
  const own = places.find((place) => place.code === body?.placeCode);
  const area = own ? placesBelow(places, own) : [];
  const towns = new Map(area.filter(isTown).map((place) => [cleanText(place.name), place.code]));
  const meanings = new Map(aliases.map((alias) => [`${alias.scopeCode} ${alias.written}`, alias]));
  const names = new Map(places.map((place) => [place.code, place.name]));
  return {
    spellings: stored.map((spelling) => {
      const townCode = towns.get(spelling.town) ?? null;
      // A town that the portal does not know must be mended in the file: its villages are looked up nowhere.
      const scopeCode = spelling.town === '' ? (own?.code ?? null) : townCode;
      const confirmation = meanings.get(`${scopeCode} ${spelling.written}`) ?? null;
      return { ...spelling, townCode, scopeCode, confirmation };
    }),
    villages: area.filter((place) => place.level === 'village'),
    nameOf: (code: string) => names.get(code) ?? code,
  };
}

function isTown(place: Place): boolean {
  return place.level === 'town';
}
