/** Who answers for a page, on what basis, and when it last changed. */
export type Provenance = { publisher: string; legalBasis: string[]; updatedOn: string };

/**
 * One provenance for a page made of several files: the publisher of the first, every law once with
 * its articles, the latest day. Null where no file exists.
 */
export function mergeProvenance(files: readonly (Provenance | null)[]): Provenance | null {
  const present = files.filter((file) => file !== null);
  const first = present[0];
  if (!first) return null;
  return {
    publisher: first.publisher,
    legalBasis: mergeBases(present.flatMap((file) => file.legalBasis)),
    updatedOn: present.map((file) => file.updatedOn).reduce((a, b) => (a > b ? a : b)),
  };
}

const LAW = /^(《[^》]+》)([^《]*)$/;

/** 《法》第一条 and 《法》第二条 as 《法》第一条、第二条, in the order they come. */
function mergeBases(bases: readonly string[]): string[] {
  const articlesOf = new Map<string, Set<string>>();
  for (const basis of bases) {
    const [, law = basis, articles = ''] = LAW.exec(basis) ?? [];
    const known = articlesOf.get(law) ?? new Set();
    articlesOf.set(law, known);
    for (const article of articles.split('、')) if (article) known.add(article);
  }
  return Array.from(articlesOf, ([law, articles]) => law + [...articles].join('、'));
}
