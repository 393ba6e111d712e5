import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readIfThere, sha256 } from '#publishing/disk.ts';
import { MANIFEST_FILE, publishingPaths } from '#publishing/paths.ts';
import type { KnownBuild } from './verify-pages.ts';
import { verifyPublic } from './verify-public.ts';
import { BrokenChainError } from './verify.ts';

const ATTEMPTS = 8;
const PAUSE_MS = 200;

/**
 * `verifyPublic` of a portal that may be running: while a publication goes live the folders hold parts of two, so it
 * looks again until they hold one. Throws BrokenChainError, also where one was stopped on its way.
 */
export async function verifyLive(dataDir: string, build: KnownBuild) {
  const { public: folder, site, journal } = publishingPaths(dataDir);
  const readVersion = async () => sha256((await readIfThere(join(folder, MANIFEST_FILE))) ?? '');
  for (let attempt = 1; ; attempt += 1) {
    const before = { isMoving: existsSync(journal), version: await readVersion() };
    try {
      return await verifyPublic(folder, site, build);
    } catch (error) {
      if (!(error instanceof BrokenChainError)) throw error;
      const isMoving = before.isMoving || existsSync(journal);
      if (!isMoving && before.version === (await readVersion())) throw error;
      if (attempt === ATTEMPTS) throw existsSync(journal) ? stopped(error) : error;
    }
    await setTimeout(PAUSE_MS * attempt);
  }
}

function stopped({ seq, message }: BrokenChainError): BrokenChainError {
  const advice =
    'a publication was stopped while it went live; npm run publish -- --due finishes it';
  return new BrokenChainError(seq, `${message} (${advice})`);
}
