import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch, withdrawEarlierBatches } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { readListRow } from '#db/queries/list-rows.ts';
import type { Tx } from '#db/store.ts';
import type { TakeDown } from '#rules/take-down.ts';
import { appendAudit } from './audit.ts';
import { postsWith } from './list-access.ts';
import { enterHousehold } from './protected-households.ts';
import { takeDown } from './publications.ts';
import { publishSoon } from './publish-in-background.ts';

/**
 * Takes a household or a whole list off the site: withheld at once, published without it as soon as no
 * other publication runs. For those who may take down at the publishing body or above it. A household
 * that must be kept confidential enters the register, so that no later list names it.
 */
export async function takeOffSite(context: Context, actor: Actor, target: TakeDown): Promise<void> {
  const { db } = context;
  const row = target.kind === 'row' ? await readListRow(db, target.id) : null;
  const batch = await readBatch(db, target.kind === 'row' ? (row?.batchId ?? '') : target.id);
  const post = postsWith(actor, ['takedown']).find(
    (each) => batch && each.scope.includes(batch.bodyCode),
  );
  if (!batch || !post) throw new CodedError('not-found');
  const by = { personId: actor.personId, bodyCode: post.bodyCode };
  await takeDown({ ...context, actor: by }, target, async (tx) => {
    if (target.kind === 'list') await withdrawEarlier(tx, context, batch, by);
    if (row && target.reason === 'PROTECTED') await enterHousehold(tx, context, row, by);
  });
  void publishSoon(context, by.personId);
}

/** Lists that are off the site already and must not come back when the newest is withdrawn. */
async function withdrawEarlier(
  tx: Tx,
  { secrets, now }: Pick<Context, 'secrets' | 'now'>,
  batch: Batch,
  by: { personId: string; bodyCode: string },
): Promise<void> {
  for (const id of await withdrawEarlierBatches(tx, batch)) {
    await appendAudit(tx, secrets, now(), {
      action: 'batch.withdraw-replaced',
      subjectKind: 'batch',
      subjectId: id,
      ...by,
    });
  }
}
