import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readPersonNames } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { listHeldRows } from '#db/queries/household-holds.ts';
import { listRowsOfPlace } from '#db/queries/list-rows.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import { listProtectedRows, listProtectedWithoutRows } from '#db/queries/protected-households.ts';
import { listOpenChangesOf, listRowChanges } from '#db/queries/row-changes.ts';
import { listTakeDowns } from '#db/queries/take-downs.ts';
import type { Reader } from '#db/store.ts';
import { addDays, civilDateOf } from '#rules/civil-date.ts';
import { CHANGEABLE } from '#rules/row-changes.ts';
import { HOLDING, mayRelease } from './household-holds.ts';
import { findBatch, listScope, postsWith, scopeOf } from './list-access.ts';
import { isStanding } from './standing-lists.ts';
import { readPlaceLookup } from './place-lookup.ts';

const HISTORY_DAYS = 90;

/** The rows of one village of a standing list, to choose from. Throws `not-found`, `not-allowed`. */
export async function readChangeableRows(
  context: Context,
  actor: Actor,
  { batchId, placeCode }: { batchId: string; placeCode: string },
) {
  const { db } = context;
  const batch = await findBatch(context, actor, batchId);
  const mayPropose = postsWith(actor, ['import.upload']).some(
    (post) => post.bodyCode === batch.bodyCode,
  );
  if (!mayPropose) throw new CodedError('not-allowed');
  const rows = await listRowsOfPlace(db, batchId, placeCode);
  if (rows.length === 0) throw new CodedError('not-found');
  const open = new Set(
    (
      await listOpenChangesOf(
        db,
        rows.map(({ id }) => id),
      )
    ).map((change) => change.rowId),
  );
  const words = await readWords(db, []);
  return {
    ...describeList(batch),
    place: words.place(placeCode),
    placeCode,
    isStanding: isStanding(batch),
    rows: rows
      .filter((row) => CHANGEABLE.includes(row.visibility))
      .map((row) => ({ ...describeRow(row), isWaiting: open.has(row.id) })),
  };
}

/** Exits and corrections that wait, and those of the last ninety days. */
export async function listChanges(context: Context, actor: Actor) {
  const { db } = context;
  const found = await listRowChanges(db, reachOf(actor), sinceOf(context));
  const words = await readWords(
    db,
    found.flatMap(({ change }) => [change.proposedBy, change.decidedBy ?? '']),
  );
  return found.map(({ change, row, batch }) => ({
    ...describeList(batch),
    ...describeRow(row),
    id: change.id,
    place: words.place(row.placeCode),
    kind: change.kind,
    reason: change.reason,
    newMembers: change.members,
    newAmountCents: change.amountCents,
    status: change.status,
    proposedBy: words.person(change.proposedBy),
    proposedOn: change.proposedOn,
    decidedBy: change.decidedBy && words.person(change.decidedBy),
    decidedOn: change.decidedOn,
    mayDecide:
      change.status === 'proposed' &&
      change.proposedBy !== actor.personId &&
      postsWith(actor, ['import.review']).some((post) => post.bodyCode === batch.reviewBodyCode),
  }));
}

/** Take-downs that wait for a second person, and those reviewed in the last ninety days. */
export async function listTakeDownsInReach(context: Context, actor: Actor) {
  const { db } = context;
  const posts = postsWith(actor, ['takedown', 'takedown.review']);
  const found = await listTakeDowns(
    db,
    posts.flatMap((post) => post.scope),
    sinceOf(context),
  );
  const reviewScope = scopeOf(actor, 'takedown.review');
  const words = await readWords(
    db,
    found.flatMap(({ takeDown }) => [takeDown.byPersonId, takeDown.reviewedBy ?? '']),
  );
  return found.map(({ takeDown, batch, row }) => ({
    ...describeList(batch),
    id: takeDown.id,
    kind: takeDown.kind,
    place: row && words.place(row.placeCode),
    row: row && describeRow(row),
    households: row ? 1 : batch.households,
    reason: takeDown.reason,
    status: takeDown.status,
    by: words.person(takeDown.byPersonId),
    onDate: takeDown.onDate,
    reviewedBy: takeDown.reviewedBy && words.person(takeDown.reviewedBy),
    reviewedOn: takeDown.reviewedOn,
    mayReview:
      takeDown.status === 'pending' &&
      takeDown.byPersonId !== actor.personId &&
      reviewScope.has(batch.bodyCode),
  }));
}

/** Households held back after an objection, for those who may end it; by the newest list each stands in. */
export async function listHeld({ db }: Context, actor: Actor) {
  const held = await listHeldRows(db, HOLDING);
  const words = await readWords(db, []);
  const households = Map.groupBy(held, ({ row, batch }) => `${row.idMac} ${batch.aidType}`);
  return [...households.values()].flatMap((everywhere) => {
    const [newest] = everywhere.filter(({ batch }) =>
      actor.posts.some((post) => mayRelease(post, batch)),
    );
    if (!newest) return [];
    return {
      ...describeList(newest.batch),
      ...describeRow(newest.row),
      place: words.place(newest.row.placeCode),
      mayRelease: everywhere.every(({ batch }) => batch.uploadedBy !== actor.personId),
    };
  });
}

/** Protected households by where they stand in a list, the newest one of each; never a name. */
export async function listProtected(context: Context, actor: Actor) {
  const { db } = context;
  const scope = [...scopeOf(actor, 'protection.manage')];
  if (scope.length === 0) throw new CodedError('not-allowed');
  const rows = await listProtectedRows(db, scope);
  const newest = new Map<string, (typeof rows)[number]>();
  for (const each of rows) {
    const known = newest.get(each.entry.idMac);
    if (!known || known.batch.period < each.batch.period) newest.set(each.entry.idMac, each);
  }
  const unlisted = await listProtectedWithoutRows(db);
  const entries = [...[...newest.values()].map(({ entry }) => entry), ...unlisted];
  const words = await readWords(
    db,
    entries.flatMap(({ byPersonId, liftedBy }) => [byPersonId, liftedBy ?? '']),
  );
  return {
    items: [...newest.values()].map(({ entry, row, batch }) => ({
      ...describeList(batch),
      rowId: row.id,
      place: words.place(row.placeCode),
      sheet: row.sheet,
      line: row.line,
      since: entry.since,
      by: words.person(entry.byPersonId),
      liftAskedBy: entry.liftedBy && words.person(entry.liftedBy),
      mayLift: entry.liftedBy !== actor.personId,
    })),
    unlisted: unlisted.map(({ since, byPersonId }) => ({ since, by: words.person(byPersonId) })),
  };
}

function reachOf(actor: Actor): string[] {
  const reviewing = postsWith(actor, ['import.review']).map((post) => post.bodyCode);
  return [...new Set([...listScope(actor), ...reviewing])];
}

function sinceOf({ now }: Context): string {
  return addDays(civilDateOf(now()), -HISTORY_DAYS);
}

function describeList({ id, aidType, period }: Batch) {
  return { batchId: id, aidType, period };
}

function describeRow(row: StoredRow) {
  const { id, sheet, line, maskedName, members, amountCents, visibility } = row;
  return { rowId: id, sheet, line, maskedName, members, amountCents, visibility };
}

async function readWords(db: Reader, personIds: string[]) {
  const { fullNameOf } = await readPlaceLookup(db);
  const people = await readPersonNames(db, [...new Set(personIds)]);
  return { person: (id: string) => people.get(id) ?? '', place: fullNameOf };
}
