import type { Actor } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch } from '#db/queries/batches.ts';
import { listBoardRows } from '#db/queries/boards.ts';
import type { CountsOnly } from '#rules/public-lists.ts';
import type { PublicFile } from '#rules/publication.ts';
import { readBoardPlaces } from './board-access.ts';
import { factsOf } from './boards.ts';
import { listBoardBatches } from './board-batches.ts';
import type { BoardContext } from './board-batches.ts';

/** Sheets printed at once: more make a browser slow. */
export const SHEETS_AT_ONCE = 50;

export type SheetRow = {
  no: number;
  name: string;
  members: number;
  amountCents: number;
  /** Of a list: first month. */
  since: string | null;
};
export type BoardSheet = Awaited<ReturnType<typeof readBoardSheets>>[number]['sheet'];
type StoredRow = Awaited<ReturnType<typeof listBoardRows>>[number];

/**
 * The sheets of some villages' boards: what the living page of each shows, so that paper and page have one
 * hash. `stored` are the rows as the store has them, in the order of the sheet's. Throws `board-behind`
 * where the page is about to change, `not-found` where one of the boards is not the actor's.
 */
export async function readBoardSheets(
  context: BoardContext,
  actor: Actor,
  batchId: string,
  placeCodes: string[],
) {
  const { db, read } = context;
  const places = await readBoardPlaces(db, actor);
  const batch = (await listBoardBatches(context)).find(({ id }) => id === batchId);
  // What was withdrawn a moment ago may still be on the site.
  const isApproved = (await readBatch(db, batchId))?.status === 'approved';
  if (!batch || !isApproved || !placeCodes.every((code) => places.has(code)))
    throw new CodedError('not-found');
  const rows = Map.groupBy(await listBoardRows(db, batchId, placeCodes), (row) => row.placeCode);
  const county = (await read('site'))?.countyName ?? '';
  return Promise.all(
    placeCodes.map(async (placeCode) => {
      const page = pageListOf(await read('village', placeCode), batchId);
      if (!page) throw new CodedError('not-found');
      const stored = rows.get(placeCode) ?? [];
      if (!isSame(page, stored)) throw new CodedError('board-behind');
      const sheet = {
        batch: factsOf(batch),
        placeCode,
        place: places.nameOf(placeCode),
        town: places.townOf(placeCode)?.name ?? '',
        county,
        publisher: page.publisher,
        updatedOn: page.updatedOn,
        batchHash: page.batchHash,
        batchSalt: page.batchSalt,
        names: 'masked' as 'masked' | 'full' | 'destroyed',
        rows: page.rows,
        countsOnly: page.countsOnly,
      };
      return { sheet, stored };
    }),
  );
}

function pageListOf(file: PublicFile<'village'> | null, batchId: string) {
  const list = file?.lists.find((each) => each.batch === batchId);
  const notice = file?.notices.find((each) => each.notice === batchId);
  const found = list ?? notice;
  if (!found) return null;
  const rows: SheetRow[] = found.rows.map(({ maskedName, ...row }) => ({
    since: null,
    ...row,
    name: maskedName,
  }));
  return { ...found, rows, countsOnly: list?.countsOnly ?? null };
}

/** Whether the page shows what the store has: a household taken down a moment ago is not printed. */
function isSame(
  { rows: shown, countsOnly }: { rows: SheetRow[]; countsOnly: CountsOnly | null },
  stored: StoredRow[],
): boolean {
  if (countsOnly) {
    const persons = stored.reduce((sum, row) => sum + row.members, 0);
    return countsOnly.households === stored.length && countsOnly.persons === persons;
  }
  return (
    shown.length === stored.length &&
    shown.every((row, at) => {
      const { maskedName, members, amountCents } = stored[at] ?? {};
      return row.name === maskedName && row.members === members && row.amountCents === amountCents;
    })
  );
}
