import { mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { BackupManifest, DATABASE_NAME, MANIFEST_NAME, hashFiles } from './backup.ts';

/** Why an archive is not restored, in a sentence for the operator. */
export class RestoreError extends Error {
  override name = 'RestoreError';
}

/**
 * Unpacks a backup into an empty folder and checks every file against the archive's manifest before
 * anything gets its name. The database comes last, so a restore that was cut off is never taken for a
 * portal.
 */
export async function restoreBackup(file: string, dataDir: string): Promise<BackupManifest> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if ((await readdir(dataDir)).length > 0) {
    throw new RestoreError(`${dataDir} is not empty. Restore into an empty folder.`);
  }
  const work = await mkdtemp(join(dataDir, '.restore-'));
  try {
    const manifest = await unpack(file, work);
    const names = await readdir(join(work, 'data'));
    for (const name of names.filter((entry) => entry !== DATABASE_NAME)) {
      await rename(join(work, 'data', name), join(dataDir, name));
    }
    await rename(join(work, 'data', DATABASE_NAME), join(dataDir, DATABASE_NAME));
    return manifest;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function unpack(file: string, work: string): Promise<BackupManifest> {
  try {
    await extract({
      file,
      cwd: work,
      strict: true,
      preserveOwner: false,
      filter: (_path, entry) =>
        'type' in entry && (entry.type === 'File' || entry.type === 'Directory'),
    });
  } catch {
    throw new RestoreError(`${file} cannot be unpacked: it is missing, damaged or not a backup.`);
  }
  const manifest = await readManifest(join(work, MANIFEST_NAME), file);
  const found = new Map((await hashFiles(join(work, 'data'))).map((entry) => [entry.path, entry]));
  for (const { path, sha256, bytes } of manifest.files) {
    const entry = found.get(path);
    if (!entry) throw new RestoreError(`${path} is missing in the backup. Nothing was restored.`);
    if (entry.sha256 !== sha256 || entry.bytes !== bytes) {
      throw new RestoreError(`${path} was changed in the backup. Nothing was restored.`);
    }
    found.delete(path);
  }
  const [extra] = found.keys();
  if (extra) throw new RestoreError(`${extra} is not listed in the backup. Nothing was restored.`);
  if (!manifest.files.some((entry) => entry.path === DATABASE_NAME)) {
    throw new RestoreError('the backup holds no database. Nothing was restored.');
  }
  return manifest;
}

async function readManifest(path: string, file: string): Promise<BackupManifest> {
  try {
    return BackupManifest.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw new RestoreError(`${file} has no readable ${MANIFEST_NAME}: it is not a backup.`);
  }
}
