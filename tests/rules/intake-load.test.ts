import { expect, test } from 'vitest';
import { PACES, PROOF_LEVELS, proofLevelAt, waitAfter } from '#rules/intake-load.ts';

test('a proof has two levels, and is harder when many come', () => {
  expect(PROOF_LEVELS).toHaveLength(2);
  const [usual, many] = [proofLevelAt(1), proofLevelAt(600)];
  expect(many.counter.from).toBeGreaterThan(usual.counter.to);
});

test('the first ones of a minute do not wait, the next wait longer each, and nobody longer than the most', () => {
  const { free, mostMs, stepMs } = PACES.unproved;
  const waits = [0, free - 1, free, free + 1, 100_000].map((recent) =>
    waitAfter('unproved', recent),
  );
  expect(waits).toEqual([0, 0, stepMs, 2 * stepMs, mostMs]);
});
