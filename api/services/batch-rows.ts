import { isListed } from '#rules/list-lifecycle.ts';
import type { Batch } from '#db/queries/batches.ts';
import { findPlacesOf } from '#db/queries/list-comparison.ts';
import { listRowsOfPlace } from '#db/queries/list-rows.ts';
import { listExitsOf } from '#db/queries/list-exits.ts';
import type { Reader } from '#db/store.ts';
import { pageOf } from '#rules/paging.ts';
import { findUniqueNames, isCounted, matchRows } from '#rules/list-comparison.ts';

/** Rows of a village on one page. */
const PAGE = 100;

/**
 * The masked rows of one village beside those of the list before: who joined (or came from where), what
 * changed, and who is gone (or went where). Long villages come a page at a time.
 */
export async function readVillageRows(
  db: Reader,
  batch: Batch,
  before: Batch | null,
  placeCode: string,
  nameOf: (placeCode: string) => string,
  asked: number | undefined,
) {
  const now = await listRowsOfPlace(db, batch.id, placeCode);
  const old = before ? (await listRowsOfPlace(db, before.id, placeCode)).filter(isCounted) : [];
  const { rows: all, gone } = matchRows(old, now);
  const { page, pages, offset } = pageOf(all.length, PAGE, asked);
  const rows = all.slice(offset, offset + PAGE);
  const joined = rows.filter(({ change }) => change === 'joined').map(({ row }) => row.idMac);
  const cameFrom = before ? await findPlacesOf(db, before.id, joined) : new Map<string, string>();
  const wentTo = await findPlacesOf(
    db,
    batch.id,
    gone.map((row) => row.idMac),
  );
  const reasons = before && gone.length > 0 ? await readReasons(db, batch.id, before.id) : null;
  const unique = findUniqueNames(now);
  const placeOf = (code: string | undefined) => (code === undefined ? null : nameOf(code));
  return {
    rowPage: page,
    rowPages: pages,
    rowTotal: all.length,
    rows: rows.map(({ row, was, change }) => ({
      id: row.id,
      line: row.line,
      sheet: row.sheet,
      maskedName: row.maskedName,
      members: row.members,
      amountCents: row.amountCents,
      since: row.since,
      visibility: row.visibility,
      isUnique: isListed(row) && unique.has(row.maskedName ?? ''),
      change,
      was: was && { members: was.members, amountCents: was.amountCents },
      cameFrom: placeOf(cameFrom.get(row.idMac)),
    })),
    gone: gone.map((row) => ({
      id: row.id,
      maskedName: row.maskedName,
      members: row.members,
      amountCents: row.amountCents,
      since: row.since,
      visibility: row.visibility,
      wentTo: placeOf(wentTo.get(row.idMac)),
      reason: reasons?.get(row.id) ?? null,
    })),
  };
}

async function readReasons(db: Reader, batchId: string, beforeId: string) {
  const exits = await listExitsOf(db, batchId, beforeId);
  return new Map(exits.map((exit) => [exit.id, exit.reason]));
}
