/**
 * What may be told of small numbers. Of few complaints somebody near can tell whose they are, so a number
 * below `LEAST` is nowhere in public. Nor can it be computed: whoever knows everything that was told, and
 * these rules, still holds every number from 0 to `LEAST` - 1 possible for each one that was not. The tests
 * try every small world to the contrary.
 */
export const LEAST = 10;

/** Below which a part stays untold: the first at which nothing can be computed counts. */
const LIMITS: readonly number[] = [LEAST, 20, 50];

/** With fewer untold parts, whoever knows one of them computes the other. */
const FEWEST_UNTOLD = 3;

/** A number that stands by itself: no part, and no whole of anything that is told. */
export function tell(count: number, least = LEAST): number | null {
  return count < least ? null : count;
}

export type ToldParts = {
  /** In the order of the counts; null is untold. */
  parts: (number | null)[];
  /** What every untold part is less than; null where no part is told. */
  below: number | null;
};

/**
 * The parts of a whole that is told. A part is told where it is large enough and so is what remains of the
 * whole. What the untold ones come to together is known by subtraction; so they are three or more, and
 * their sum leaves each of them free between 0 and the limit. Where that is not so, a higher limit is tried,
 * and at last nothing is told but the whole.
 */
export function tellParts(counts: readonly number[], limits = LIMITS): ToldParts {
  for (const limit of limits) {
    const untold = counts.filter((count) => count < limit);
    if (untold.length === counts.length) break;
    if (!isFree(untold, limit, counts.length)) continue;
    return { parts: counts.map((count) => (count < limit ? null : count)), below: limit };
  }
  return { parts: counts.map(() => null), below: null };
}

function isFree(untold: readonly number[], limit: number, parts: number): boolean {
  if (untold.length === 0) return parts > 1;
  const rest = untold.reduce((sum, count) => sum + count, 0);
  return (
    untold.length >= FEWEST_UNTOLD && rest >= limit && rest <= (untold.length - 1) * (limit - 1)
  );
}

/** A part and the rest of a whole; `few` is the one of them that is too small to be told. */
export type Split = {
  whole: number | null;
  part: number | null;
  rest: number | null;
  few: 'part' | 'rest' | null;
};

/**
 * Of a whole of less than twice the least nothing is said of its parts: that one is small would bound the
 * other.
 */
export function tellSplit(whole: number, part: number, least = LEAST): Split {
  const rest = whole - part;
  const untold = { part: null, rest: null, few: null };
  if (whole < 2 * least) return { whole: tell(whole, least), ...untold };
  if (part < least) return { whole, ...untold, few: 'part' };
  if (rest < least) return { whole, ...untold, few: 'rest' };
  return { whole, part, rest, few: null };
}
