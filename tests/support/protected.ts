import { listRowsOf } from '#db/queries/list-rows.ts';
import type { FreshPortal } from './fresh-portal.ts';
import { csvOf, idOf, uploadBatchId } from './lists.ts';
import type { CsvHousehold } from './lists.ts';

/** Two households of one village: one that is to be protected, and its neighbour. */
export const shielded = { village: '柳树村', name: '陆秋实', id: idOf('19570303') };
export const listed = { village: '柳树村', name: '任桂香', id: idOf('19550101') };

/** Uploads a list and answers its rows as they are stored. */
export async function uploadRows(
  portal: FreshPortal,
  cookie: string,
  period: string,
  households: CsvHousehold[],
) {
  const file = csvOf(households);
  const id = await uploadBatchId(portal, cookie, { file, fileName: 'list.csv', period });
  const rows = await listRowsOf(portal.context.db, id);
  return { id, rows };
}
