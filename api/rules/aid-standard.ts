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
 * So much no household is paid: a digit, a decimal point or the unit went wrong. Of monthly aid per person, of aid
 * that is paid once per household. It speaks where no standard does.
 */
const IMPLAUSIBLE_CENTS: Record<AidType, { cents: number; per: 'person' | 'household' }> = {
  URBAN_DIBAO: { cents: 500_000, per: 'person' },
  RURAL_DIBAO: { cents: 500_000, per: 'person' },
  TEKUN: { cents: 1_000_000, per: 'person' },
  EDGE: { cents: 500_000, per: 'person' },
  RIGID: { cents: 500_000, per: 'person' },
  TEMP: { cents: 10_000_000, per: 'household' },
  OTHER_SPECIAL: { cents: 10_000_000, per: 'household' },
};

export function isImplausible(row: {
  aidType: AidType;
  members: number;
  amountCents: number;
}): boolean {
  const { cents, per } = IMPLAUSIBLE_CENTS[row.aidType];
  return row.amountCents > cents * (per === 'person' ? row.members : 1);
}

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
