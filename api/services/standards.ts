import { randomUUID } from 'node:crypto';
import type { Actor, ActorPost, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listDirectoryVersions } from '#db/queries/directory-versions.ts';
import { listPlacesOn } from '#db/queries/places.ts';
import {
  deleteStandard,
  insertStandards,
  listStandards,
  updateStandard,
} from '#db/queries/standards.ts';
import type { Standard } from '#db/queries/standards.ts';
import type { Reader, Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { STANDARD_KINDS, findStandardDoubts, findStandardErrors } from '#rules/standard-edit.ts';
import type { StandardFields, StandardKind, StandardRow } from '#rules/standard-edit.ts';
import { appendAudit } from './audit.ts';
import { keepChange } from './directory-history.ts';
import { requireBureauPost } from './list-access.ts';
import { publishSoon } from './publish-in-background.ts';

type Edited = Pick<Standard, 'amountCents' | 'effectiveFrom' | 'documentNumber'>;
/** Whether it was saved; where it was not, what has to be looked at once more. */
export type StandardOutcome = { id: string; saved: boolean; doubts: string[] };

/** Every standard with its version, and what was changed by whom. Throws `not-allowed`. */
export async function readStandardDesk({ db }: Context, actor: Actor) {
  await requireBureauPost(db, actor, 'directory.edit');
  const rows = await listStandards(db);
  const changes = await listDirectoryVersions(db, 'standard');
  return {
    items: rows.map((row) => ({ ...toRow(row), version: row.version })),
    changes: changes
      .filter(({ onDate }) => onDate !== '')
      .map(({ subjectId, change, note, onDate, personName, content }) => ({
        ...{ id: subjectId, change, note, onDate, personName },
        content: JSON.parse(content) as StandardKind & Edited,
      })),
  };
}

/**
 * Adds an amount and publishes it; without `confirm` it only answers what has to be looked at. `isEarlier`: it
 * completes the history. Throws `not-allowed`, `invalid-input`.
 */
export async function addStandard(
  context: Context,
  actor: Actor,
  input: { kind: StandardKind; fields: StandardFields; isEarlier: boolean; confirm: boolean },
): Promise<StandardOutcome> {
  const { kind, fields, isEarlier, confirm } = input;
  const { db } = context;
  const post = await requireBureauPost(db, actor, 'directory.edit');
  if (!STANDARD_KINDS.some((each) => isSame(each, kind))) {
    throw new CodedError('invalid-input', { aidType: '选择救助类型和地区。' });
  }
  const now = context.now();
  const today = civilDateOf(now);
  const id = randomUUID();
  const county = (await listPlacesOn(db, today)).find((place) => place.parentCode === null);
  const others = await listOthers(db, kind);
  requireSound(fields, others, isEarlier);
  const doubts = findStandardDoubts(kind, fields, others, today);
  if (!confirm) return { id, saved: false, doubts };
  await db.transaction(async (tx) => {
    // Another person may have added the same meanwhile.
    requireSound(fields, await listOthers(tx, kind), isEarlier);
    const after = { ...kind, ...editedOf(fields) };
    await insertStandards(tx, [{ ...after, id, placeCode: county?.code ?? '', updatedOn: today }]);
    const change = { change: 'add', note: '', onDate: today } as const;
    await keepChange(tx, {
      ...change,
      kind: 'standard',
      subjectId: id,
      actor,
      before: null,
      after,
    });
    await audit(tx, context, { actor, post, action: 'standard.add', id, fields: after });
  });
  void publishSoon(context, actor.personId, 'directory');
  return { id, saved: true, doubts };
}

/** Corrects a mistake in a standard whose version is the one that was read. Throws `state-changed` too. */
export async function correctStandard(
  context: Context,
  actor: Actor,
  input: { id: string; base: number; fields: StandardFields; reason: string; confirm: boolean },
): Promise<StandardOutcome> {
  const { id, base, fields, reason, confirm } = input;
  const { db } = context;
  const post = await requireBureauPost(db, actor, 'directory.edit');
  const today = civilDateOf(context.now());
  const row = await findStandard(db, id, base);
  const kind = toRow(row);
  const after = { ...pickKind(row), ...editedOf(fields) };
  const before = { version: base, content: contentOf(row) };
  if (JSON.stringify(after) === JSON.stringify(before.content)) {
    throw new CodedError('invalid-input', { amount: '与现在的一样，没有要更正的。' });
  }
  // A correction keeps its place in the history or moves it.
  const others = await listOthers(db, kind, id);
  requireSound(fields, others, true);
  const doubts = findStandardDoubts(kind, fields, others, today);
  if (!confirm) return { id, saved: false, doubts };
  await db.transaction(async (tx) => {
    requireSound(fields, await listOthers(tx, kind, id), true);
    const change = { ...editedOf(fields), updatedOn: today };
    if (!(await updateStandard(tx, { id, version: base }, change))) {
      throw new CodedError('state-changed');
    }
    const facts = { change: 'edit', note: reason, onDate: today } as const;
    await keepChange(tx, { ...facts, kind: 'standard', subjectId: id, actor, before, after });
    await audit(tx, context, { actor, post, action: 'standard.correct', id, fields: after });
  });
  void publishSoon(context, actor.personId, 'directory');
  return { id, saved: true, doubts };
}

/** Takes away a standard that was entered by mistake. Throws `not-allowed`, `not-found`, `state-changed`. */
export async function removeStandard(
  context: Context,
  actor: Actor,
  { id, base, reason }: { id: string; base: number; reason: string },
): Promise<void> {
  const { db } = context;
  const post = await requireBureauPost(db, actor, 'directory.edit');
  const row = await findStandard(db, id, base);
  await db.transaction(async (tx) => {
    if (!(await deleteStandard(tx, { id, version: base }))) throw new CodedError('state-changed');
    await keepChange(tx, {
      ...{ kind: 'standard', subjectId: id, change: 'remove', note: reason, actor },
      onDate: civilDateOf(context.now()),
      before: { version: base, content: contentOf(row) },
      after: contentOf(row),
    });
    await audit(tx, context, { actor, post, action: 'standard.remove', id, fields: null });
  });
  void publishSoon(context, actor.personId, 'directory');
}

function requireSound(fields: StandardFields, others: readonly StandardRow[], isEarlier: boolean) {
  const errors = findStandardErrors(fields, others, isEarlier);
  if (errors.effectiveFrom) throw new CodedError('invalid-input', { ...errors });
}

async function findStandard(db: Reader, id: string, base: number): Promise<Standard> {
  const row = (await listStandards(db)).find((each) => each.id === id);
  if (!row) throw new CodedError('not-found');
  if (row.version !== base) throw new CodedError('state-changed');
  return row;
}

async function listOthers(db: Reader, kind: StandardKind, id?: string): Promise<StandardRow[]> {
  const rows = (await listStandards(db)).map(toRow);
  return rows.filter((row) => isSame(row, kind) && row.id !== id);
}

function isSame(a: StandardKind, b: StandardKind): boolean {
  return a.aidType === b.aidType && a.areaType === b.areaType;
}

function editedOf({ amount, effectiveFrom, documentNumber }: StandardFields): Edited {
  return { amountCents: amount, effectiveFrom, documentNumber };
}

function pickKind(row: Standard): StandardKind {
  return { aidType: row.aidType as StandardKind['aidType'], areaType: row.areaType };
}

function contentOf(row: Standard): StandardKind & Edited {
  const { amountCents, effectiveFrom, documentNumber } = row;
  return { ...pickKind(row), amountCents, effectiveFrom, documentNumber };
}

function toRow(row: Standard): StandardRow {
  return { id: row.id, ...contentOf(row) };
}

type Entry = { actor: Actor; post: ActorPost; action: string; id: string; fields: unknown };

async function audit(tx: Tx, context: Context, { actor, post, action, id, fields }: Entry) {
  await appendAudit(tx, context.secrets, context.now(), {
    action,
    subjectKind: 'standard',
    subjectId: id,
    personId: actor.personId,
    bodyCode: post.bodyCode,
    fields,
  });
}
