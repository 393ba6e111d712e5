import { expect, test } from 'vitest';
import { mergeProvenance } from '#site/lib/provenance.ts';

const file = (legalBasis: string[], updatedOn = '2026-11-20') => ({
  publisher: '示范区民政局',
  legalBasis,
  updatedOn,
});

test('a page made of several files names each law once, with all its articles, and the latest day', () => {
  const files = [
    file(['《甲法》第三条、第四条', '《乙办法》'], '2026-11-02'),
    null,
    file(['《甲法》第四条、第九条', '国家有关规定', '《乙办法》第一条']),
  ];
  expect(mergeProvenance(files)).toEqual(
    file(['《甲法》第三条、第四条、第九条', '《乙办法》第一条', '国家有关规定']),
  );
  expect(mergeProvenance([null])).toBeNull();
});
