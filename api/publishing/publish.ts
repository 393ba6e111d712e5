import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  closeInterruptedPublications,
  finishPublication,
  recordSteps,
  startPublication,
} from '#services/publications.ts';
import type { StepTime } from '#services/publications.ts';
import { expireCases, recordLiveCases } from '#services/live-cases.ts';
import { forgetReplacedLists } from '#services/replaced-lists.ts';
import { attemptPublication } from './attempt-publication.ts';
import type { PublishingPortal, Step } from './attempt-publication.ts';
import type { Scope } from './export.ts';
import { removeFolder } from './disk.ts';
import { listLiveCases } from './export-cases.ts';
import { finishJournal, readLiveState } from './live-tree.ts';
import type { ObserveOperation } from './live-tree.ts';
import { holdPublishing } from './lock.ts';
import { openManifest } from './manifest.ts';
import { publishingPaths } from './paths.ts';
import { createPublicReader } from './public-reader.ts';
import { PublicationRefused } from './refusal.ts';
import type { Finding } from './refusal.ts';
import { loadSiteBuild } from './site-build.ts';
import type { SiteBuild } from './site-build.ts';

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

export function newPublicationId(): string {
  return randomUUID();
}

/**
 * One publication, under the lock and on record: what changed goes live as a whole. A refusal leaves the
 * live site and the public data as they are, and says why. Throws `publication-running` where another one
 * runs; any other error is recorded as a failure and thrown on.
 */
export async function publish(
  portal: PublishingPortal,
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
    await expireCases(portal);
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
    const outcome = await attemptPublication(portal, { ...options, id, build, scope, timed }).catch(
      async (error: unknown) => {
        // Once the journal stands the publication happens, if not now then at the next start.
        if (existsSync(publishingPaths(dataDir).journal)) throw error;
        const isRefusal = error instanceof PublicationRefused;
        const failed: Finding = { kind: 'failed', severity: 'refused', where: '/' };
        const findings = isRefusal ? error.findings : [failed];
        await removeFolder(publishingPaths(dataDir).staging);
        await finishPublication(portal, id, { ...REFUSED, steps, findings }, startedBy);
        if (isRefusal) return { ...REFUSED, findings };
        throw error;
      },
    );
    if (outcome.status === 'live') {
      await finishPublication(portal, id, { ...outcome, steps }, startedBy);
      await recordLiveCases(portal, await readLiveCases(dataDir));
      if (!outcome.isOfRows) await forgetReplacedLists(portal, outcome.standing);
    }
    const { status, pagesChanged, findings } = outcome;
    return { id, status, pagesChanged, steps, findings };
  });
}

async function readLiveCases(dataDir: string): Promise<string[]> {
  return listLiveCases(createPublicReader(publishingPaths(dataDir).public));
}

async function isFirst(dataDir: string): Promise<boolean> {
  return (await openManifest(publishingPaths(dataDir).public)).onDate === null;
}

const REFUSED = {
  status: 'refused',
  pagesChanged: 0,
  manifestHash: null,
  standing: [],
  isOfRows: false,
} as const;

/**
 * Finishes or clears away what a stopped process left behind, and closes its records. The first act of a
 * start; does nothing while another process publishes.
 */
export async function recoverPublication(portal: PublishingPortal): Promise<void> {
  await holdPublishing(portal.config.dataDir, () => recover(portal));
}

async function recover(portal: PublishingPortal, onOperation?: ObserveOperation): Promise<void> {
  const paths = publishingPaths(portal.config.dataDir);
  await finishJournal(paths, onOperation);
  const live = await readLiveState(paths);
  await closeInterruptedPublications(portal, live);
}
