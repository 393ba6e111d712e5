import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { deleteUpload, findUpload, insertEvidence, listEvidence } from '#db/queries/evidence.ts';
import type { LeadEvidence, NewEvidence, Upload } from '#db/queries/evidence.ts';
import type { Tx } from '#db/store.ts';
import { isRecording } from '#rules/evidence.ts';
import { SealError, openJson, sealPaddedJson } from '#sealing/age.ts';
import { deriveUploadKeys } from '#sealing/upload-id.ts';
import { dropFile } from './evidence-files.ts';
import { FACTS_PADDED_TO, FileFacts } from './evidence-upload.ts';
import type { Uploaded } from './evidence-upload.ts';

/** A file that waits, opened with its upload id. */
export type WaitingFile = { upload: Upload; facts: FileFacts };

/** Files for a lead: sealed to it, and the slots they are taken from. */
export type TakenFiles = {
  lookups: string[];
  files: NewEvidence[];
};
export const NO_FILES: TakenFiles = { lookups: [], files: [] };

/** Throws `evidence-gone` where one has died, was taken already, or never was. */
export async function openUploads(context: Context, uploadIds: string[]): Promise<WaitingFile[]> {
  const { db, secrets, now } = context;
  const opened: WaitingFile[] = [];
  for (const uploadId of new Set(uploadIds)) {
    const keys = await deriveUploadKeys(secrets, uploadId);
    const upload = await findUpload(db, keys.lookup);
    if (!upload || upload.expiresAt < now()) throw gone();
    opened.push({ upload, facts: await openFacts(keys.identity, upload.sealed) });
  }
  return opened;
}

/** The files that still wait, in the order of their ids; what has died meanwhile is left out. */
export async function describeUploads(
  context: Context,
  uploadIds: readonly string[],
): Promise<Uploaded[]> {
  const { db, secrets, now } = context;
  const described: Uploaded[] = [];
  for (const uploadId of new Set(uploadIds)) {
    const keys = await deriveUploadKeys(secrets, uploadId);
    const upload = await findUpload(db, keys.lookup);
    if (!upload || upload.expiresAt < now()) continue;
    const { identity: _identity, ...facts } = await openFacts(keys.identity, upload.sealed);
    described.push({ uploadId, ...facts });
  }
  return described;
}

/** Whether what happened can be heard or seen in one of the files that wait. */
export async function hasRecording(context: Context, uploadIds: readonly string[]) {
  const uploads = await describeUploads(context, uploadIds);
  return uploads.some(({ type }) => isRecording(type));
}

/** Destroys a file that waits, for whoever holds its id; one that is not there any more is no failure. */
export async function removeUpload(
  { config, db, secrets }: Context,
  uploadId: string,
): Promise<void> {
  const { lookup } = await deriveUploadKeys(secrets, uploadId);
  const upload = await findUpload(db, lookup);
  if (!upload || !(await db.transaction((tx) => deleteUpload(tx, lookup)))) return;
  await dropFile(config.dataDir, upload.fileId);
}

/** Seals waiting files to a lead's content, for the transaction that takes them. */
export async function sealEvidence(
  waiting: WaitingFile[],
  lead: { contentRecipient: string; epoch: number },
  at: { origin: LeadEvidence['origin']; onDate: string },
): Promise<TakenFiles> {
  const files = waiting.map(async ({ upload: { fileId, fileHash }, facts }) => ({
    fileId,
    fileHash,
    ...at,
    epoch: lead.epoch,
    sealed: await sealFacts(lead.contentRecipient, facts),
  }));
  return {
    lookups: waiting.map(({ upload }) => upload.lookup),
    files: await Promise.all(files),
  };
}

/** Ties files to a lead, each once. Throws `evidence-gone` where another complaint took one meanwhile. */
export async function takeUploads(tx: Tx, leadId: string, taken: TakenFiles): Promise<void> {
  for (const lookup of taken.lookups) {
    if (!(await deleteUpload(tx, lookup))) throw gone();
  }
  await insertEvidence(tx, leadId, taken.files);
}

/** The files of a lead as another one gets them: the same file, its identity sealed to that one's content. */
export async function copyEvidence(
  { db }: Context,
  from: { lead: { id: string }; identities: ReadonlyMap<number, string> },
  to: { contentRecipient: string; epoch: number },
): Promise<NewEvidence[]> {
  const rows = await listEvidence(db, from.lead.id);
  const copies = rows.map(async ({ leadId: _leadId, seq: _seq, ...row }) => {
    const identity = from.identities.get(row.epoch);
    if (!identity) return [];
    const facts = await openFacts(identity, row.sealed);
    return [{ ...row, epoch: to.epoch, sealed: await sealFacts(to.contentRecipient, facts) }];
  });
  return (await Promise.all(copies)).flat();
}

async function sealFacts(recipient: string, facts: FileFacts): Promise<Buffer> {
  return sealPaddedJson([recipient], facts, FACTS_PADDED_TO);
}

export async function openFacts(identity: string, sealed: Uint8Array): Promise<FileFacts> {
  try {
    return FileFacts.parse(await openJson(identity, sealed));
  } catch (error) {
    throw error instanceof SealError ? gone() : error;
  }
}

function gone(): CodedError {
  const code = 'evidence-gone';
  const failure = new CodedError(code);
  return new CodedError(code, { evidence: failure.message });
}
