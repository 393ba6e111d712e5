import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch } from '#db/queries/batches.ts';
import { readListRow } from '#db/queries/list-rows.ts';
import type { TakeDown } from '#rules/take-down.ts';
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
  const { personId } = actor;
  await takeDown({ ...context, actor: { personId, bodyCode: post.bodyCode } }, target);
  if (row && target.reason === 'PROTECTED') {
    await enterHousehold(context, actor, row, post.bodyCode);
  }
  void publishSoon(context, personId);
}
