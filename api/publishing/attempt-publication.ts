import { join } from 'node:path';
import type { Context } from '#api/context.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { recordFindings } from '#services/publications.ts';
import type { PublicationOutcome } from '#services/publications.ts';
import { flush, moveIfThere, removeFolder, writeStaged } from './disk.ts';
import { exportPublicData } from './export.ts';
import type { Scope } from './export.ts';
import { readGateSettings } from './gate-settings.ts';
import { gateStanding } from './gate-standing.ts';
import { judgeStaged } from './judge-staged.ts';
import { commitJournal, finishJournal, putShrunkFirst, readLiveState } from './live-tree.ts';
import type { ObserveOperation } from './live-tree.ts';
import { openManifest } from './manifest.ts';
import { listPacked } from './pack.ts';
import { MANIFEST_FILE, NOINDEX_FILE, pageFile, publishingPaths } from './paths.ts';
import { renderPages } from './render.ts';
import type { SiteBuild } from './site-build.ts';
import { openStager } from './stager.ts';

export const STEPS = {
  export: '导出',
  render: '生成页面',
  compress: '压缩',
  gate: '泄露检查',
  live: '上线',
};
export type Step = keyof typeof STEPS;

export type PublishingPortal = Pick<Context, 'db' | 'secrets' | 'config' | 'now'>;

type Attempt = {
  id: string;
  build: SiteBuild;
  scope: Scope;
  starting?: readonly string[];
  timed: <T>(step: Step, work: () => Promise<T>) => Promise<T>;
  onOperation?: ObserveOperation;
};

/**
 * The steps from the store to the live site, in a publication that is recorded and holds the lock. Throws
 * PublicationRefused where the leak gate or the airlock refuses; nothing has changed then.
 */
export async function attemptPublication(
  portal: PublishingPortal,
  { id, build, scope, starting, timed, onOperation }: Attempt,
): Promise<PublicationOutcome & { standing: readonly string[]; isOfRows: boolean }> {
  const { db, config } = portal;
  const now = portal.now();
  const paths = publishingPaths(config.dataDir);
  const live = await readLiveState(paths);
  const manifest = await openManifest(paths.public);
  const isNewBuild = live?.buildId !== build.id;
  const newAssets = isNewBuild ? build.assets : new Map<string, Buffer>();
  const assets = [...newAssets.keys()];

  await using held = new AsyncDisposableStack();
  const { exported, settings, stager } = await timed('export', async () => {
    const source = { db, now, publicUrl: config.publicUrl, buildId: build.id, scope, starting };
    const made = await exportPublicData(source, paths, manifest);
    const hasAssets = assets.length > 0;
    const known = await readGateSettings(portal, paths, { ...made, hasAssets, manifest });
    const opened = held.use(openStager(portal, { ...paths, ...known }));
    await made.exportRest(opened);
    return { exported: made.exported, settings: known, stager: opened };
  });
  const rendered = await timed('render', async () => {
    for (const [file, data] of newAssets) {
      await stager.add({ kind: 'asset', where: `/${file}`, file, data: new Uint8Array(data) });
    }
    return renderPages(build, paths, manifest, exported, { live, now, stager });
  });
  // Most of both happened beside the rendering.
  await timed('compress', () => stager.finish());
  const goingLive = [...rendered.changed, ...exported.staged, ...assets.map((file) => `/${file}`)];
  const warnings = await timed('gate', async () => {
    const pages = { exported, rendered: rendered.changed, manifest };
    const ofStanding = await gateStanding(portal, paths, pages, settings);
    return judgeStaged(stager, exported.staged, goingLive, ofStanding);
  });
  const { batchIds: standing, isOfRows } = exported;
  const inspected = [
    ...rendered.changed,
    ...rendered.removed,
    ...exported.staged,
    ...exported.removed,
  ];
  const pages = rendered.changed.map(pageFile);
  const staged = listPacked(paths.stagedSite, [...assets, ...pages]);
  const pagesChanged = rendered.changed.length + rendered.removed.length;
  const isNothing = pagesChanged + exported.staged.size + exported.removed.size === 0;
  if (isNothing && !isNewBuild) {
    // How far the audit chain was looked through is worth keeping all the same.
    await timed('live', async () => {
      await moveIfThere(paths.stagedState, paths.state);
      await removeFolder(paths.staging);
    });
    const nothing = { pagesChanged: 0, manifestHash: null, standing, isOfRows };
    return { status: 'live', ...nothing, findings: warnings };
  }

  if (warnings.length > 0) await recordFindings(portal, id, warnings);
  const manifestHash = await timed('live', async () => {
    const sealed = await manifest.stage(paths.stagedPublic, civilDateOf(now));
    const { noindex } = rendered;
    if (noindex) writeStaged(join(paths.stagedSite, NOINDEX_FILE), JSON.stringify(noindex));
    const data = [...exported.staged, ...sealed.staged];
    const inPublic = [...data, MANIFEST_FILE].map((file) => join(paths.stagedPublic, file));
    const others = [paths.stagedState, join(paths.stagedSite, NOINDEX_FILE)];
    await flush([...staged, ...inPublic, ...others], paths.staging);
    await commitJournal(paths, {
      id,
      assets,
      removedPages: rendered.removed.map(pageFile),
      pages: await putShrunkFirst(paths, pages),
      obsoleteAssets: (live?.assets ?? []).filter((asset) => !build.assets.has(asset)),
      data,
      removedData: [...exported.removed, ...sealed.removed],
      chain: sealed.chain,
      live: {
        id,
        buildId: build.id,
        manifestHash: sealed.hash,
        pagesChanged,
        assets: [...build.assets.keys()],
      },
    });
    onOperation?.('committed');
    await finishJournal(paths, onOperation);
    return sealed.hash;
  });
  const result = { pagesChanged, manifestHash, standing, isOfRows, inspected };
  return { status: 'live', ...result, findings: warnings };
}
