import type { Kit } from '#db/kit.ts';

/** What was edited for the public, by whom and why: a row for each change, with what stood from then on. */
export function defineDirectory(k: Kit) {
  const directoryVersion = k.table(
    'directory_version',
    {
      /** Kind, subject and version. */
      id: k.text('id').primaryKey(),
      kind: k.text('kind').$type<'standard' | 'text'>().notNull(),
      /** Id of the standard or address of the text. */
      subjectId: k.text('subject_id').notNull(),
      version: k.integer('version').notNull(),
      /** JSON of what stood from then on, or was taken away. */
      content: k.text('content').notNull(),
      change: k.text('change').$type<'add' | 'edit' | 'hide' | 'show' | 'remove'>().notNull(),
      /** Why. */
      note: k.text('note').notNull().default(''),
      personId: k.text('person_id').notNull(),
      onDate: k.text('on_date').notNull(),
    },
    (t) => [k.index('directory_version_subject').on(t.kind, t.subjectId, t.version)],
  );

  return { directoryVersion };
}
