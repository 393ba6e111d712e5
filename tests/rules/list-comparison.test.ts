import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareLists, isCounted } from '#rules/list-comparison.ts';
import type { ComparedRow } from '#rules/list-comparison.ts';
import { ROW_VISIBILITIES } from '#rules/list-lifecycle.ts';
import { codesOf } from '#rules/vocabulary.ts';

const anyRow: fc.Arbitrary<ComparedRow> = fc.record({
  idMac: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
  placeCode: fc.constantFrom('1', '2', '3'),
  maskedName: fc.constantFrom('张*', '李*', '王*'),
  members: fc.integer({ min: 1, max: 4 }),
  amountCents: fc.integer({ min: 1, max: 3 }),
  visibility: fc.constantFrom(...codesOf(ROW_VISIBILITIES)),
});
const anyList = fc.uniqueArray(anyRow, { selector: (row) => row.idMac });

test('in every village what was there, less what left, plus what joined, is what is there', () => {
  fc.assert(
    fc.property(anyList, anyList, (before, after) => {
      for (const village of compareLists(before, after)) {
        const there = before.filter(
          (row) => row.placeCode === village.placeCode && isCounted(row),
        ).length;
        expect(village.before.households).toBe(there);
        expect(there - village.left + village.joined).toBe(village.households);
        expect(village.changed).toBeLessThanOrEqual(village.households - village.joined);
      }
    }),
  );
});

test('who left and is in no other village needs a reason; who moved does not', () => {
  fc.assert(
    fc.property(anyList, anyList, (before, after) => {
      const staying = new Set(after.map((row) => row.idMac));
      const missing = before.filter((row) => isCounted(row) && !staying.has(row.idMac));
      const villages = compareLists(before, after);
      expect(villages.reduce((sum, village) => sum + village.exits, 0)).toBe(missing.length);
      expect(villages.every((village) => village.exits <= village.left)).toBe(true);
    }),
  );
});

test('a list compared with itself has no difference', () => {
  fc.assert(
    fc.property(anyList, (list) => {
      for (const { joined, left, changed } of compareLists(list, list)) {
        expect([joined, left, changed]).toEqual([0, 0, 0]);
      }
    }),
  );
});

test('a village is small by what it shows, and one that shows nobody is not', () => {
  const row = { placeCode: '1', maskedName: '张*', members: 1, amountCents: 1 };
  const listed = { ...row, visibility: 'listed' as const };
  const withheld = { ...row, maskedName: null, visibility: 'withheld' as const };
  const small = (rows: ComparedRow[]) => compareLists([], rows)[0]?.small;
  expect(small([{ ...withheld, idMac: 'a' }])).toBe(false);
  const two = ['a', 'b'].map((idMac) => ({ ...listed, idMac }));
  expect(small([...two, { ...withheld, idMac: 'c' }])).toBe(true);
  expect(small([...two, { ...listed, idMac: 'c' }])).toBe(false);
});
