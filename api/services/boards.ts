import type { Actor } from '#api/context.ts';
import { countListedHouseholds, listBoards } from '#db/queries/boards.ts';
import type { Board } from '#db/queries/boards.ts';
import { pageOf } from '#rules/paging.ts';
import { readBoardPlaces } from './board-access.ts';
import type { BoardPlaces } from './board-access.ts';
import { loadSettings } from './settings.ts';
import { listBoardBatches } from './board-batches.ts';
import type { BoardContext, BoardBatch } from './board-batches.ts';

const PAGE_SIZE = 100;

export type BoardQuery = {
  town?: string | undefined;
  batch?: string | undefined;
  /** Only boards that nobody has confirmed. */
  open?: boolean | undefined;
  /** From 1. */
  page?: number | undefined;
};

/** The boards of the actor's villages that should show something, a hundred at a time. */
export async function listBoardPage(context: BoardContext, actor: Actor, query: BoardQuery) {
  const { db } = context;
  const places = await readBoardPlaces(db, actor);
  const standing = await listBoardBatches(context);
  const all = (await listBoards(db, standing)).filter((board) => places.has(board.placeCode));
  const chosen = all.filter(
    ({ batchId, placeCode }) =>
      (!query.batch || batchId === query.batch) &&
      (!query.town || places.townOf(placeCode)?.code === query.town),
  );
  const shown = query.open ? chosen.filter((board) => board.postedOn === null) : chosen;
  const { page, pages, offset } = pageOf(shown.length, PAGE_SIZE, query.page);
  const items = shown.slice(offset, offset + PAGE_SIZE);
  return {
    items: await describeBoards(context, items, standing, places),
    total: shown.length,
    page,
    pages,
    due: chosen.length,
    posted: chosen.filter((board) => board.postedOn !== null).length,
    batches: standing
      .filter(({ id }) => all.some((board) => board.batchId === id))
      .map((batch) => ({ ...factsOf(batch), approvedOn: batch.approvedOn })),
    towns: listTowns(all, places),
    names: (await loadSettings(db)).board_names,
  };
}

async function describeBoards(
  { db }: BoardContext,
  boards: Board[],
  standing: BoardBatch[],
  places: BoardPlaces,
) {
  const households = new Map<string, Map<string, number>>();
  for (const [batchId, ofBatch] of Map.groupBy(boards, (board) => board.batchId)) {
    const codes = ofBatch.map((board) => board.placeCode);
    households.set(batchId, await countListedHouseholds(db, batchId, codes));
  }
  return boards.flatMap(({ batchId, placeCode, postedOn, recordedOn }) => {
    const batch = standing.find(({ id }) => id === batchId);
    if (!batch) return [];
    return {
      batch: factsOf(batch),
      placeCode,
      place: places.nameOf(placeCode),
      town: places.townOf(placeCode)?.name ?? '',
      households: households.get(batchId)?.get(placeCode) ?? 0,
      postedOn,
      recordedOn,
    };
  });
}

/** What names a batch on every page about boards. */
export function factsOf({ id, kind, aidType, period, startsAt, endsAt }: BoardBatch) {
  return { id, kind, aidType, period, startsAt, endsAt };
}

function listTowns(boards: Board[], places: BoardPlaces) {
  const towns = new Map<string, string>();
  for (const { placeCode } of boards) {
    const town = places.townOf(placeCode);
    if (town) towns.set(town.code, town.name);
  }
  return [...towns].map(([code, name]) => ({ code, name }));
}
