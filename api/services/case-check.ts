import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listNamedBatches } from '#db/queries/cases.ts';
import { listHotlines } from '#db/queries/hotlines.ts';
import { listPlaces } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';
import { createNameLocator } from '#publishing/gate-names.ts';
import { locateNumbers } from '#publishing/gate-numbers.ts';
import { loadNames } from '#publishing/gate-settings.ts';
import { normaliseValues } from '#publishing/gate-text.ts';
import { hasMac } from '#publishing/mac-table.ts';
import { openGate } from '#publishing/stage-file.ts';
import type { CaseText } from '#rules/case-draft.ts';
import { SPOT_KINDS, locateWords } from '#rules/case-spots.ts';
import type { Spot } from '#rules/case-spots.ts';
import { hasPrivateNumber } from '#rules/private-numbers.ts';
import { cleanText } from '#rules/text.ts';

/** The fields that a reader of the site reads. */
export const CASE_FIELDS = ['title', 'happened', 'handling'] as const;
export type CaseField = (typeof CASE_FIELDS)[number];
export type CaseSpots = Record<CaseField, Spot[]>;

/** In the one spelling that the check reads: nothing invisible, digits and dots alike. */
export function cleanCaseText(text: CaseText): CaseText {
  const clean = (words: string) => normaliseValues(cleanText(words)).trim();
  const [title, happened] = [clean(text.title), clean(text.happened)];
  return { ...text, title, happened, handling: clean(text.handling) };
}

/** What may tell who somebody is. Names of lists are looked for by `createCaseCheck` only. */
export async function locateCaseSpots(db: Reader, text: CaseText): Promise<CaseSpots> {
  const known = await readPublishedNumbers(db);
  return eachField(text, (words) => [...locateNumbers(words, known), ...locateWords(words)]);
}

/**
 * The same with the full names of lists, for those who review: what a township is told of its own words must
 * not tell it who receives aid elsewhere. `refusesCase`: whether the leak gate would stop it.
 */
export async function createCaseCheck({ db, secrets }: Pick<Context, 'db' | 'secrets'>) {
  const { macs, lengths } = await loadNames({ db, secrets }, await listNamedBatches(db));
  const numbers = await readPublishedNumbers(db);
  const [places, bodies, hotlines] = [
    await listPlaces(db),
    await listBodies(db),
    await listHotlines(db),
  ];
  const names = [...places, ...bodies]
    .map((each) => each.name)
    .concat(hotlines.flatMap((each) => [each.unit, each.contact]))
    .filter(Boolean);
  const hashes = {
    macs: { has: (mac: string) => hasMac(macs, mac) },
    lengths,
    macOf: (name: string) => secrets.mac('name-hash', name).mac,
  };
  const locateNames = createNameLocator(hashes, names);
  const gate = openGate({ macs, lengths, known: { numbers, names } }, secrets);
  return {
    locate: (text: CaseText): CaseSpots =>
      eachField(text, (words) => [
        ...locateNumbers(words, numbers),
        ...locateNames(words),
        ...locateWords(words),
      ]),
    refusesCase: ({ title, happened, handling }: CaseText): boolean =>
      hasPrivateNumber([title, happened, handling].join('\n')) ||
      gate
        .inspectFile('case', { title, happened, handling })
        .some(({ severity }) => severity === 'refused'),
  };
}

/** Throws `personal-data` with a message at each field that cannot stay as it is. */
export function refusePersonalData(spots: CaseSpots): void {
  const fields = CASE_FIELDS.flatMap((field) => {
    const kinds = new Set(spots[field].map(({ kind }) => kind));
    const refused = [...kinds].filter((kind) => SPOT_KINDS[kind].refused);
    if (refused.length === 0) return [];
    const labels = refused.map((kind) => SPOT_KINDS[kind].label).join('、');
    return [[field, `有${labels}，删去后再提交。`] as const];
  });
  if (fields.length > 0) throw new CodedError('personal-data', Object.fromEntries(fields));
}

function eachField(text: CaseText, locate: (words: string) => Spot[]): CaseSpots {
  const { title, happened, handling } = text;
  return { title: locate(title), happened: locate(happened), handling: locate(handling) };
}

async function readPublishedNumbers(db: Reader): Promise<Set<string>> {
  const phones = (await listHotlines(db)).flatMap(({ phone, secondPhone }) => [phone, secondPhone]);
  const all = phones.flatMap((phone) => [phone, phone.replaceAll('-', '')]);
  return new Set(all.filter(Boolean));
}
