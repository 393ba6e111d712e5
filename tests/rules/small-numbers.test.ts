import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEAST, tell, tellParts, tellSplit } from '#rules/small-numbers.ts';

/** Every way to have so many counts, each of at most so much. */
function* listWorlds(parts: number, most: number): Generator<number[]> {
  if (parts === 0) {
    yield [];
    return;
  }
  for (const rest of listWorlds(parts - 1, most)) {
    for (let count = 0; count <= most; count += 1) yield [...rest, count];
  }
}
const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** Numbers that stay possible for each untold part to whoever knows the whole, what is told, and the rule. */
function reconstruct(limits: readonly number[], parts: number, most: number) {
  const worlds = Map.groupBy(
    [...listWorlds(parts, most)].filter((counts) => sumOf(counts) >= (limits[0] ?? 0)),
    (counts) => JSON.stringify([sumOf(counts), tellParts(counts, limits)]),
  );
  return [...worlds].flatMap(([seen, alike]) => {
    const [whole, told] = JSON.parse(seen) as [number, ReturnType<typeof tellParts>];
    // Where nothing is told a part may be larger than the worlds that were tried.
    if (told.below === null && whole > most) return [];
    return told.parts.flatMap((part, at) =>
      part === null ? [{ seen, possible: new Set(alike.map((counts) => counts[at])) }] : [],
    );
  });
}

test.each([
  { limits: [2], parts: 3, most: 8 },
  { limits: [2], parts: 5, most: 6 },
  { limits: [3], parts: 4, most: 9 },
  { limits: [3, 6], parts: 4, most: 10 },
  { limits: [2, 4, 6], parts: 5, most: 7 },
])('no untold part can be computed from all that is told: %o', ({ limits, parts, most }) => {
  const least = limits[0] ?? 0;
  const small = Array.from({ length: least }, (_, count) => count);
  const found = reconstruct(limits, parts, most).filter(
    ({ possible }) => !small.every((count) => possible.has(count)),
  );
  expect(found).toEqual([]);
});

test('with the real limits every untold part may still be anything below the least', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 20 }), (counts) => {
      const { parts, below } = tellParts(counts);
      if (below === null) return;
      const untold = counts.filter((_, at) => parts[at] === null);
      if (untold.length === 0) return;
      const rest = sumOf(untold);
      const others = (untold.length - 1) * (below - 1);
      for (let count = 0; count < LEAST; count += 1) {
        expect(rest - count).toBeGreaterThanOrEqual(0);
        expect(rest - count).toBeLessThanOrEqual(others);
      }
    }),
  );
});

test('a part is told only where it and the rest of the whole are large enough', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }), (counts) => {
      const whole = sumOf(counts);
      tellParts(counts).parts.forEach((part, at) => {
        if (part === null) return;
        expect(part).toBe(counts[at]);
        expect(part).toBeGreaterThanOrEqual(LEAST);
        expect(whole - part).toBeGreaterThanOrEqual(LEAST);
      });
    }),
  );
});

test('large and small parts beside each other: the large ones are told', () => {
  const counts = [40, 25, 7, 3, 0, 6];
  expect(tellParts(counts)).toEqual({ parts: [40, 25, null, null, null, null], below: 10 });
});

test('one small part takes others with it, or all', () => {
  expect(tellParts([40, 25, 12, 13, 3])).toEqual({ parts: [40, 25, null, null, null], below: 20 });
  expect(tellParts([40, 3])).toEqual({ parts: [null, null], below: null });
  expect(tellParts([40])).toEqual({ parts: [null], below: null });
  expect(tellParts([40, 9, 9, 9])).toEqual({ parts: [40, null, null, null], below: 20 });
});

test('a number by itself is told from the least on', () => {
  expect([0, 9, 10].map((count) => tell(count))).toEqual([null, null, 10]);
});

test('of a part and the rest nothing below the least can be computed', () => {
  const least = 3;
  for (let whole = least; whole <= 20; whole += 1) {
    const worlds = Map.groupBy(
      Array.from({ length: whole + 1 }, (_, part) => part),
      (part) => JSON.stringify(tellSplit(whole, part, least)),
    );
    for (const [seen, parts] of worlds) {
      const { part } = JSON.parse(seen) as ReturnType<typeof tellSplit>;
      if (part === null) expect(parts.length).toBeGreaterThanOrEqual(least);
      else expect([part, whole - part].every((count) => count >= least)).toBe(true);
    }
  }
  expect(tellSplit(9, 9)).toEqual({ whole: null, part: null, rest: null, few: null });
});
