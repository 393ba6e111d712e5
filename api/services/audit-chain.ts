import type { Actor, Context } from '#api/context.ts';
import { readAuditHead } from '#db/queries/audit.ts';
import { readJobRun } from '#db/queries/job-runs.ts';
import { publishingPaths } from '#publishing/paths.ts';
import { appendAudit } from './audit.ts';
import { recordJobRun } from './job-runs.ts';
import { requirePostAt } from './list-access.ts';
import { readPublishedHead } from './verify-public.ts';
import { BrokenChainError, verifyAuditChain } from './verify.ts';

/** The timed job that recomputes the chain, as rules/timed-jobs names it. */
const CHECK = 'verify-audit';

/** Recomputes the whole chain and holds it against the head that was published. Throws BrokenChainError. */
export async function checkAuditChain({ db, config }: Pick<Context, 'db' | 'config'>) {
  const { public: folder } = publishingPaths(config.dataDir);
  return verifyAuditChain(db, await readPublishedHead(folder));
}

/** How the chain stands: its head, the published one, and when it was last recomputed with what outcome. */
export async function readAuditChain(context: Pick<Context, 'db' | 'config'>) {
  const { db, config } = context;
  const head = await readAuditHead(db);
  const published = await readPublishedHead(publishingPaths(config.dataDir).public);
  const run = await readJobRun(db, CHECK);
  return {
    head: head?.hash ?? null,
    published: published ? { hash: published.hash, onDate: published.onDate } : null,
    checked: run?.finishedAt ? { at: run.finishedAt, holds: run.outcome === 'done' } : null,
  };
}

/** Recomputes the chain now, for somebody who asks; what was found stands in `checked`. */
export async function checkAuditChainNow(context: Context, actor: Actor) {
  const { bodyCode } = requirePostAt(actor, 'audit.read', undefined);
  await recordJobRun(context, CHECK, () => checkAuditChain(context)).catch((error: unknown) => {
    if (!(error instanceof BrokenChainError)) throw error;
  });
  await context.db.transaction(async (tx) => {
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'audit.verify',
      subjectKind: 'audit',
      subjectId: 'chain',
      personId: actor.personId,
      bodyCode,
    });
  });
  return readAuditChain(context);
}
