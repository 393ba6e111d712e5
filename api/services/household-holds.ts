import { isListed } from '#rules/list-lifecycle.ts';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { findNoticeRow, listHeldAmong, listRowsOfHousehold } from '#db/queries/household-holds.ts';
import type { NoticeRowName } from '#db/queries/household-holds.ts';
import { moveRowVisibility, readListRow } from '#db/queries/list-rows.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import type { Tx } from '#db/store.ts';
import type { HoldRelease } from '#rules/hold-releases.ts';
import { hasCapability } from '#rules/roles.ts';
import { appendAudit } from './audit.ts';
import { publishSoon } from './publish-in-background.ts';
import { countListed } from './standing-lists.ts';

type Hand = Pick<Context, 'secrets' | 'now'>;

/**
 * Holds back the household that an objection names, on the notice and in lists of the same aid that wait for
 * review. Nothing written here names the objection or whoever took it up. False where there is nothing to
 * hold back: no such row, or it is not shown.
 */
export async function holdNoticeRow(tx: Tx, hand: Hand, name: NoticeRowName): Promise<boolean> {
  const row = await findNoticeRow(tx, name);
  const batch = row && (await readBatch(tx, row.batchId));
  if (!row || !batch || !(await moveRow(tx, hand, { row, batch }, 'hold'))) return false;
  const household = { idMac: row.idMac, aidType: batch.aidType };
  for (const waiting of await listRowsOfHousehold(tx, household, 'listed', ['review'])) {
    await moveRow(tx, hand, waiting, 'hold');
  }
  return true;
}

/** Rows whose household is held back elsewhere are held back in a new list too. */
export async function applyHolds(
  tx: Tx,
  { aidType }: Pick<Batch, 'aidType'>,
  rows: StoredRow[],
): Promise<StoredRow[]> {
  const macs = rows.map((row) => row.idMac);
  const held = await listHeldAmong(tx, aidType, macs);
  return rows.map((row) =>
    isListed(row) && held.has(row.idMac) ? { ...row, visibility: 'held' as const } : row,
  );
}

/**
 * Ends the holding back of a household, everywhere in lists of the same aid; what stands on the site shows
 * it again at once. For the body that reviews the list and for section chiefs above it, never for who
 * uploaded it. Throws `not-found`, `own-approval`, `state-changed`.
 */
export async function releaseHold(
  context: Context,
  actor: Actor,
  rowId: string,
  { reason }: HoldRelease,
): Promise<void> {
  const { db } = context;
  const row = await readListRow(db, rowId);
  const batch = row && (await readBatch(db, row.batchId));
  const post = actor.posts.find((each) => batch && mayRelease(each, batch));
  if (!row || !batch || !post) throw new CodedError('not-found');
  const by = { personId: actor.personId, bodyCode: post.bodyCode };
  await db.transaction(async (tx) => {
    const household = { idMac: row.idMac, aidType: batch.aidType };
    const held = await listRowsOfHousehold(tx, household, 'held', [...HOLDING]);
    if (!held.some((each) => each.row.id === rowId)) throw new CodedError('state-changed');
    if (held.some((each) => each.batch.uploadedBy === actor.personId)) {
      throw new CodedError('own-approval');
    }
    for (const each of held) await moveRow(tx, context, each, 'release-hold', { by, reason });
  });
  void publishSoon(context, actor.personId);
}

/** Lists in which a household is still held back. */
export const HOLDING: readonly Batch['status'][] = ['review', 'approved', 'withdrawn'];

/** Whether it is for a post to end the holding back of households in a list. */
export function mayRelease(
  { bodyCode, scope, role }: Actor['posts'][number],
  batch: Batch,
): boolean {
  if (hasCapability([role], 'import.review') && bodyCode === batch.reviewBodyCode) return true;
  return role === 'section_chief' && scope.includes(batch.bodyCode);
}

const MOVES = {
  hold: { from: 'listed', to: 'held', sign: -1 },
  'release-hold': { from: 'held', to: 'listed', sign: 1 },
} as const;
type Release = { by: { personId: string; bodyCode: string }; reason: HoldRelease['reason'] };

async function moveRow(
  tx: Tx,
  { secrets, now }: Hand,
  { row, batch }: { row: StoredRow; batch: Batch },
  move: keyof typeof MOVES,
  release?: Release,
): Promise<boolean> {
  const { from, to, sign } = MOVES[move];
  if (!(await moveRowVisibility(tx, row.id, from, to))) return false;
  if (batch.status === 'approved') await countListed(tx, row, sign);
  await appendAudit(tx, secrets, now(), {
    action: `list-row.${move}`,
    // The export finds single rows by these entries.
    subjectKind: 'list-row',
    subjectId: row.id,
    ...release?.by,
    ...(release ? { fields: { reason: release.reason } } : {}),
  });
  return true;
}
