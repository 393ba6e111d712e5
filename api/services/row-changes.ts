import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { readListRow } from '#db/queries/list-rows.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import {
  decideRowChange,
  insertRowChanges,
  listOpenChangesOf,
  listRowChangesById,
} from '#db/queries/row-changes.ts';
import type { RowChange } from '#db/queries/row-changes.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { CHANGEABLE, readCents, readMembers } from '#rules/row-changes.ts';
import type { RowChangeInput } from '#rules/row-changes.ts';
import { applyRowChange } from './apply-row-change.ts';
import { appendAudit } from './audit.ts';
import { findBatch, requirePostAt } from './list-access.ts';
import { publishSoon } from './publish-in-background.ts';
import { isStanding } from './standing-lists.ts';

type Proposal = Pick<RowChange, 'kind' | 'reason' | 'members' | 'amountCents'>;

/**
 * Proposes the exit of some households of a standing list, or the right figures of one, for another person to
 * decide. The same proposal sent twice is one. Answers the ids.
 */
export async function proposeRowChanges(
  context: Context,
  actor: Actor,
  input: RowChangeInput,
): Promise<string[]> {
  const { db, secrets } = context;
  const now = context.now();
  const batch = await findBatch(context, actor, input.batchId);
  requirePostAt(actor, 'import.upload', batch.bodyCode);
  if (!isStanding(batch)) {
    throw new CodedError('not-now', {}, '只有已通过、还在网上的名单才能更改单户。');
  }
  const proposal = readProposal(input);
  const rows = await readRows(context, batch, [...new Set(input.rowIds)]);
  checkFigures(rows, proposal);
  return db.transaction(async (tx) => {
    const open = await listOpenChangesOf(
      tx,
      rows.map((row) => row.id),
    );
    const isSame = (change: RowChange) =>
      change.proposedBy === actor.personId && sameProposal(change, proposal);
    if (open.length === rows.length && open.every(isSame)) return open.map(({ id }) => id);
    if (open.length > 0) {
      throw new CodedError('not-now', { rowIds: '勾选的户里有一项更改还在等待审核。' });
    }
    const changes = rows.map((row) => ({
      ...proposal,
      id: randomUUID(),
      rowId: row.id,
      batchId: batch.id,
      placeCode: row.placeCode,
      status: 'proposed' as const,
      proposedBy: actor.personId,
      proposedOn: civilDateOf(now),
      decidedBy: null,
      decidedOn: null,
    }));
    await insertRowChanges(tx, changes);
    for (const { id, rowId } of changes) {
      await appendAudit(tx, secrets, now, {
        action: 'row-change.propose',
        subjectKind: 'row-change',
        subjectId: id,
        personId: actor.personId,
        bodyCode: batch.bodyCode,
        fields: { rowId, ...proposal },
      });
    }
    return changes.map(({ id }) => id);
  });
}

function readProposal(input: RowChangeInput): Proposal {
  if (input.kind === 'exit') {
    return { kind: 'exit', reason: input.reason ?? 'OTHER', members: null, amountCents: null };
  }
  const members = readMembers(input.members);
  return { kind: 'correct', reason: 'WRONG', members, amountCents: readCents(input.amount) };
}

function sameProposal(change: RowChange, proposal: Proposal): boolean {
  return (['kind', 'reason', 'members', 'amountCents'] as const).every(
    (field) => change[field] === proposal[field],
  );
}

async function readRows({ db }: Context, batch: Batch, ids: string[]): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  for (const id of ids) {
    const row = await readListRow(db, id);
    if (row?.batchId !== batch.id) throw new CodedError('not-found');
    if (!CHANGEABLE.includes(row.visibility)) throw new CodedError('state-changed');
    rows.push(row);
  }
  return rows;
}

function checkFigures([row]: StoredRow[], { kind, members, amountCents }: Proposal): void {
  if (kind !== 'correct' || !row) return;
  if (row.members === members && row.amountCents === amountCents) {
    throw new CodedError('invalid-input', { amount: '与名单上的人数和金额相同，没有需要更正的。' });
  }
}

export type RowChangeDecision = { ids: string[]; decision: 'approve' | 'refuse' };
const DECIDED = { approve: 'approved', refuse: 'refused' } as const;

/**
 * Decides proposals together or not at all, at the body that reviews the list and never by who proposed them;
 * what was approved is on its way to the site. The same decision sent twice changes nothing. Throws
 * `not-found`, `own-approval`, `state-changed`.
 */
export async function decideRowChanges(
  context: Context,
  actor: Actor,
  { ids, decision }: RowChangeDecision,
): Promise<number> {
  const { db, secrets } = context;
  const now = context.now();
  const status = DECIDED[decision];
  const found = await listRowChangesById(db, [...new Set(ids)]);
  if (found.length !== new Set(ids).size) throw new CodedError('not-found');
  const waiting: { change: RowChange; bodyCode: string }[] = [];
  for (const change of found) {
    const batch = await findBatch(context, actor, change.batchId);
    requirePostAt(actor, 'import.review', batch.reviewBodyCode);
    if (change.proposedBy === actor.personId) throw new CodedError('own-approval');
    const isDone = change.status === status && change.decidedBy === actor.personId;
    if (!isDone) waiting.push({ change, bodyCode: batch.reviewBodyCode });
  }
  await db.transaction(async (tx) => {
    for (const { change, bodyCode } of waiting) {
      const by = { personId: actor.personId, bodyCode };
      const decided = { status, decidedBy: actor.personId, decidedOn: civilDateOf(now) };
      if (!(await decideRowChange(tx, change.id, decided))) throw new CodedError('state-changed');
      if (decision === 'approve') {
        const batch = await readBatch(tx, change.batchId);
        if (!batch || !isStanding(batch)) {
          throw new CodedError('state-changed', {}, '这份名单已不在网上，只能不予通过。');
        }
        await applyRowChange(tx, { secrets, now }, batch, change, by);
      } else {
        await appendAudit(tx, secrets, now, {
          action: 'row-change.refuse',
          subjectKind: 'row-change',
          subjectId: change.id,
          ...by,
        });
      }
    }
  });
  if (decision === 'approve' && waiting.length > 0) void publishSoon(context, actor.personId);
  return waiting.length;
}
