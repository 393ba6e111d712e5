import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listNewestBatches, moveBatch, readBatch } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { readBody } from '#db/queries/bodies.ts';
import { moveRowVisibility, readListRow } from '#db/queries/list-rows.ts';
import { listProtectedAmong } from '#db/queries/protected-households.ts';
import { listStandingRowsOf } from '#db/queries/standing-rows.ts';
import { decideTakeDown, readTakeDown } from '#db/queries/take-downs.ts';
import type { StoredTakeDown } from '#db/queries/take-downs.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { LIST_STEPS } from '#rules/list-lifecycle.ts';
import { publicReasonOf } from '#rules/take-down.ts';
import type { TakeDown } from '#rules/take-down.ts';
import { appendAudit } from './audit.ts';
import { postsWith } from './list-access.ts';
import { publishSoon } from './publish-in-background.ts';
import { countListed, isStanding, reportCorrection } from './standing-lists.ts';

export type TakeDownDecision = 'confirm' | 'reverse';
const DECIDED = { confirm: 'confirmed', reverse: 'reversed' } as const;
type Step = { tx: Tx; context: Context; batch: Batch; by: { personId: string; bodyCode: string } };

/**
 * The second look at a take-down, by another person at the publishing body or above. A household that is put
 * back stands on the site at once; a list that is put back is newly approved and goes live with the next
 * publication. The same decision sent twice changes nothing. Throws `not-found`, `own-approval`,
 * `state-changed`, `not-now`.
 */
export async function reviewTakeDown(
  context: Context,
  actor: Actor,
  id: string,
  decision: TakeDownDecision,
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const takeDown = await readTakeDown(db, id);
  const batch = takeDown && (await readBatch(db, takeDown.batchId));
  const post = postsWith(actor, ['takedown.review']).find(
    (each) => batch && each.scope.includes(batch.bodyCode),
  );
  if (!takeDown || !batch || !post) throw new CodedError('not-found');
  if (takeDown.byPersonId === actor.personId) throw new CodedError('own-approval');
  const status = DECIDED[decision];
  if (takeDown.status === status && takeDown.reviewedBy === actor.personId) return;
  const by = { personId: actor.personId, bodyCode: post.bodyCode };
  await db.transaction(async (tx) => {
    const decided = { status, reviewedBy: actor.personId, reviewedOn: civilDateOf(now) };
    if (!(await decideTakeDown(tx, id, decided))) throw new CodedError('state-changed');
    await appendAudit(tx, secrets, now, {
      action: `take-down.${decision}`,
      subjectKind: 'take-down',
      subjectId: id,
      ...by,
    });
    if (decision === 'confirm') return;
    const step = { tx, context, batch, by };
    await (takeDown.kind === 'row' ? restoreRow(step, takeDown) : restoreList(step, takeDown));
  });
  if (decision === 'reverse' && takeDown.kind === 'row') {
    void publishSoon(context, actor.personId);
  }
}

async function restoreRow({ tx, context, batch, by }: Step, { subjectId, reason }: StoredTakeDown) {
  const row = await readListRow(tx, subjectId);
  if (!row) throw new CodedError('not-found');
  if ((await listProtectedAmong(tx, [row.idMac])).size > 0) {
    throw new CodedError('not-now', {}, '这一户登记为保护对象，先由两人解除保护，再恢复公开。');
  }
  const others = await listStandingRowsOf(tx, batch, row.idMac);
  for (const each of [row, ...others.filter(({ id }) => id !== row.id)]) {
    if (!(await moveRowVisibility(tx, each.id, 'taken-down', 'listed'))) {
      if (each.id === row.id) throw new CodedError('state-changed');
      continue;
    }
    await countListed(tx, each, 1);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'list-row.restore',
      // The export finds single rows by these entries.
      subjectKind: 'list-row',
      subjectId: each.id,
      ...by,
    });
  }
  const target: TakeDown = { kind: 'row', id: row.id, reason: reason as TakeDown['reason'] };
  // What left without a word comes back without one.
  if (!isStanding(batch) || publicReasonOf(target) === null) return;
  await reportCorrection(tx, batch, row.placeCode, {
    onDate: civilDateOf(context.now()),
    kind: 'row-restored',
    reason: 'REVIEWED',
    households: 1,
  });
}

async function restoreList({ tx, context, batch, by }: Step, takeDown: StoredTakeDown) {
  const [newer] = await listNewestBatches(tx, batch);
  if (batch.kind === 'LIST' && newer && newer.period >= batch.period) {
    throw new CodedError('not-now', {}, '同类名单已有更新的一份，这份不再恢复。');
  }
  const { from, to } = LIST_STEPS.restore;
  if (batch.salt === '' || !(await moveBatch(tx, batch.id, from, { status: to }))) {
    throw new CodedError('state-changed');
  }
  await appendAudit(tx, context.secrets, context.now(), {
    action: 'batch.restore',
    subjectKind: 'batch',
    subjectId: batch.id,
    ...by,
    fields: { takeDown: takeDown.id },
  });
  const place = (await readBody(tx, batch.bodyCode))?.placeCode ?? '';
  await reportCorrection(tx, batch, place, {
    onDate: civilDateOf(context.now()),
    kind: 'list-restored',
    reason: 'REVIEWED',
    households: batch.households,
  });
}
