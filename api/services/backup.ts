import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { create } from 'tar';
import { z } from 'zod';
import { openStore } from '#db/open.ts';
import { readAuditHead } from '#db/queries/audit.ts';
import { listKnownFiles } from '#db/queries/evidence.ts';
import type { Store } from '#db/store.ts';
import { isMissing } from '#publishing/disk.ts';
import { publishingPaths } from '#publishing/paths.ts';
import { SECRET_PURPOSES } from '#sealing/secrets.ts';
import type { Config } from '#api/config.ts';
import { evidencePath, makeEvidenceFolder } from './evidence-files.ts';
import { verifyPublic } from './verify-public.ts';
import { BrokenChainError } from './verify.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** `backup.json`, the first file of an archive: what it holds, and what it does not. */
export const BackupManifest = z.strictObject({
  format: z.literal(1),
  /** Epoch ms. */
  createdAt: z.number().int(),
  auditHead: z.strictObject({ seq: z.number().int(), hash }).nullable(),
  /** Secrets that are needed beside it, from their own copy. */
  secretsNotIncluded: z.array(z.string()),
  /** Paths below DATA_DIR, with `/`. */
  files: z.array(
    z.strictObject({ path: z.string().min(1), sha256: hash, bytes: z.number().int() }),
  ),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

export const MANIFEST_NAME = 'backup.json';
export const DATABASE_NAME = 'portal.db';
/**
 * The live site is rendered again from the public data, and what a publication keeps for itself must not
 * outlive it; the public data, the database and the files of complaints are copied by themselves.
 */
const LEFT_OUT =
  /^(site|public|staging|evidence|\.publishing|\.probe-.*|portal\.db(-wal|-shm|-journal)?|\.restore-.*)$/;
const ATTEMPTS = 10;

/**
 * Writes one archive (gzipped tar) of the database, the sealed files and the public data while the server
 * runs. It appears under its name only when complete: a kill leaves the backup before it, and what it had made
 * to the next backup beside it, which removes it. Throws
 * BrokenChainError where what is public does not hold.
 */
export async function createBackup(
  { db, config, now }: { db: Store; config: Config; now: number },
  file: string,
): Promise<BackupManifest> {
  await removeLeft(dirname(file));
  const name = `.backup-work-${process.pid}-${randomBytes(4).toString('hex')}`;
  const work = join(dirname(file), name);
  const data = join(work, 'data');
  try {
    await mkdir(data, { recursive: true, mode: 0o700 });
    await copyFiles(config.dataDir, data);
    // After the public files: the head they publish must be in the copy's audit chain.
    await db.backup(join(data, DATABASE_NAME));
    // After the database: a file is on the disk before a table names it.
    await copyEvidence(config.dataDir, data);
    const manifest: BackupManifest = {
      format: 1,
      createdAt: now,
      auditHead: await readHeadOf(join(data, DATABASE_NAME)),
      secretsNotIncluded: SECRET_PURPOSES.map((purpose) => `${purpose}.key`),
      files: await hashFiles(data),
    };
    await writeFile(join(work, MANIFEST_NAME), JSON.stringify(manifest, null, 2), { mode: 0o600 });
    const archive = join(work, 'archive.partial');
    const options = { file: archive, cwd: work, gzip: true, portable: true, strict: true };
    await create({ ...options, mode: 0o600 }, [MANIFEST_NAME, 'data']);
    await flush(archive);
    await rename(archive, file);
    await flush(dirname(file));
    return manifest;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const WORK = /^\.backup-work-(\d+)-[0-9a-f]{8}$/;

/** Removes what a backup that was killed had made. */
async function removeLeft(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const pid = Number(WORK.exec(name)?.[1]);
    if (!pid || isRunning(pid)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function copyFiles(from: string, to: string): Promise<void> {
  await copyPublic(from, to);
  for (const name of await readdir(from)) {
    if (!LEFT_OUT.test(name)) await cp(join(from, name), join(to, name), { recursive: true });
  }
}

/** A publication may go live meanwhile: copies until what was copied is one publication, whole. */
async function copyPublic(from: string, to: string): Promise<void> {
  const { public: live } = publishingPaths(from);
  const { public: copy } = publishingPaths(to);
  if (!existsSync(live)) return;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await cp(live, copy, { recursive: true, filter: (path) => !path.endsWith('.part') });
      await verifyPublic(copy);
      return;
    } catch (error) {
      if (!(error instanceof BrokenChainError || isMissing(error)) || attempt === ATTEMPTS) {
        throw error;
      }
      await rm(copy, { recursive: true, force: true });
      await setTimeout(200 * attempt);
    }
  }
}

/** The files that the copied database names. One that was destroyed since then is of a slot or lead that is gone. */
async function copyEvidence(from: string, to: string): Promise<void> {
  const copy = openStore(join(to, DATABASE_NAME));
  const files = await listKnownFiles(copy).finally(() => copy.close());
  if (files.size === 0) return;
  await makeEvidenceFolder(to);
  for (const fileId of files.keys()) {
    try {
      await cp(evidencePath(from, fileId), evidencePath(to, fileId), { preserveTimestamps: true });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
}

/** The head of the copy itself; the running portal may be further by now. */
async function readHeadOf(database: string) {
  const copy = openStore(database);
  try {
    const head = await readAuditHead(copy);
    return head && { seq: head.seq, hash: head.hash };
  } finally {
    await copy.close();
  }
}

/** Every file below a folder with its SHA-256, in the order of their paths. */
export async function hashFiles(dir: string): Promise<BackupManifest['files']> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files: BackupManifest['files'] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    const digest = createHash('sha256');
    let bytes = 0;
    for await (const chunk of createReadStream(full) as AsyncIterable<Buffer>) {
      digest.update(chunk);
      bytes += chunk.length;
    }
    const path = relative(dir, full).replaceAll('\\', '/');
    files.push({ path, sha256: digest.digest('hex'), bytes });
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
