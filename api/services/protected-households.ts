import { isListed, isWithheld } from '#rules/list-lifecycle.ts';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { listRowsOf, readListRow } from '#db/queries/list-rows.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import {
  cancelLift,
  confirmLift,
  listProtectedAmong,
  protectHousehold,
  readProtectedHousehold,
  requestLift,
} from '#db/queries/protected-households.ts';
import { withholdRowsOf } from '#db/queries/standing-rows.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { areManyProtected } from '#rules/disclosure-review.ts';
import { appendAudit } from './audit.ts';
import { numberRows } from './batch-content.ts';
import { requirePostAt, scopeOf } from './list-access.ts';
import { listUnregistered } from './protection-review.ts';
import { publishSoon } from './publish-in-background.ts';
import { countListed } from './standing-lists.ts';

type Hand = Pick<Context, 'secrets' | 'now'>;
type By = { personId: string; bodyCode: string };

/**
 * Enters the households this list withholds into the register, which takes them off the other lists, then
 * withholds every row whose household is in it, whatever the list says: next month's file may have lost the
 * remark, or name another head (`members`: keyed IDs of the other persons, by row id). Where the file would
 * enter very many it withholds them in this list only, until its reviewer has confirmed the number: a column
 * may have been misread. `isOnSite`: whether another list lost a name.
 */
export async function applyProtection(
  tx: Tx,
  hand: Hand,
  rows: StoredRow[],
  members: ReadonlyMap<string, string[]>,
  by: By,
): Promise<{ rows: StoredRow[]; isOnSite: boolean }> {
  const macs = rows.map((row) => row.idMac);
  const known = await listProtectedAmong(tx, [...macs, ...[...members.values()].flat()]);
  const marked = rows.filter((row) => isWithheld(row) && !known.has(row.idMac));
  const inHousehold = rows.filter(
    (row) => !known.has(row.idMac) && members.get(row.id)?.some((mac) => known.has(mac)),
  );
  const isAsked = areManyProtected(marked.length, rows.length);
  let isOnSite = false;
  for (const row of new Set([...(isAsked ? [] : marked), ...inHousehold])) {
    const subject = { subjectKind: 'batch', subjectId: row.batchId };
    isOnSite = (await enterHousehold(tx, hand, row, by, subject)) || isOnSite;
  }
  const registered = await listProtectedAmong(tx, macs);
  const withheld = rows.map((row) =>
    registered.has(row.idMac) ? { ...row, maskedName: null, visibility: 'withheld' as const } : row,
  );
  return { rows: numberRows(withheld), isOnSite };
}

/**
 * Enters the household of a row that a person took off the site for its protection. Lists that are uploaded
 * or approved already lose its name too: their files came in before. Answers whether one did.
 */
export async function enterHousehold(
  tx: Tx,
  { secrets, now }: Hand,
  household: Pick<StoredRow, 'idMac' | 'idKeyId'>,
  by: By,
  subject: { subjectKind: string; subjectId: string },
): Promise<boolean> {
  const instant = now();
  const { idMac, idKeyId } = household;
  const entry = { idMac, idKeyId, since: civilDateOf(instant), byPersonId: by.personId };
  if (await protectHousehold(tx, entry)) {
    await appendAudit(tx, secrets, instant, { action: 'protection.enter', ...subject, ...by });
  }
  const withheld = await withholdRowsOf(tx, idMac, instant);
  for (const row of withheld) {
    if (isListed(row)) await countListed(tx, row, -1);
    await appendAudit(tx, secrets, instant, {
      action: 'protection.withhold',
      subjectKind: 'list-row',
      subjectId: row.id,
      ...by,
    });
  }
  return withheld.length > 0;
}

/** Enters the households that an approved list withholds and the register did not wait to be asked about. */
export async function enterConfirmed(
  tx: Tx,
  hand: Hand,
  batch: Pick<Batch, 'id' | 'reviewBodyCode'>,
  personId: string,
): Promise<boolean> {
  const by = { personId, bodyCode: batch.reviewBodyCode };
  const subject = { subjectKind: 'batch', subjectId: batch.id };
  let isOnSite = false;
  for (const row of await listUnregistered(tx, await listRowsOf(tx, batch.id))) {
    isOnSite = (await enterHousehold(tx, hand, row, by, subject)) || isOnSite;
  }
  return isOnSite;
}

/** Enters a household by the ID number of its head, of which only the keyed hash is kept. */
export async function enterByIdNumber(
  context: Context,
  actor: Actor,
  idNumber: string,
): Promise<void> {
  const { db, secrets } = context;
  const post = requirePostAt(actor, 'protection.manage', undefined);
  const { mac, keyId } = secrets.mac('household-id', idNumber);
  const by = { personId: actor.personId, bodyCode: post.bodyCode };
  const subject = { subjectKind: 'protection', subjectId: 'register' };
  const isOnSite = await db.transaction((tx) =>
    enterHousehold(tx, context, { idMac: mac, idKeyId: keyId }, by, subject),
  );
  if (isOnSite) void publishSoon(context, actor.personId);
}

/**
 * Lifts the protection of the household of a row: the first call asks, the call of another person
 * confirms. What is on the web changes with the next list only. Throws `own-approval`, `state-changed`.
 */
export async function liftProtection(
  context: Context,
  actor: Actor,
  rowId: string,
): Promise<'requested' | 'lifted'> {
  const { db, secrets } = context;
  const now = context.now();
  const { row, batch, entry } = await findProtected(context, actor, rowId);
  const { liftedBy } = entry;
  if (liftedBy === actor.personId) throw new CodedError('own-approval');
  await db.transaction(async (tx) => {
    const changed =
      liftedBy === null
        ? await requestLift(tx, row.idMac, actor.personId)
        : await confirmLift(tx, row.idMac, liftedBy, actor.personId, civilDateOf(now));
    if (!changed) throw new CodedError('state-changed');
    await appendAudit(tx, secrets, now, {
      action: liftedBy === null ? 'protection.request-lift' : 'protection.lift',
      subjectKind: 'list-row',
      subjectId: rowId,
      personId: actor.personId,
      bodyCode: batch.bodyCode,
    });
  });
  return liftedBy === null ? 'requested' : 'lifted';
}

/** Takes the first person's request back, by whoever manages protection there. */
export async function cancelLiftRequest(
  context: Context,
  actor: Actor,
  rowId: string,
): Promise<void> {
  const { db, secrets } = context;
  const { row, batch, entry } = await findProtected(context, actor, rowId);
  const { liftedBy } = entry;
  if (liftedBy === null) return;
  await db.transaction(async (tx) => {
    if (!(await cancelLift(tx, row.idMac, liftedBy))) throw new CodedError('state-changed');
    await appendAudit(tx, secrets, context.now(), {
      action: 'protection.cancel-lift',
      subjectKind: 'list-row',
      subjectId: rowId,
      personId: actor.personId,
      bodyCode: batch.bodyCode,
    });
  });
}

async function findProtected({ db }: Context, actor: Actor, rowId: string) {
  const row = await readListRow(db, rowId);
  const batch = row && (await readBatch(db, row.batchId));
  const scope = scopeOf(actor, 'protection.manage');
  if (!row || !batch || !scope.has(batch.bodyCode)) throw new CodedError('not-found');
  const entry = await readProtectedHousehold(db, row.idMac);
  if (!entry || entry.liftedOn !== null) throw new CodedError('not-found');
  return { row, batch, entry };
}
