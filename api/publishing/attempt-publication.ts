import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#api/context.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { PublicationOutcome } from '#services/publications.ts';
import { flush, moveIfThere, writeStaged } from './disk.ts';
import { exportPublicData } from './export.ts';
import type { Scope } from './export.ts';
import { gateStaged } from './gate-staged.ts';
import { commitJournal, finishJournal, putShrunkFirst, readLiveState } from './live-tree.ts';
import type { ObserveOperation } from './live-tree.ts';
import { openManifest } from './manifest.ts';
import { listPacked } from './pack.ts';
import { openPacker } from './packer.ts';
import { MANIFEST_FILE, NOINDEX_FILE, pageFile, publishingPaths } from './paths.ts';
import { renderPages } from './render.ts';
import type { SiteBuild } from './site-build.ts';

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

  const exported = await timed('export', () => {
    const source = { db, now, publicUrl: config.publicUrl, buildId: build.id, scope, starting };
    return exportPublicData(source, paths, manifest);
  });
  await using packer = openPacker(paths.stagedSite);
  const rendered = await timed('render', async () => {
    for (const [file, data] of newAssets) await packer.add(file, new Uint8Array(data));
    return renderPages(build, paths, manifest, exported, { live, now, packer });
  });
  // Most of it happened beside the rendering.
  await timed('compress', () => packer.finish());
  const warnings = await timed('gate', () =>
    gateStaged(portal, paths, { exported, pages: rendered.changed, assets, manifest }),
  );
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
  const isNothing = pagesChanged + exported.staged.length + exported.removed.size === 0;
  if (isNothing && !isNewBuild) {
    // How far the audit chain was looked through is worth keeping all the same.
    await timed('live', async () => {
      await moveIfThere(paths.stagedState, paths.state);
      await rm(paths.staging, { recursive: true, force: true });
    });
    const nothing = { pagesChanged: 0, manifestHash: null, standing, isOfRows };
    return { status: 'live', ...nothing, findings: warnings };
  }

  const manifestHash = await timed('live', async () => {
    const sealed = await manifest.stage(paths.stagedPublic, civilDateOf(now));
    const { noindex } = rendered;
    if (noindex) await writeStaged(join(paths.stagedSite, NOINDEX_FILE), JSON.stringify(noindex));
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
