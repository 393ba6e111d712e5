import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { listRowsOf } from '#db/queries/list-rows.ts';
import { listPublications } from '#db/queries/publications.ts';
import type { FreshPortal } from './fresh-portal.ts';
import { csvOf, decideList, idOf, uploadBatchId } from './lists.ts';
import type { CsvHousehold } from './lists.ts';

/** Three invented households of 柳树村 and what the page shows of the first. */
export const HOUSEHOLDS: CsvHousehold[] = [
  { village: '柳树村', name: '陆秋实', id: idOf('19570303'), amount: '1321.07' },
  { village: '柳树村', name: '任桂香', id: idOf('19550101'), amount: '987.65' },
  { village: '柳树村', name: '施庆余', id: idOf('19490909'), amount: '512.34' },
];

/** Does something that starts a publication, and waits until one that began afterwards has ended. */
export async function publishedBy<T>(portal: FreshPortal, act: () => Promise<T>): Promise<T> {
  const { db } = portal.context;
  const [before] = await listPublications(db, 1);
  portal.advance(1000);
  const result = await act();
  for (;;) {
    const [latest] = await listPublications(db, 1);
    if (latest && latest.id !== before?.id && latest.status !== 'running') break;
    await setTimeout(20);
  }
  return result;
}

/** Uploads, approves and publishes a list; answers its rows. */
export async function publishHouseholds(
  portal: FreshPortal,
  { period = '2026-10', households = HOUSEHOLDS } = {},
) {
  const publisher = await portal.signIn('publisher');
  const reviewer = await portal.signIn('reviewer');
  const file = csvOf(households);
  const id = await uploadBatchId(portal, publisher, { file, fileName: 'list.csv', period });
  await decideList(portal, reviewer, id, 'approve');
  await publishedBy(portal, () =>
    portal.call('/api/staff/publications', { cookie: publisher, json: {} }),
  );
  const rows = await listRowsOf(portal.context.db, id);
  return { publisher, reviewer, id, rows, placeCode: rows[0]?.placeCode ?? '' };
}

/** The folders anyone can have files of. */
export function publicFolders(portal: FreshPortal): string[] {
  const { dataDir } = portal.context.config;
  return [join(dataDir, 'site'), join(dataDir, 'public')];
}
