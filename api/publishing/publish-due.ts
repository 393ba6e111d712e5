import { existsSync } from 'node:fs';
import type { Context } from '#api/context.ts';
import { readBatch } from '#db/queries/batches.ts';
import { listRowsChangedAfter } from '#db/queries/public-data.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { readExportState } from './export-state.ts';
import type { ExportState } from './export-state.ts';
import { readLiveState } from './live-tree.ts';
import { openManifest } from './manifest.ts';
import { publishingPaths } from './paths.ts';
import { publish, recoverPublication } from './publish.ts';
import type { PublicationResult } from './publish.ts';
import { loadSiteBuild } from './site-build.ts';
import type { SiteBuild } from './site-build.ts';

/**
 * Publishes what nobody needs to start: once a day what reads differently from today on, after a new
 * version of the code its pages, after a restore the site, and what was to leave the site when the process
 * was stopped. Does nothing before the first publication. Null where nothing is due; throws
 * `publication-running` where another one runs.
 */
export async function publishDue(
  portal: Pick<Context, 'db' | 'secrets' | 'config' | 'now'>,
  options: { build?: SiteBuild } = {},
): Promise<PublicationResult | null> {
  const paths = publishingPaths(portal.config.dataDir);
  if (existsSync(paths.journal)) await recoverPublication(portal);
  const { onDate } = await openManifest(paths.public);
  if (onDate === null) return null;
  const build = options.build ?? (await loadSiteBuild());
  const live = await readLiveState(paths);
  const state = await readExportState(paths);
  if (!live || !state || (await mustLeave(portal.db, state))) return publish(portal, { build });
  const isToday = onDate === civilDateOf(portal.now());
  return isToday && live.buildId === build.id ? null : publish(portal, { build, scope: 'due' });
}

/** Whether a row or list that is on the site was taken down since. */
async function mustLeave(db: Reader, state: ExportState): Promise<boolean> {
  if ((await listRowsChangedAfter(db, state.auditSeq)).length > 0) return true;
  for (const id of Object.keys(state.batches)) {
    if ((await readBatch(db, id))?.status !== 'approved') return true;
  }
  return false;
}
