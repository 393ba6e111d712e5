import type { PageText } from '#db/queries/texts.ts';
import { toPublicText } from '#rules/page-texts.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import type { PublicFile } from '#rules/publication.ts';
import type { Sink } from './export-sink.ts';

type Entry = PublicFile<'texts'>['texts'][number];

/** Exports the texts that are shown, and takes away those that are not any more. */
export async function exportTexts(
  sink: Sink,
  publisher: string,
  texts: readonly PageText[],
): Promise<void> {
  await sink.put({ kind: 'texts' }, { texts: texts.map(describeEntry) });
  for (const text of texts) {
    await sink.put(
      { kind: 'text', code: text.slug },
      {
        publisher,
        legalBasis: text.legalBasis.split('\n').filter((line) => line.trim() !== ''),
        updatedOn: text.updatedOn,
        slug: text.slug,
        ...toPublicText(text.section, text),
      },
    );
  }
  await sink.removeRest(null, 'texts/');
}

function describeEntry(text: PageText): Entry {
  const { slug, title, section, addedOn, documentNumber, effectiveFrom, endedOn } = text;
  return { slug, title, section, addedOn, documentNumber, effectiveFrom, endedOn };
}

/** Texts that are the same but read differently today: documents that came into force or ended after `since`. */
export function listDueTexts(
  texts: readonly Pick<Entry, 'slug' | 'effectiveFrom' | 'endedOn'>[],
  since: string | null,
  today: string,
): string[] {
  const isDue = (day: string) => since !== null && day > since && day <= today;
  return texts
    .filter(({ effectiveFrom, endedOn }) => isDue(effectiveFrom) || isDue(endedOn))
    .map(({ slug }) => PUBLIC_FILES.text.path(slug));
}
