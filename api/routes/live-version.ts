import { statSync } from 'node:fs';
import { join } from 'node:path';
import { LIVE_FILE } from '#publishing/paths.ts';

const CHECK_EVERY_MS = 100;

/** Answers text that changes when a publication has gone live; looks at the disk ten times a second at most. */
export function watchLiveTree(site: string): () => string {
  let version = '';
  let checkedAt = Number.NEGATIVE_INFINITY;
  return function readVersion() {
    const at = performance.now();
    if (at - checkedAt < CHECK_EVERY_MS) return version;
    checkedAt = at;
    const stat = statSync(join(site, LIVE_FILE), { throwIfNoEntry: false });
    version = stat ? `${stat.ino} ${stat.mtimeMs}` : '';
    return version;
  };
}
