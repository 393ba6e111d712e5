import type { AidType, AreaType } from './vocabulary.ts';

/** A monthly standard per person. */
export type Standard = {
  regionCode: string;
  aidType: AidType;
  areaType: AreaType;
  amountCents: number;
  effectiveFrom: string;
};

/**
 * The standards that may apply to a household: of the nearest place upward that has one, the newest in
 * force on the last day of `period`. More than one where nobody said whether urban or rural is meant.
 */
export function standardsFor(
  standards: Standard[],
  placeChain: string[],
  query: { aidType: AidType; areaType: AreaType | null; period: string },
): number[] {
  for (const code of placeChain) {
    const latest = new Map<AreaType, Standard>();
    for (const standard of standards) {
      const applies =
        standard.regionCode === code &&
        standard.aidType === query.aidType &&
        (query.areaType === null || standard.areaType === query.areaType) &&
        standard.effectiveFrom <= `${query.period}-31`;
      const before = latest.get(standard.areaType);
      if (applies && (!before || before.effectiveFrom < standard.effectiveFrom)) {
        latest.set(standard.areaType, standard);
      }
    }
    if (latest.size > 0) return [...latest.values()].map((standard) => standard.amountCents);
  }
  return [];
}
