import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import type { SealedFile } from '#db/queries/batches.ts';
import { listSealedOf, readSealedFile } from '#db/queries/sealed-files.ts';
import type { Reader } from '#db/store.ts';
import { openJson, openSealed, seal, sealJson } from '#sealing/age.ts';
import { identitiesOf, requireIdentity } from './list-keys.ts';
import type { ListKeys } from './list-keys.ts';

/** One part of an upload. Its name may name a person, too. */
export type UploadedFile = { name: string; bytes: Buffer };
export type Upload = { file: UploadedFile; persons: UploadedFile | null };

/** Which sealed file is which, and what each was called: names say what a list is about. */
const UploadIndex = z.strictObject({
  file: z.strictObject({ id: z.string(), name: z.string() }),
  persons: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
});

/** The files as they came, and their names, sealed to the two bodies until the list is decided about. */
export async function sealUpload(
  { recipients, keyIds }: ListKeys,
  batchId: string,
  createdOn: string,
  { file, persons }: Upload,
): Promise<SealedFile[]> {
  const common = { batchId, keyIds, createdOn, placeCode: null };
  const sealed: SealedFile[] = [];
  async function sealFile({ name, bytes }: UploadedFile) {
    const id = randomUUID();
    sealed.push({ ...common, id, kind: 'upload', sealed: await seal(recipients, bytes) });
    return { id, name };
  }
  const index: z.infer<typeof UploadIndex> = {
    file: await sealFile(file),
    persons: persons && (await sealFile(persons)),
  };
  const bytes = await sealJson(recipients, index);
  return [...sealed, { ...common, id: randomUUID(), kind: 'upload-index', sealed: bytes }];
}

/**
 * Opens the files of an upload with a key of the actor's bodies. Throws `upload-gone` where they were
 * destroyed, `not-allowed` where the actor holds no key that opens them.
 */
export async function openUpload(db: Reader, actor: Actor, batchId: string): Promise<Upload> {
  const [sealedIndex] = await listSealedOf(db, batchId, 'upload-index');
  if (!sealedIndex) throw new CodedError('upload-gone');
  const identity = requireIdentity(await identitiesOf(db, actor)(sealedIndex.keyIds));
  const index = UploadIndex.parse(await openJson(identity, sealedIndex.sealed));
  async function openFile({ id, name }: { id: string; name: string }): Promise<UploadedFile> {
    const sealed = await readSealedFile(db, id);
    if (!sealed) throw new CodedError('upload-gone');
    return { name, bytes: await openSealed(identity, sealed.sealed) };
  }
  return {
    file: await openFile(index.file),
    persons: index.persons && (await openFile(index.persons)),
  };
}
