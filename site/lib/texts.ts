import type { TextSection } from '#rules/page-texts.ts';
import type { PublicFile, PublicReader } from '#rules/publication.ts';

/** A text of a section; null where there is none at this address. */
export async function readTextOf(
  read: PublicReader,
  section: TextSection,
  slug: string,
): Promise<PublicFile<'text'> | null> {
  const index = await read('texts');
  const isThere = index?.texts.some((entry) => entry.slug === slug && entry.section === section);
  return isThere ? read('text', slug) : null;
}

/** The titles of a section, in the order staff gave them. */
export async function listTextsOf(read: PublicReader, section: TextSection) {
  return ((await read('texts'))?.texts ?? []).filter((entry) => entry.section === section);
}
