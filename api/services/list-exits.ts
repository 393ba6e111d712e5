import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch, readPersonNames } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { findListBefore } from '#db/queries/list-comparison.ts';
import { keepExits, listExitsOf, putExits } from '#db/queries/list-exits.ts';
import type { MissingRow } from '#db/queries/list-exits.ts';
import type { Tx } from '#db/store.ts';
import type { ExitReason } from '#rules/list-exits.ts';
import { isOpenTo } from '#rules/list-lifecycle.ts';
import { pageOf } from '#rules/paging.ts';
import { appendAudit } from './audit.ts';
import { findBatch, postsWith } from './list-access.ts';
import { readPlaceNames } from './list-names.ts';

/** Households of one page of the exits. */
const PAGE = 100;

/** Which exits are meant: of one village, those without a reason yet, or single ones by their ids. */
export type ExitFilter = {
  placeCode?: string | undefined;
  onlyUnset?: boolean | undefined;
  ids?: string[] | undefined;
};

/** The households of the list before that are not in this one, a page of them, and their reasons. */
export async function readExits(
  context: Context,
  actor: Actor,
  batchId: string,
  { page: asked, ...filter }: ExitFilter & { page?: number | undefined },
) {
  const { db } = context;
  const batch = await findBatch(context, actor, batchId);
  const before = isOpenTo('approve', batch.status) ? await findListBefore(db, batch) : null;
  const exits = before ? await listExitsOf(db, batchId, before.id) : [];
  const found = exits.filter(matches(filter));
  const { page, pages, offset } = pageOf(found.length, PAGE, asked);
  const shown = found.slice(offset, offset + PAGE);
  const villages = [...Map.groupBy(exits, (exit) => exit.placeCode)];
  const nameOf = await readPlaceNames(
    db,
    villages.map(([code]) => code),
  );
  const setters = await readPersonNames(
    db,
    shown.flatMap((exit) => exit.setBy ?? []),
  );
  return {
    comparedWith: before && { id: before.id, period: before.period },
    exits: exits.length,
    unset: exits.filter(isUnset).length,
    villages: villages.map(([placeCode, rows]) => ({
      placeCode,
      place: nameOf(placeCode),
      exits: rows.length,
      unset: rows.filter(isUnset).length,
    })),
    total: found.length,
    page,
    pages,
    items: shown.map((exit) => ({
      id: exit.id,
      placeCode: exit.placeCode,
      place: nameOf(exit.placeCode),
      maskedName: exit.maskedName,
      visibility: exit.visibility,
      members: exit.members,
      amountCents: exit.amountCents,
      since: exit.since,
      reason: exit.reason,
      setBy: exit.setBy && (setters.get(exit.setBy) ?? ''),
    })),
    may: { set: maySetExits(actor, batch) },
  };
}

/** Sets one reason for many households at once; answers for how many. Throws `state-changed`, `not-allowed`. */
export async function setExitReasons(
  context: Context,
  actor: Actor,
  batchId: string,
  { reason, ...filter }: ExitFilter & { reason: ExitReason },
): Promise<number> {
  const { db, secrets } = context;
  const found = await findBatch(context, actor, batchId);
  if (!maySetExits(actor, found)) {
    throw new CodedError(isOpenTo('approve', found.status) ? 'not-allowed' : 'state-changed');
  }
  return db.transaction(async (tx) => {
    const batch = await readBatch(tx, batchId);
    if (!batch || !isOpenTo('approve', batch.status)) throw new CodedError('state-changed');
    const before = await findListBefore(tx, batch);
    const exits = before ? await listExitsOf(tx, batchId, before.id) : [];
    const meant = exits.filter(matches(filter));
    if (meant.length === 0) return 0;
    await putExits(
      tx,
      meant.map(({ idMac, placeCode }) => {
        return { batchId, idMac, placeCode, reason, setBy: actor.personId };
      }),
    );
    await appendAudit(tx, secrets, context.now(), {
      action: 'batch.set-exits',
      subjectKind: 'batch',
      subjectId: batchId,
      personId: actor.personId,
      bodyCode: batch.bodyCode,
      fields: { reason, households: meant.map((exit) => exit.id) },
    });
    return meant.length;
  });
}

/**
 * The way to an approval: every household that left must have a reason, and no reason is kept of one that
 * stayed. Throws `exits-without-reason`, saying how many.
 */
export async function requireExitReasons(tx: Tx, batch: Batch, before: Batch): Promise<void> {
  const exits = await listExitsOf(tx, batch.id, before.id);
  const unset = exits.filter(isUnset);
  if (unset.length > 0) {
    const villages = new Set(unset.map((exit) => exit.placeCode)).size;
    const message = `${villages}个村（社区）有${unset.length}户退出没有注明原因，注明后才能通过。`;
    throw new CodedError('exits-without-reason', {}, message);
  }
  await keepExits(
    tx,
    batch.id,
    exits.map((exit) => exit.idMac),
  );
}

/** Those who upload for the list's body, and those who review it. */
export function maySetExits(actor: Actor, batch: Batch): boolean {
  const mayAt = (capability: 'import.upload' | 'import.review', bodyCode: string) =>
    postsWith(actor, [capability]).some((post) => post.bodyCode === bodyCode);
  return (
    isOpenTo('approve', batch.status) &&
    (mayAt('import.upload', batch.bodyCode) || mayAt('import.review', batch.reviewBodyCode))
  );
}

function matches({ placeCode, onlyUnset = false, ids }: ExitFilter) {
  const chosen = ids && new Set(ids);
  return (exit: MissingRow) =>
    (placeCode === undefined || exit.placeCode === placeCode) &&
    (!onlyUnset || isUnset(exit)) &&
    (!chosen || chosen.has(exit.id));
}

function isUnset(exit: MissingRow): boolean {
  return exit.reason === null;
}
