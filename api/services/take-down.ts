import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch, withdrawEarlierBatches } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { moveRowVisibility, readListRow } from '#db/queries/list-rows.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import { readBody } from '#db/queries/bodies.ts';
import { listStandingRowsOf } from '#db/queries/standing-rows.ts';
import { insertTakeDown } from '#db/queries/take-downs.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { isOpenTo } from '#rules/list-lifecycle.ts';
import { publicReasonOf } from '#rules/take-down.ts';
import type { TakeDown } from '#rules/take-down.ts';
import { appendAudit } from './audit.ts';
import { postsWith } from './list-access.ts';
import { enterHousehold } from './protected-households.ts';
import { takeDown } from './publications.ts';
import { publishSoon } from './publish-in-background.ts';
import { countListed, reportCorrection } from './standing-lists.ts';

type By = { personId: string; bodyCode: string };
type Hand = Pick<Context, 'secrets' | 'now'>;

/**
 * Takes a household or a whole list off the site: withheld at once, published without it as soon as no
 * other publication runs, and a second person looks at it afterwards. For those who may take down at the
 * publishing body or above it. A household that must be kept confidential enters the register, so that no
 * later list names it.
 */
export async function takeOffSite(context: Context, actor: Actor, target: TakeDown): Promise<void> {
  const { db } = context;
  const row = target.kind === 'row' ? await readListRow(db, target.id) : null;
  const batch = await readBatch(db, target.kind === 'row' ? (row?.batchId ?? '') : target.id);
  const post = postsWith(actor, ['takedown']).find(
    (each) => batch && each.scope.includes(batch.bodyCode),
  );
  if (!batch || !post) throw new CodedError('not-found');
  // What waits is not on the site, and nothing may be said of it there; what left it is gone.
  if (!isOpenTo('withdraw', batch.status)) throw new CodedError('state-changed');
  const by = { personId: actor.personId, bodyCode: post.bodyCode };
  await takeDown({ ...context, actor: by }, target, async (tx) => {
    if (row) await leaveRow(tx, context, batch, row, by);
    else if (batch.kind === 'LIST') await withdrawEarlier(tx, context, batch, by);
    if (row && target.reason === 'PROTECTED') {
      const subject = { subjectKind: 'list-row', subjectId: row.id };
      await enterHousehold(tx, context, row, by, subject);
    }
    await report(tx, context, batch, row, target, by);
  });
  void publishSoon(context, by.personId);
}

/**
 * What goes with a row: its counts, and the same household on the list that is still on the site while a
 * newer one waits to be published.
 */
async function leaveRow(tx: Tx, { secrets, now }: Hand, batch: Batch, row: StoredRow, by: By) {
  const others = await listStandingRowsOf(tx, batch, row.idMac);
  for (const each of [row, ...others.filter(({ id }) => id !== row.id)]) {
    if (each.id !== row.id) {
      if (!(await moveRowVisibility(tx, each.id, 'listed', 'taken-down'))) continue;
      await appendAudit(tx, secrets, now(), {
        action: 'list-row.take-down',
        subjectKind: 'list-row',
        subjectId: each.id,
        ...by,
      });
    }
    await countListed(tx, each, -1);
  }
}

/** Asks for the second look, and says on the corrections page what may be said. */
async function report(
  tx: Tx,
  { now }: Hand,
  batch: Batch,
  row: StoredRow | null,
  target: TakeDown,
  by: By,
): Promise<void> {
  const onDate = civilDateOf(now());
  await insertTakeDown(tx, {
    id: randomUUID(),
    kind: target.kind,
    subjectId: target.id,
    batchId: batch.id,
    placeCode: row?.placeCode ?? null,
    reason: target.reason,
    byPersonId: by.personId,
    onDate,
    status: 'pending',
    reviewedBy: null,
    reviewedOn: null,
  });
  const reason = publicReasonOf(target);
  if (reason === null) return;
  const place = row?.placeCode ?? (await readBody(tx, batch.bodyCode))?.placeCode ?? '';
  const kind = row ? 'row-removed' : 'list-withdrawn';
  const households = row ? 1 : batch.households;
  await reportCorrection(tx, batch, place, { onDate, kind, reason, households });
}

/** Lists that are off the site already and must not come back when the newest is withdrawn. */
async function withdrawEarlier(
  tx: Tx,
  { secrets, now }: Hand,
  batch: Batch,
  by: By,
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
