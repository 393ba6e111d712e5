import { z } from 'zod';
import type { Context } from '#api/context.ts';
import { readPersonNames } from '#db/queries/batches.ts';
import { listPublications } from '#db/queries/publications.ts';
import { STEPS } from '#publishing/publish.ts';
import { describeFinding } from '#publishing/refusal.ts';
import type { Finding } from '#publishing/refusal.ts';

const StoredSteps = z.array(z.object({ step: z.string(), ms: z.number() }));

/** The last publication with all its steps in order, those that are still to come included; or null. */
export async function readLatestPublication({ db }: Pick<Context, 'db'>) {
  const [latest] = await listPublications(db, 1);
  if (!latest) return null;
  const { id, status, startedAt, finishedAt, startedBy, pagesChanged, manifestHash } = latest;
  const done = new Map(
    StoredSteps.parse(JSON.parse(latest.steps)).map(({ step, ms }) => [step, ms]),
  );
  const names = startedBy ? await readPersonNames(db, [startedBy]) : new Map<string, string>();
  const findings = JSON.parse(latest.findings ?? '[]') as Finding[];
  return {
    id,
    status,
    startedAt,
    finishedAt,
    startedBy: startedBy ? (names.get(startedBy) ?? '') : null,
    pagesChanged,
    manifestHash,
    steps: Object.entries(STEPS).map(([step, label]) => ({
      step,
      label,
      ms: done.get(step) ?? null,
    })),
    findings: findings.map((finding) => ({
      severity: finding.severity,
      words: describeFinding(finding),
    })),
  };
}
