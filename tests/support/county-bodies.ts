import type { Body } from '#rules/subjects.ts';

const body = (
  code: string,
  kind: Body['kind'],
  placeCode: string,
  superiorCode: string | null,
): Body => ({ code, name: code, kind, placeCode, superiorCode });

/** A county of two townships below its bureau, with discipline bodies of county and city above. */
export const BODIES: Body[] = [
  body('city-discipline', 'discipline', 'city', null),
  body('discipline', 'discipline', 'county', 'city-discipline'),
  body('bureau', 'bureau', 'county', 'discipline'),
  body('town-a', 'township', 'a', 'bureau'),
  body('town-b', 'township', 'b', 'bureau'),
  body('village-a1', 'village', 'a1', 'town-a'),
  body('village-a2', 'village', 'a2', 'town-a'),
];
