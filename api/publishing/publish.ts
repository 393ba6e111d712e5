import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#api/context.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import {
  closeInterruptedPublications,
  finishPublication,
  recordSteps,
  startPublication,
} from '#services/publications.ts';
import type { PublicationOutcome, StepTime } from '#services/publications.ts';
import { forgetReplacedLists } from '#services/replaced-lists.ts';
import { flush, moveIfThere, writeStaged } from './disk.ts';
import { exportPublicData } from './export.ts';
import type { Scope } from './export.ts';
import { gateStaged } from './gate-staged.ts';
import { commitJournal, finishJournal, putShrunkFirst, readLiveState } from './live-tree.ts';
import type { ObserveOperation } from './live-tree.ts';
import { holdPublishing } from './lock.ts';
import { openManifest } from './manifest.ts';
import { listPacked } from './pack.ts';
import { openPacker } from './packer.ts';
import { MANIFEST_FILE, NOINDEX_FILE, pageFile, publishingPaths } from './paths.ts';
import { PublicationRefused } from './refusal.ts';
import type { Finding } from './refusal.ts';
import { renderPages } from './render.ts';
import { loadSiteBuild } from './site-build.ts';
import type { SiteBuild } from './site-build.ts';

export const STEPS = {
  export: '导出',
  render: '生成页面',
  compress: '压缩',
  gate: '泄露检查',
  live: '上线',
};
export type Step = keyof typeof STEPS;

export type PublishOptions = {
  /** Known to the caller before the first step; see `newPublicationId`. */
  id?: string;
  /** The person who started it; null for the command line and the timer. */
  startedBy?: string | null;
  build?: SiteBuild;
  /** Everything approved, unless said otherwise; before the first publication nothing else publishes. */
  scope?: Scope;
  /** Of the notices whose hour has come, those that may appear; absent: all. */
  starting?: readonly string[];
  onStep?: (time: { step: Step; ms: number }) => void;
  onOperation?: ObserveOperation;
};
export type PublicationResult = {
  id: string;
  status: 'live' | 'refused';
  pagesChanged: number;
  steps: StepTime[];
  findings: Finding[];
};

type Portal = Pick<Context, 'db' | 'secrets' | 'config' | 'now'>;

export function newPublicationId(): string {
  return randomUUID();
}

/**
import { flush, moveIfThere, writeStaged } from './disk.ts';
 * live site and the public data as they are, and says why. Throws `publication-running` where another one
 * runs; any other error is recorded as a failure and thrown on.
 */
export async function publish(
  portal: Portal,
  options: PublishOptions = {},
): Promise<PublicationResult> {
  const { id = newPublicationId(), startedBy = null, scope = 'approved' } = options;
  const { onStep, onOperation } = options;
  const { dataDir } = portal.config;
  const build = options.build ?? (await loadSiteBuild());
  return holdPublishing(dataDir, async () => {
    await recover(portal, onOperation);
    const steps: StepTime[] = [];
    if (scope !== 'approved' && (await isFirst(dataDir))) {
      return { id, status: 'live', pagesChanged: 0, steps, findings: [] };
    }
    await startPublication(portal, id, startedBy, scope);
    async function timed<T>(step: Step, work: () => Promise<T>): Promise<T> {
      const begun = performance.now();
      try {
        return await work();
      } finally {
        const time = { step, ms: Math.round(performance.now() - begun) };
        steps.push(time);
        onStep?.(time);
        if (step !== 'live') await recordSteps(portal, id, steps);
      }
    }
    const outcome = await attempt(portal, { ...options, id, build, scope, timed }).catch(
      async (error: unknown) => {
        // Once the journal stands the publication happens, if not now then at the next start.
        if (existsSync(publishingPaths(dataDir).journal)) throw error;
        const isRefusal = error instanceof PublicationRefused;
        const failed: Finding = { kind: 'failed', severity: 'refused', where: '/' };
        const findings = isRefusal ? error.findings : [failed];
        await rm(publishingPaths(dataDir).staging, { recursive: true, force: true });
        await finishPublication(portal, id, { ...REFUSED, steps, findings }, startedBy);
        if (isRefusal) return { ...REFUSED, findings };
        throw error;
      },
    );
    if (outcome.status === 'live') {
      await finishPublication(portal, id, { ...outcome, steps }, startedBy);
      await forgetReplacedLists(portal, outcome.standing);
    }
    const { status, pagesChanged, findings } = outcome;
    return { id, status, pagesChanged, steps, findings };
  });
}

async function isFirst(dataDir: string): Promise<boolean> {
  return (await openManifest(publishingPaths(dataDir).public)).onDate === null;
}

const REFUSED = { status: 'refused', pagesChanged: 0, manifestHash: null, standing: [] } as const;

/**
 * Finishes or clears away what a stopped process left behind, and closes its records. The first act of a
 * start; does nothing while another process publishes.
 */
export async function recoverPublication(portal: Portal): Promise<void> {
  await holdPublishing(portal.config.dataDir, () => recover(portal));
}

async function recover(portal: Portal, onOperation?: ObserveOperation): Promise<void> {
  const paths = publishingPaths(portal.config.dataDir);
  await finishJournal(paths, onOperation);
  const live = await readLiveState(paths);
  await closeInterruptedPublications(portal, live);
}

type Attempt = {
  id: string;
  build: SiteBuild;
  scope: Scope;
  starting?: readonly string[];
  timed: <T>(step: Step, work: () => Promise<T>) => Promise<T>;
  onOperation?: ObserveOperation;
};

async function attempt(
  portal: Portal,
  { id, build, scope, starting, timed, onOperation }: Attempt,
): Promise<PublicationOutcome & { standing: readonly string[] }> {
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
    gateStaged(portal, paths, { exported, pages: rendered.changed, assets }),
  );
  const standing = exported.batchIds;
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
    return { status: 'live', pagesChanged: 0, manifestHash: null, findings: warnings, standing };
  }

  const manifestHash = await timed('live', async () => {
    const sealed = await manifest.stage(paths.stagedPublic, civilDateOf(now));
    await writeStaged(join(paths.stagedSite, NOINDEX_FILE), JSON.stringify(rendered.noindex));
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
  return { status: 'live', pagesChanged, manifestHash, findings: warnings, standing, inspected };
}
