import { isListed, isWithheld } from '#rules/list-lifecycle.ts';
import { CodedError } from '#api/errors.ts';
import { changeBatchCount } from '#db/queries/batch-counts.ts';
import type { Batch } from '#db/queries/batches.ts';
import { readListRow } from '#db/queries/list-rows.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import type { RowChange } from '#db/queries/row-changes.ts';
import {
  changeBatchFigures,
  changeStandingRow,
  listStandingRowsOf,
} from '#db/queries/standing-rows.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { CHANGEABLE } from '#rules/row-changes.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { appendAudit } from './audit.ts';
import { reportCorrection } from './standing-lists.ts';

type Hand = { secrets: Secrets; now: number };
type By = { personId: string; bodyCode: string };

/**
 * Writes an approved change into its row and into the counts, and reports it. Who leaves also leaves the
 * list that is still on the site while a newer one waits to be published. Throws `state-changed`.
 */
export async function applyRowChange(
  tx: Tx,
  hand: Hand,
  batch: Batch,
  change: RowChange,
  by: By,
): Promise<void> {
  const row = await readListRow(tx, change.rowId);
  if (!row || !CHANGEABLE.includes(row.visibility)) throw new CodedError('state-changed');
  if (change.kind === 'exit') {
    const rows = await listStandingRowsOf(tx, batch, row.idMac);
    for (const each of rows.filter(({ visibility }) => CHANGEABLE.includes(visibility))) {
      await writeRow(tx, hand, each, { ...each, visibility: 'left' }, change, by);
    }
  } else {
    const { members, amountCents } = change;
    if (members === null || amountCents === null) throw new CodedError('state-changed');
    await writeRow(tx, hand, row, { ...row, members, amountCents }, change, by);
  }
  // A household that is not named leaves without a word.
  if (isWithheld(row)) return;
  await reportCorrection(tx, batch, row.placeCode, {
    onDate: civilDateOf(hand.now),
    kind: change.kind === 'exit' ? 'row-left' : 'row-corrected',
    reason: change.kind === 'exit' ? 'LEFT' : 'WRONG',
    households: 1,
  });
}

async function writeRow(
  tx: Tx,
  { secrets, now }: Hand,
  before: StoredRow,
  after: StoredRow,
  change: RowChange,
  by: By,
): Promise<void> {
  const { visibility, members, amountCents } = after;
  const changed = await changeStandingRow(tx, before, { visibility, members, amountCents });
  if (!changed) throw new CodedError('state-changed');
  await writeCounts(tx, before, after);
  await appendAudit(tx, secrets, now, {
    action: `list-row.${change.kind}`,
    // The export finds single rows by these entries.
    subjectKind: 'list-row',
    subjectId: before.id,
    ...by,
    fields: { changeId: change.id, reason: change.reason, members, amountCents },
  });
}

async function writeCounts(tx: Tx, before: StoredRow, after: StoredRow): Promise<void> {
  const leaves = after.visibility === 'left';
  const delta = {
    households: leaves ? -1 : 0,
    persons: (leaves ? 0 : after.members) - before.members,
    amountCents: (leaves ? 0 : after.amountCents) - before.amountCents,
  };
  await changeBatchFigures(tx, before.batchId, delta);
  const listed = isListed(before)
    ? {
        listedHouseholds: delta.households,
        listedPersons: delta.persons,
        listedCents: delta.amountCents,
      }
    : {};
  await changeBatchCount(tx, before.batchId, before.placeCode, {
    ...delta,
    ...listed,
    ...(leaves ? { left: 1 } : {}),
  });
}
