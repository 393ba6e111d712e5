import type { AidType } from './vocabulary.ts';

/** What a list says of a household that a current list of somebody else's has too. */
export const DUPLICATE_REASONS = {
  'listed-elsewhere': '另一个单位的现行名单里也有这个身份证号',
  'other-aid-type': '另一类救助的现行名单里也有这个身份证号',
} as const;
export type DuplicateReason = keyof typeof DUPLICATE_REASONS;

/** Standing aid of which a household has one kind at most; relief of a single need comes beside it. */
const ONE_OF: readonly AidType[] = ['URBAN_DIBAO', 'RURAL_DIBAO', 'TEKUN', 'EDGE', 'RIGID'];

type ListFacts = { bodyCode: string; aidType: string };

/** Null where the other list is the one that this list follows, or may rightly have the household too. */
export function judgeDuplicate(own: ListFacts, other: ListFacts): DuplicateReason | null {
  if (own.aidType === other.aidType) {
    return own.bodyCode === other.bodyCode ? null : 'listed-elsewhere';
  }
  const standing: readonly string[] = ONE_OF;
  const excludes = standing.includes(own.aidType) && standing.includes(other.aidType);
  return excludes ? 'other-aid-type' : null;
}
