import { mkdir, open, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  flush,
  forEachLimited,
  isMissing,
  moveIfThere,
  readIfThere,
  removeFile,
  removeFolder,
  writeAtomically,
} from './disk.ts';
import { CHAIN_FILE, LIVE_FILE, MANIFEST_FILE, NOINDEX_FILE } from './paths.ts';
import type { PublishingPaths } from './paths.ts';

/** What the live tree says of itself; written last, so that a new one means a whole publication. */
export type LiveState = {
  id: string;
  buildId: string;
  manifestHash: string;
  pagesChanged: number;
  assets: string[];
};

/** Everything that turns the old state into the new one; every line may be carried out twice. */
export type Journal = {
  id: string;
  /** Files below `site`, each with its variants: new assets first, pages in the order to follow. */
  assets: string[];
  removedPages: string[];
  pages: string[];
  obsoleteAssets: string[];
  /** Files below `public`. */
  data: string[];
  removedData: string[];
  chain: { offset: number; line: string };
  live: LiveState;
};

/** Called after each operation, by its name; a test stops the process here. */
export type ObserveOperation = (operation: string) => void;

const AT_ONCE = 8;
export const VARIANTS = ['.br', '.gz'] as const;

export async function readLiveState(paths: PublishingPaths): Promise<LiveState | null> {
  const data = await readIfThere(join(paths.site, LIVE_FILE));
  return data ? (JSON.parse(data.toString('utf8')) as LiveState) : null;
}

/** From here on the publication happens, if need be at the next start. All that is staged is on the disk. */
export async function commitJournal(paths: PublishingPaths, journal: Journal): Promise<void> {
  await mkdir(paths.work, { recursive: true, mode: 0o700 });
  await writeAtomically(paths.journal, JSON.stringify(journal));
}

/**
 * Finishes a publication that was interrupted while going live, and clears away what one left behind that
 * never got so far. Only for who holds the lock.
 */
export async function finishJournal(
  paths: PublishingPaths,
  observe: ObserveOperation = () => undefined,
): Promise<void> {
  const data = await readIfThere(paths.journal);
  if (data) await goLive(paths, JSON.parse(data.toString('utf8')) as Journal, observe);
  else await removeFolder(paths.staging);
}

async function goLive(paths: PublishingPaths, journal: Journal, observe: ObserveOperation) {
  const { site, stagedSite, stagedPublic } = paths;
  await mkdir(site, { recursive: true });
  await mkdir(paths.public, { recursive: true });
  const each = (files: string[], work: (file: string) => Promise<void>) =>
    forEachLimited(files, AT_ONCE, async (file) => {
      await work(file);
      observe(file);
    });

  await each(journal.assets, (file) => replaceFile(stagedSite, site, file));
  await each(journal.removedPages, (file) => removePage(site, file));
  await each(journal.pages, (file) => replaceFile(stagedSite, site, file));
  await each(journal.removedData, (file) => removeFile(join(paths.public, file)));
  await each(journal.data, async (file) => {
    await moveIfThere(join(stagedPublic, file), join(paths.public, file));
  });
  await writeChainLink(join(paths.public, CHAIN_FILE), journal.chain);
  observe(CHAIN_FILE);
  await moveIfThere(join(stagedPublic, MANIFEST_FILE), join(paths.public, MANIFEST_FILE));
  observe(MANIFEST_FILE);
  await moveIfThere(paths.stagedState, paths.state);
  await each(journal.obsoleteAssets, (file) => removePage(site, file));
  await moveIfThere(join(stagedSite, NOINDEX_FILE), join(site, NOINDEX_FILE));
  await flushTrees(paths, journal);
  await writeAtomically(join(site, LIVE_FILE), JSON.stringify(journal.live));
  observe(LIVE_FILE);
  await removeFile(paths.journal);
  observe('journal');
  await removeFolder(paths.staging);
}

/**
 * Puts a file and its compressed variants in the place of others. A variant is never older than its file:
 * the old variants go before, the new ones come after.
 */
async function replaceFile(from: string, to: string, file: string): Promise<void> {
  const folder = dirname(file);
  if (folder !== '.' && (await moveNewFolder(join(from, folder), join(to, folder)))) return;
  if ((await readSize(join(from, file))) !== null) {
    for (const variant of VARIANTS) await removeFile(join(to, file + variant));
    await moveIfThere(join(from, file), join(to, file));
  }
  for (const variant of VARIANTS) {
    await moveIfThere(join(from, file + variant), join(to, file + variant));
  }
}

/**
 * Moves a folder as a whole, with what lies below it; one that is gone was moved before. False where it is
 * live already, and its old files have to go one by one.
 */
async function moveNewFolder(from: string, to: string): Promise<boolean> {
  try {
    await moveIfThere(from, to);
    return true;
  } catch (error) {
    if (isFull(error)) return false;
    throw error;
  }
}

function isFull(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
}

async function removePage(site: string, file: string): Promise<void> {
  for (const variant of [...VARIANTS, '']) await removeFile(join(site, file + variant));
  const folder = dirname(join(site, file));
  if (folder === site) return;
  try {
    await rmdir(folder);
  } catch (error) {
    if (!isMissing(error) && !isFull(error)) throw error;
  }
}

/** Files below `site` in the order to go live: those that lose something first. */
export async function putShrunkFirst(
  { site, stagedSite }: PublishingPaths,
  files: readonly string[],
): Promise<string[]> {
  const growths = new Map<string, number>();
  await forEachLimited(files, AT_ONCE, async (file) => {
    const before = await readSize(join(site, file));
    const after = before === null ? null : await readSize(join(stagedSite, file));
    growths.set(file, before === null ? 1 : (after ?? 0) - before);
  });
  return files.toSorted((a, b) => Math.sign(growths.get(a) ?? 0) - Math.sign(growths.get(b) ?? 0));
}

/** In bytes; null where there is no such file. */
async function readSize(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function writeChainLink(file: string, { offset, line }: Journal['chain']): Promise<void> {
  const handle = await open(file, 'a+').then(async (appended) => {
    await appended.close();
    return open(file, 'r+');
  });
  try {
    await handle.truncate(offset);
    await handle.write(line, offset);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Every folder in which a name changed. */
async function flushTrees(paths: PublishingPaths, journal: Journal): Promise<void> {
  const inSite = [...journal.assets, ...journal.removedPages, ...journal.pages];
  const inPublic = [...journal.data, ...journal.removedData];
  const folders = [
    ...inSite.map((file) => dirname(join(paths.site, file))),
    ...inPublic.map((file) => dirname(join(paths.public, file))),
    paths.site,
    join(paths.site, 'places'),
    paths.public,
    paths.work,
  ];
  await flush([...new Set(folders)], paths.site);
}
