import { z } from 'zod';
import type { Context } from '#api/context.ts';
import { readPersonNames } from '#db/queries/batches.ts';
import type { Publication } from '#db/queries/publications.ts';
import { listPublications } from '#db/queries/publications.ts';
import type { Reader } from '#db/store.ts';
import { STEPS } from '#publishing/attempt-publication.ts';
import { adviseOn, describeFinding } from '#publishing/refusal.ts';
import type { Finding } from '#publishing/refusal.ts';

const StoredSteps = z.array(z.object({ step: z.string(), ms: z.number() }));
/** Publications of the page that lists them. */
const LISTED = 10;

/** The last publication with all its steps in order, those that are still to come included; or null. */
export async function readLatestPublication({ db }: Pick<Context, 'db'>) {
  const [latest] = await listPublications(db, 1);
  if (!latest) return null;
  const [described] = await describeAll(db, [latest]);
  const done = new Map(
    StoredSteps.parse(JSON.parse(latest.steps)).map(({ step, ms }) => [step, ms]),
  );
  const steps = Object.entries(STEPS).map(([step, label]) => ({
    step,
    label,
    ms: done.get(step) ?? null,
  }));
  return described ? { ...described, steps } : null;
}

/** The last publications, the newest first. */
export async function listLatestPublications({ db }: Pick<Context, 'db'>) {
  return describeAll(db, await listPublications(db, LISTED));
}

async function describeAll(db: Reader, publications: Publication[]) {
  const names = await readPersonNames(
    db,
    publications.flatMap(({ startedBy }) => startedBy ?? []),
  );
  return publications.map((publication) => {
    const { id, scope, status, startedAt, finishedAt, startedBy } = publication;
    const findings = JSON.parse(publication.findings ?? '[]') as Finding[];
    return {
      id,
      scope,
      status,
      startedAt,
      finishedAt,
      startedBy: startedBy && (names.get(startedBy) ?? ''),
      pagesChanged: publication.pagesChanged,
      manifestHash: publication.manifestHash,
      findings: findings.map((finding) => ({
        severity: finding.severity,
        words: describeFinding(finding),
        advice: adviseOn(finding),
      })),
    };
  });
}
