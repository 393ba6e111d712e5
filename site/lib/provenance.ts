/** Who answers for a page, on what basis, and when it last changed. */
export type Provenance = { publisher: string; legalBasis: string[]; updatedOn: string };

/**
 * One provenance for a page made of several files: the publisher of the first, every basis once, the
 * latest day. Null where no file exists.
 */
export function mergeProvenance(files: readonly (Provenance | null)[]): Provenance | null {
  const present = files.filter((file) => file !== null);
  const first = present[0];
  if (!first) return null;
  return {
    publisher: first.publisher,
    legalBasis: [...new Set(present.flatMap((file) => file.legalBasis))],
    updatedOn: present.map((file) => file.updatedOn).reduce((a, b) => (a > b ? a : b)),
  };
}
