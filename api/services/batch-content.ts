import { randomUUID } from 'node:crypto';
import type { BatchProblem, NameHash, SealedFile } from '#db/queries/batches.ts';
import type { StoredRow } from '#db/queries/list-rows.ts';
import type { ListRow } from '#rules/recipient.ts';
import type { Secrets } from '#sealing/secrets.ts';
import type { ParsedList } from '#spreadsheets/parse-list.ts';
import type { ListKeys } from './list-keys.ts';
import { sealNames } from './names-file.ts';

/** The accepted rows as they are stored: masked, the ID number as a keyed hash. */
export function storeRows(secrets: Secrets, batchId: string, rows: ListRow[]): StoredRow[] {
  return numberRows(rows.map((row, at) => storeRow(secrets, batchId, row, at + 1)));
}

/** Numbers the rows of each place from 1; a household without a name has none, so that no gap tells of it. */
export function numberRows(rows: StoredRow[]): StoredRow[] {
  const numbers = new Map<string, number>();
  return rows.map((row) => {
    if (row.maskedName === null) return { ...row, no: 0 };
    const no = (numbers.get(row.placeCode) ?? 0) + 1;
    numbers.set(row.placeCode, no);
    return { ...row, no };
  });
}

function storeRow(secrets: Secrets, batchId: string, row: ListRow, seq: number): StoredRow {
  const id = secrets.mac('household-id', row.idNumber);
  return {
    id: randomUUID(),
    batchId,
    seq,
    no: 0,
    line: row.line,
    sheet: row.sheet ?? null,
    placeCode: row.placeCode,
    maskedName: row.maskedName,
    members: row.members,
    amountCents: row.amountCents,
    since: row.since ?? '',
    idMac: id.mac,
    idKeyId: id.keyId,
    visibility: row.maskedName === null ? 'withheld' : 'listed',
  };
}

/** What the importer said of the file, line by line, in codes. */
export function listProblems(batchId: string, parsed: ParsedList): BatchProblem[] {
  const all = [
    ...parsed.rejected.map((each) => ({ ...each, kind: 'rejected' as const })),
    ...parsed.withheld.map((each) => ({ ...each, kind: 'withheld' as const })),
    ...parsed.warnings.map((each) => ({ ...each, kind: 'warning' as const })),
  ];
  return all.map((each, at) => ({
    batchId,
    seq: at + 1,
    kind: each.kind,
    file: 'file' in each && each.file === 'persons' ? 'persons' : 'households',
    sheet: each.sheet ?? null,
    line: each.line,
    column: each.column ?? null,
    reason: each.reason,
  }));
}

/** Keyed hashes of every full name in the list, members' too, for the leak gate. */
export function hashNames(secrets: Secrets, batchId: string, rows: ListRow[]): NameHash[] {
  const names = new Set<string>();
  for (const row of rows) {
    names.add(row.fullName);
    for (const member of row.memberPersons) names.add(member.name);
  }
  names.delete('');
  return [...names].map((name) => ({
    batchId,
    mac: secrets.mac('name-hash', name).mac,
    length: [...name].length,
  }));
}

/** Keyed IDs of the persons beside the head, by row id: one of them may head the household next month. */
export function hashMembers(
  secrets: Secrets,
  rows: { parsed: ListRow; stored: StoredRow }[],
): Map<string, string[]> {
  return new Map(
    rows.flatMap(({ parsed, stored }) => {
      const numbers = parsed.memberPersons.flatMap(({ idNumber }) => idNumber ?? []);
      const macs = numbers.map((number) => secrets.mac('household-id', number).mac);
      return macs.length > 0 ? [[stored.id, macs] as const] : [];
    }),
  );
}

/** The names of each village, sealed to the two bodies. */
export async function sealVillages(
  { recipients, keyIds }: ListKeys,
  batchId: string,
  createdOn: string,
  rows: { parsed: ListRow; stored: StoredRow }[],
): Promise<SealedFile[]> {
  const sealed: SealedFile[] = [];
  for (const [placeCode, village] of Map.groupBy(rows, (row) => row.stored.placeCode)) {
    const households = village.map(({ parsed, stored }) => ({
      rowId: stored.id,
      fullName: parsed.fullName,
      idNumber: parsed.idNumber,
    }));
    const names = { id: randomUUID(), kind: 'names' as const, placeCode };
    const file = { batchId, keyIds, createdOn, ...names };
    sealed.push({ ...file, sealed: await sealNames(recipients, { households }) });
  }
  return sealed;
}

/** Lines that the file would show, and the register of protected households or an open objection does not. */
export function noteRegistered(
  rows: StoredRow[],
  before: StoredRow[],
  after: number,
): BatchProblem[] {
  return rows
    .filter((row, at) => row.visibility !== before[at]?.visibility)
    .map((row, at) => {
      const reason = row.visibility === 'held' ? 'held' : 'registered';
      return { ...problemAt(row, reason, after + at + 1), kind: 'withheld' };
    });
}

/** A remark on the whole line of a row. */
export function problemAt(
  { batchId, sheet, line }: StoredRow,
  reason: string,
  seq: number,
): BatchProblem {
  return { batchId, seq, kind: 'warning', file: 'households', sheet, line, column: null, reason };
}
