import type { Actor } from '#api/context.ts';
import { insertDirectoryVersion, readDirectoryVersion } from '#db/queries/directory-versions.ts';
import type { DirectoryVersion } from '#db/queries/directory-versions.ts';
import type { Tx } from '#db/store.ts';

type Change = Pick<DirectoryVersion, 'kind' | 'subjectId' | 'change' | 'note' | 'onDate'> & {
  actor: Actor;
  /** What stood before and its version; null for what is new. */
  before: { version: number; content: unknown } | null;
  /** What stands from now on, or was taken away. */
  after: unknown;
};

/**
 * Keeps what an edit left, with who made it and why, in the transaction of the edit. What a portal started with
 * is kept with its first edit, so that nothing is lost.
 */
export async function keepChange(
  tx: Tx,
  { actor, before, after, ...facts }: Change,
): Promise<void> {
  const { kind, subjectId } = facts;
  if (before && !(await readDirectoryVersion(tx, kind, subjectId, before.version))) {
    await insertDirectoryVersion(tx, {
      ...{ kind, subjectId, version: before.version, change: 'add', note: '' },
      content: JSON.stringify(before.content),
      personId: '',
      onDate: '',
    });
  }
  await insertDirectoryVersion(tx, {
    ...facts,
    version: (before?.version ?? 0) + 1,
    content: JSON.stringify(after),
    personId: actor.personId,
  });
}
