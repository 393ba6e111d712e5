import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { deleteContent, insertContent } from '#db/queries/batch-content.ts';
import type { PreparedContent, StoredContent } from '#db/queries/batch-content.ts';
import { listNewestBatches, readBatch } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import { findHouseholds } from '#db/queries/households.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { judgeDuplicate } from '#rules/duplicate-aid.ts';
import type { ParsedList } from '#spreadsheets/parse-list.ts';
import {
  hashMembers,
  hashNames,
  listProblems,
  noteRegistered,
  problemAt,
  sealVillages,
  storeRows,
} from './batch-content.ts';
import { applyHolds } from './household-holds.ts';
import type { ListKeys } from './list-keys.ts';
import { applyProtection } from './protected-households.ts';
import { recordHitsOfList } from './relative-hits.ts';

/** What was read from a file, masked, hashed and sealed: all the work that no transaction should wait for. */
export async function prepareContent(
  context: Context,
  batch: Batch,
  parsed: ParsedList,
  keys: ListKeys,
): Promise<PreparedContent> {
  const { secrets } = context;
  const rows = storeRows(secrets, batch.id, parsed.rows);
  const pairs = parsed.rows.flatMap((row, at) => {
    const stored = rows[at];
    return stored ? [{ parsed: row, stored }] : [];
  });
  const problems = listProblems(batch.id, parsed);
  return {
    problems: [...problems, ...(await findDuplicates(context, batch, rows, problems.length))],
    files: await sealVillages(keys, batch.id, civilDateOf(context.now()), pairs),
    names: hashNames(secrets, batch.id, parsed.rows),
    rows,
    spellings: parsed.spellings.map((spelling) => ({ ...spelling, batchId: batch.id })),
    exits: await readFileExits(context, batch, parsed, rows),
    members: hashMembers(secrets, pairs),
  };
}

/**
 * Stores the content in place of what the batch has; households of the register go without a name, those
 * somebody objected to are held back. Answers whether another list lost a household to the register, and
 * with it perhaps the site.
 */
export async function storeContent(
  tx: Tx,
  hand: Pick<Context, 'secrets' | 'now'>,
  actor: Actor,
  batchId: string,
  { members, ...content }: PreparedContent,
): Promise<boolean> {
  const { rows: before, problems } = content;
  const batch = await readBatch(tx, batchId);
  if (!batch) throw new CodedError('not-found');
  await deleteContent(tx, batchId);
  const by = { personId: actor.personId, bodyCode: batch.bodyCode };
  const kept = await applyProtection(tx, hand, before, members, by);
  const rows = await applyHolds(tx, batch, kept.rows);
  const noted = noteRegistered(rows, before, problems.length);
  await insertContent(tx, { ...content, rows, problems: [...problems, ...noted] });
  const known = before.flatMap(({ id, idMac: householdMac }) =>
    (members.get(id) ?? []).map((idMac) => ({ householdMac, idMac })),
  );
  await recordHitsOfList(tx, batch, known, civilDateOf(hand.now()));
  return kept.isOnSite;
}

/** Warns of households that other current lists have too: of another body, or of aid that excludes this one. */
async function findDuplicates({ db }: Context, batch: Batch, rows: StoredRow[], after: number) {
  const current = await listNewestBatches(db);
  const reasons = new Map(
    current.flatMap((other) => {
      const reason = judgeDuplicate(batch, other);
      return reason ? [[other.id, reason] as const] : [];
    }),
  );
  const macs = rows.map((row) => row.idMac);
  const found = await findHouseholds(db, [...reasons.keys()], macs);
  const byHousehold = Map.groupBy(found, (household) => household.idMac);
  const warnings = rows.flatMap((row) => {
    const lists = byHousehold.get(row.idMac) ?? [];
    return [...new Set(lists.map((list) => reasons.get(list.batchId) ?? ''))].map((reason) => ({
      row,
      reason,
    }));
  });
  return warnings.map(({ row, reason }, at) => problemAt(row, reason, after + at + 1));
}

/** Reasons that the file itself gives for households of the list before that are not in this one. */
async function readFileExits(
  { db, secrets }: Context,
  batch: Batch,
  { exits }: ParsedList,
  rows: StoredRow[],
): Promise<StoredContent['exits']> {
  if (batch.kind !== 'LIST' || exits.length === 0) return [];
  const staying = new Set(rows.map((row) => row.idMac));
  const reasons = new Map(
    exits.flatMap(({ idNumber, reason }) => {
      const { mac } = secrets.mac('household-id', idNumber);
      return reason === null || staying.has(mac) ? [] : [[mac, reason] as const];
    }),
  );
  const before = (await listNewestBatches(db, batch)).filter(({ id }) => id !== batch.id);
  const ids = before.map(({ id }) => id);
  const left = await findHouseholds(db, ids, [...reasons.keys()]);
  return left.flatMap(({ idMac, placeCode }) => {
    const reason = reasons.get(idMac);
    return reason ? [{ batchId: batch.id, idMac, placeCode, reason, setBy: null }] : [];
  });
}
