import { readBody } from '#db/queries/bodies.ts';
import type { Body } from '#db/queries/bodies.ts';
import { listFormerNames } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';
import type { PlaceLine } from '#rules/place-changes.ts';
import { nameOn } from './places.ts';

export type NewBody = Pick<Body, 'code' | 'name' | 'kind' | 'placeCode' | 'superiorCode'>;

/**
 * The bodies of a county: bureau, discipline group above it, a township for each town, a committee for each
 * village. Their codes are made of the place's, so that they last as long.
 */
export function bodiesOf(
  places: readonly PlaceLine[],
  names: { bureau: string; discipline: string },
): NewBody[] {
  return places.flatMap((place) => {
    if (place.level !== 'district') return localBodyOf(place);
    return [
      body('bureau', place, names.bureau, `discipline-${place.code}`),
      body('discipline', place, names.discipline, null),
    ];
  });
}

/** The body of a town or village: its government or its committee. */
export function localBodyOf(place: Pick<PlaceLine, 'code' | 'name' | 'level' | 'parentCode'>) {
  const { name, level, parentCode } = place;
  if (level === 'town') {
    const office = name.endsWith('街道') ? '办事处' : '人民政府';
    return body('township', place, `${name}${office}`, `bureau-${parentCode}`);
  }
  const committee = /(社区|居委会)$/.test(name) ? '居民委员会' : '村民委员会';
  return body('village', place, `${name}${committee}`, `township-${parentCode}`);
}

function body(
  kind: NewBody['kind'],
  place: Pick<PlaceLine, 'code'>,
  name: string,
  superiorCode: string | null,
): NewBody {
  return { code: `${kind}-${place.code}`, name, kind, placeCode: place.code, superiorCode };
}

/** A body as it is stored on the day it begins. */
export function toBodyRow(body: NewBody, validFrom: string): Body {
  return { ...body, validFrom, validTo: null, successorCode: null };
}

/** The name a body had on a civil date; null where it did not exist then. */
export async function bodyNameOn(db: Reader, code: string, on: string): Promise<string | null> {
  const body = await readBody(db, code);
  return body ? nameOn(body, await listFormerNames(db, 'body', code), on) : null;
}
