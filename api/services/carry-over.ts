import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { insertBatch, listNewestBatches } from '#db/queries/batches.ts';
import type { Batch, SealedFile } from '#db/queries/batches.ts';
import { copyNameHashes, findListOf, listCountedRows } from '#db/queries/carry-over.ts';
import { insertListRows } from '#db/queries/list-rows.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import { listProtectedAmong } from '#db/queries/protected-households.ts';
import { listSealedOf } from '#db/queries/sealed-files.ts';
import type { Reader, Tx } from '#db/store.ts';
import { addMonths, civilDateOf, formatMonth } from '#rules/civil-date.ts';
import { sumRows } from '#rules/list-comparison.ts';
import { appendAudit } from './audit.ts';
import { numberRows } from './batch-content.ts';
import { applyHolds } from './household-holds.ts';
import { findBatch, postsWith, requirePostAt } from './list-access.ts';
import { identitiesOf, readListKeys, requireIdentity } from './list-keys.ts';
import { readListNames, summariseBatch } from './list-names.ts';
import { openNames, sealNames } from './names-file.ts';
import { listReviewBodies } from './review-bodies.ts';

/** The standing lists whose next month the actor may report as "the same as last month". */
export async function listCarryOvers({ db, now }: Context, actor: Actor) {
  const mine = new Set(postsWith(actor, ['import.upload']).map((post) => post.bodyCode));
  const standing = (await listNewestBatches(db)).filter((batch) => mine.has(batch.bodyCode));
  const names = await readListNames(db, standing);
  const found = [];
  for (const batch of standing) {
    const period = addMonths(batch.period, 1);
    if (await findObstacle(db, batch, period, now())) continue;
    found.push({ ...summariseBatch(batch, names), nextPeriod: period });
  }
  return found;
}

/**
 * Reports for the next month what stands: a new list of the households that still count, to be reviewed as
 * any other. Full names are opened and sealed again in the session of a person whose body holds the key.
 * Throws `not-now` (with the reason), `not-allowed`, `state-changed`.
 */
export async function carryOver(
  context: Context,
  actor: Actor,
  standingId: string,
): Promise<{ id: string }> {
  const { db, secrets } = context;
  const now = context.now();
  const standing = await findBatch(context, actor, standingId);
  requirePostAt(actor, 'import.upload', standing.bodyCode);
  await requireStanding(db, standing, now);
  const id = randomUUID();
  const ids = new Map((await listCountedRows(db, standingId)).map((row) => [row.id, randomUUID()]));
  const files = await resealNames(db, actor, standing, { id, ids, onDate: civilDateOf(now) });
  await db.transaction(async (tx) => {
    await requireStanding(tx, standing, now);
    const old = await listCountedRows(tx, standingId);
    const batch = startBatch(standing, old, { id, actor, now });
    await insertBatch(tx, batch, files);
    const rows = await applyHolds(tx, batch, await copyRows(tx, old, id, ids));
    await insertListRows(tx, rows);
    await copyNameHashes(tx, standingId, id);
    await appendAudit(tx, secrets, now, {
      action: 'batch.carry-over',
      subjectKind: 'batch',
      subjectId: id,
      personId: actor.personId,
      bodyCode: batch.bodyCode,
      fields: { ...batch, salt: null, from: standingId },
    });
  });
  return { id };
}

async function requireStanding(db: Reader, standing: Batch, now: number): Promise<void> {
  const { bodyCode, aidType } = standing;
  const [current] = await listNewestBatches(db, { bodyCode, aidType });
  if (current?.id !== standing.id) throw new CodedError('state-changed');
  const obstacle = await findObstacle(db, standing, addMonths(standing.period, 1), now);
  if (obstacle) throw new CodedError('not-now', {}, obstacle);
}

/** Why the next month cannot be reported from a standing list; null where it can. */
async function findObstacle(db: Reader, standing: Batch, period: string, now: number) {
  const { bodyCode, aidType } = standing;
  if (period > civilDateOf(now).slice(0, 7))
    return `${formatMonth(period)}还没有到，不能提前报送。`;
  if (await findListOf(db, { bodyCode, aidType, period })) {
    return `${formatMonth(period)}的名单已经报送过了。`;
  }
  const reviewers = await listReviewBodies(db, bodyCode);
  const isReviewable = reviewers.some((body) => body.code === standing.reviewBodyCode);
  return isReviewable ? null : '原来负责审查的单位已有变动，请上传名单并重新选择。';
}

function startBatch(
  standing: Batch,
  rows: StoredRow[],
  { id, actor, now }: { id: string; actor: Actor; now: number },
): Batch {
  return {
    ...standing,
    id,
    period: addMonths(standing.period, 1),
    status: 'review',
    uploadedBy: actor.personId,
    uploadedOn: civilDateOf(now),
    decidedBy: null,
    decidedOn: null,
    ...sumRows(rows),
    salt: randomBytes(16).toString('hex'),
    disclosureChecks: '',
  };
}

/**
 * The rows under ids of their own, what the web may show of each as it stands now; withheld where the
 * register says so. No row enters the register by this: one whose protection was lifted must not return.
 */
async function copyRows(
  tx: Tx,
  old: StoredRow[],
  batchId: string,
  ids: ReadonlyMap<string, string>,
): Promise<StoredRow[]> {
  const registered = await listProtectedAmong(
    tx,
    old.map((row) => row.idMac),
  );
  const copies = old.map((row, at) => {
    const copy = { ...row, id: ids.get(row.id) ?? randomUUID(), batchId, seq: at + 1 };
    const isShown = row.maskedName !== null && !registered.has(row.idMac);
    return isShown ? copy : { ...copy, maskedName: null, visibility: 'withheld' as const };
  });
  return numberRows(copies);
}

type Copy = { id: string; ids: ReadonlyMap<string, string>; onDate: string };

/** The names of each village under the ids of the new rows, sealed to the same two bodies as they are now. */
async function resealNames(
  db: Reader,
  actor: Actor,
  standing: Batch,
  { id, ids, onDate }: Copy,
): Promise<SealedFile[]> {
  const { recipients, keyIds } = await readListKeys(db, standing);
  const findIdentity = identitiesOf(db, actor);
  const files: SealedFile[] = [];
  for (const file of await listSealedOf(db, standing.id, 'names')) {
    const identity = requireIdentity(await findIdentity(file.keyIds));
    const { households } = await openNames(identity, file.sealed);
    const kept = households.flatMap((household) => {
      const rowId = ids.get(household.rowId);
      return rowId === undefined ? [] : [{ ...household, rowId }];
    });
    if (kept.length === 0) continue;
    const sealed = await sealNames(recipients, { households: kept });
    files.push({ ...file, id: randomUUID(), batchId: id, keyIds, sealed, createdOn: onDate });
  }
  return files;
}
