import { join } from 'node:path';

/**
 * Where publishing keeps things below DATA_DIR. `public` and `site` are what is live; the rest is private,
 * never served and in no backup: without it the next publication starts from nothing.
 */
export function publishingPaths(dataDir: string) {
  const work = join(dataDir, '.publishing');
  const staging = join(dataDir, 'staging');
  return {
    public: join(dataDir, 'public'),
    site: join(dataDir, 'site'),
    work,
    /** What the next publication has made so far; thrown away unless the journal says otherwise. */
    staging,
    stagedPublic: join(staging, 'public'),
    stagedSite: join(staging, 'site'),
    stagedState: join(staging, 'state.json'),
    /** What has been exported, so that the next export reads only what changed. */
    state: join(work, 'state.json'),
    /** What timed publishing was refused lately. */
    refused: join(work, 'refused.json'),
    journal: join(work, 'journal.json'),
    lock: join(work, 'lock.json'),
  };
}
export type PublishingPaths = ReturnType<typeof publishingPaths>;

/** Names inside `site` and `public`. */
export const LIVE_FILE = '.live.json';
export const NOINDEX_FILE = '.noindex.json';
export const MANIFEST_FILE = 'manifest.json';
export const CHAIN_FILE = 'chain.jsonl';

/** `/places/1/` → `places/1/index.html`; `/404.html` → `404.html`. */
export function pageFile(path: string): string {
  return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
}
