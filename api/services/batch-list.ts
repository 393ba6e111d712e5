import type { Actor, Context } from '#api/context.ts';
import { countBatches, listBatchPage, listPublishersOf } from '#db/queries/batch-list.ts';
import type { BatchFilter } from '#db/queries/batch-list.ts';
import { pageOf } from '#rules/paging.ts';
import { listScope } from './list-access.ts';
import { readListNames, summariseBatch } from './list-names.ts';

/** Lists of one page of the overview. */
const PAGE = 50;

/** The lists the actor may know of, those that wait for a decision first, then the newest. */
export async function listBatchSummaries(
  { db }: Context,
  actor: Actor,
  { page: asked, ...filter }: BatchFilter & { page?: number | undefined },
) {
  const scope = listScope(actor);
  const total = await countBatches(db, scope, filter);
  const { page, pages, offset } = pageOf(total, PAGE, asked);
  const batches = await listBatchPage(db, scope, filter, { limit: PAGE, offset });
  const names = await readListNames(db, batches);
  const publishers = await listPublishersOf(db, scope);
  return {
    items: batches.map((batch) => summariseBatch(batch, names)),
    total,
    page,
    pages,
    bodies: publishers.map((code) => ({ code, name: names.bodies.get(code) ?? code })),
  };
}
