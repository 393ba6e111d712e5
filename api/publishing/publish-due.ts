import { existsSync } from 'node:fs';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listApprovedAmong, listBegunNotices } from '#db/queries/notices.ts';
import { listRowsChangedAfter } from '#db/queries/public-data.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { listLeavingCases } from './export-cases.ts';
import { readExportState } from './export-state.ts';
import type { ExportState } from './export-state.ts';
import { readLiveState } from './live-tree.ts';
import { openManifest } from './manifest.ts';
import { publishingPaths } from './paths.ts';
import { publish, recoverPublication } from './publish.ts';
import type { PublicationResult, PublishOptions } from './publish.ts';
import { rememberRefusals } from './refused-due.ts';
import { loadSiteBuild } from './site-build.ts';
import type { SiteBuild } from './site-build.ts';

type Portal = Pick<Context, 'db' | 'secrets' | 'config' | 'now'>;

/**
 * Publishes what nobody needs to start: notices at the hour they begin and end, once a day what reads
 * differently from today on, after a new version of the code its pages, after a restore the site, and what
 * was to leave the site when the process was stopped. What leaves does so first and by itself, so that
 * nothing that appears can keep it. What was refused is tried again an hour later. Cheap where nothing is
 * due, and before the first publication nothing is: null. Throws `publication-running` where another one
 * runs.
 */
export async function publishDue(
  portal: Portal,
  options: { build?: SiteBuild } = {},
): Promise<PublicationResult | null> {
  const paths = publishingPaths(portal.config.dataDir);
  if (existsSync(paths.journal)) await recoverPublication(portal);
  const { onDate } = await openManifest(paths.public);
  if (onDate === null) return null;
  const build = options.build ?? (await loadSiteBuild());
  const live = await readLiveState(paths);
  const state = await readExportState(paths);
  const refusals = rememberRefusals(paths, portal.now());
  let worst: PublicationResult | null = null;
  async function attempt(what: string, how: PublishOptions): Promise<boolean> {
    if (await refusals.has(what)) return false;
    const result = await publish(portal, { build, ...how });
    if (worst?.status !== 'refused') worst = result;
    if (result.status === 'refused') await refusals.add(what);
    return result.status === 'live';
  }

  if (!live || !state) {
    await attempt('restore', { scope: 'approved' });
    return worst;
  }
  const leaving = await listLeaving(portal, state);
  const isAnew = onDate !== civilDateOf(portal.now()) || live.buildId !== build.id;
  if (isAnew || leaving.length > 0) {
    await attempt(['standing', build.id, ...leaving].join(' '), { scope: 'standing' });
  }
  const begun = await listBegun(portal, state);
  if (begun.length === 0) return worst;
  const together = await attempt(['due', ...begun].join(' '), { scope: 'due' });
  if (together || begun.length === 1) return worst;
  for (const id of begun) await attempt(`due ${id}`, { scope: 'due', starting: [id] });
  return worst;
}

/** The same for timers: where another process publishes (`busy`), the next minute will do. */
export async function publishWhenDue(portal: Portal): Promise<PublicationResult | 'busy' | null> {
  try {
    return await publishDue(portal);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'publication-running') return 'busy';
    throw error;
  }
}

/** Notices whose hour has come and that are not on the site yet. */
async function listBegun({ db, now }: Portal, state: ExportState): Promise<string[]> {
  const instant = now();
  const found = await listBegunNotices(db, instant, instant);
  return found
    .filter((batch) => batch.status === 'approved' && !(batch.id in state.notices))
    .map((batch) => batch.id);
}

/** Lists, notices and cases on the site that are no longer to be there as they are. */
async function listLeaving({ db, now, config }: Portal, state: ExportState): Promise<string[]> {
  const { public: published } = publishingPaths(config.dataDir);
  const cases = await listLeavingCases({ db, now }, published);
  const ids = [...Object.keys(state.batches), ...Object.keys(state.running)];
  const approved = new Set((await listApprovedAmong(db, ids)).map((batch) => batch.id));
  const rows = await listRowsChangedAfter(db, state.auditSeq);
  const changed = new Set(rows.map((row) => row.batchId));
  const instant = now();
  const lists = ids.filter(
    (id) => !approved.has(id) || changed.has(id) || (state.running[id] ?? Infinity) <= instant,
  );
  return [...lists, ...cases];
}
