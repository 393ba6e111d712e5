import type { PlaceEntry } from '#rules/public-directory.ts';
import { listPages } from '#rules/public-pages.ts';
import type { Existing, PublicPage } from '#rules/public-pages.ts';

type PageIndex = {
  pages: readonly PublicPage[];
  /** Pages made of a file. */
  byInput: ReadonlyMap<string, readonly PublicPage[]>;
};

/** The places of the live site are the same list from one publication to the next, and so are most pages. */
const known = new WeakMap<readonly PlaceEntry[], { of: string; index: PageIndex }>();

/** Every public page, and which of them a change of a file renders anew. */
export function indexPages(existing: Existing): PageIndex {
  const { places, texts, notices, cases, former } = existing;
  const of = JSON.stringify([
    texts.map(({ slug, section }) => [slug, section]),
    notices.map(({ notice }) => notice),
    cases.map((each) => each.case),
    former.map(({ code }) => code),
  ]);
  const kept = known.get(places);
  if (kept?.of === of) return kept.index;
  const pages = listPages(existing);
  const byInput = new Map<string, PublicPage[]>();
  for (const page of pages) {
    for (const input of page.inputs) {
      const made = byInput.get(input);
      if (made) made.push(page);
      else byInput.set(input, [page]);
    }
  }
  const index = { pages, byInput };
  known.set(places, { of, index });
  return index;
}
