import { and, desc, eq } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type DirectoryVersion = Schema['directoryVersion']['$inferSelect'];

/** Keeps what stands from a change on. */
export async function insertDirectoryVersion(
  tx: Tx,
  row: Omit<DirectoryVersion, 'id'>,
): Promise<void> {
  const id = [row.kind, row.subjectId, row.version].join(':');
  await tx.insert(tx.t.directoryVersion).values({ ...row, id });
}

/** The changes of one kind, or of one subject of it, the newest first, with who made them. */
export async function listDirectoryVersions(
  db: Reader,
  kind: DirectoryVersion['kind'],
  subjectId?: string,
  limit = 50,
) {
  const { directoryVersion, person } = db.t;
  const ofKind = eq(directoryVersion.kind, kind);
  return db
    .select({
      subjectId: directoryVersion.subjectId,
      version: directoryVersion.version,
      content: directoryVersion.content,
      change: directoryVersion.change,
      note: directoryVersion.note,
      onDate: directoryVersion.onDate,
      personName: person.name,
    })
    .from(directoryVersion)
    .leftJoin(person, eq(person.id, directoryVersion.personId))
    .where(subjectId ? and(ofKind, eq(directoryVersion.subjectId, subjectId)) : ofKind)
    .orderBy(desc(directoryVersion.onDate), desc(directoryVersion.version))
    .limit(limit);
}

export async function readDirectoryVersion(
  db: Reader,
  kind: DirectoryVersion['kind'],
  subjectId: string,
  version: number,
): Promise<DirectoryVersion | null> {
  const { directoryVersion } = db.t;
  const id = [kind, subjectId, version].join(':');
  const [row] = await db.select().from(directoryVersion).where(eq(directoryVersion.id, id));
  return row ?? null;
}
