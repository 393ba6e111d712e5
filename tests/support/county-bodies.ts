import { proposeDestination, type RoutingFacts, type RoutingSettings } from '#rules/routing.ts';
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

/** A county with short names and no body above its discipline group. */
export const SHORT_COUNTY: Body[] = [
  { code: 'D', name: '驻组', kind: 'discipline', placeCode: 'county', superiorCode: null },
  { code: 'B', name: '民政局', kind: 'bureau', placeCode: 'county', superiorCode: 'D' },
  { code: 'T1', name: '一镇', kind: 'township', placeCode: 't1', superiorCode: 'B' },
  { code: 'T2', name: '二镇', kind: 'township', placeCode: 't2', superiorCode: 'B' },
  { code: 'V1', name: '一村', kind: 'village', placeCode: 'v1', superiorCode: 'T1' },
  { code: 'V2', name: '二村', kind: 'village', placeCode: 'v2', superiorCode: 'T1' },
];

/** The way from a village of the first township up to the county. */
export const IN_A1 = ['a1', 'a', 'county'];
export const COUNTY: RoutingSettings = { confirmedBy: 'county' };

/** A report of stalling in that village, about nobody, unless said otherwise. */
export function factsWith(given: Partial<RoutingFacts>): RoutingFacts {
  return { class: 'REPORT', problemTypes: ['STALL'], subjects: [], placePath: IN_A1, ...given };
}

export function propose(given: Partial<RoutingFacts>, settings = COUNTY) {
  return proposeDestination(factsWith(given), BODIES, settings);
}
