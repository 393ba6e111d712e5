import { expect, test } from 'vitest';
import { listRowsOf, readListRow } from '#db/queries/list-rows.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { csvOf, uploadBatchId } from '#support/lists.ts';
import {
  HOUSEHOLDS,
  publicFolders,
  publishHouseholds,
  publishedBy,
} from '#support/publications.ts';
import { findInFolder } from '#support/scan-folder.ts';
import { listed, shielded, uploadRows } from '#support/protected.ts';

const PATH = '/api/staff/protected-households';

test('a remark in a new list takes the household off what stands already', async () => {
  await using portal = await createPortal();
  const { publisher, rows } = await publishHouseholds(portal);
  await publishedBy(portal, () =>
    uploadRows(portal, publisher, '2026-11', [{ ...shielded, remark: '保密' }, listed]),
  );
  expect(await readListRow(portal.context.db, rows[0]?.id ?? '')).toMatchObject({
    visibility: 'withheld',
    maskedName: null,
  });
  expect(publicFolders(portal).flatMap((folder) => findInFolder(folder, ['陆*实']))).toEqual([]);
});

test('a list that is put back does not name a household protected meanwhile', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id } = await publishHouseholds(portal);
  const reason = { reason: 'OTHER' };
  await publishedBy(portal, () =>
    portal.call(`/api/staff/batches/${id}/withdraw`, { cookie: publisher, json: reason }),
  );
  await publishedBy(portal, () =>
    portal.call(PATH, { cookie: publisher, json: { idNumber: shielded.id } }),
  );
  const [taken] = await portal.context.db.select().from(portal.context.db.t.takeDown);
  const path = `/api/staff/take-downs/${taken?.id}/decision`;
  const answer = await portal.call(path, { cookie: reviewer, json: { decision: 'reverse' } });
  expect(answer.status).toBe(204);
  await publishedBy(portal, () =>
    portal.call('/api/staff/publications', { cookie: publisher, json: {} }),
  );
  const found = publicFolders(portal).flatMap((folder) => findInFolder(folder, ['陆*实', '任*香']));
  expect([...new Set(found.map(({ needle }) => needle))]).toEqual(['任*香']);
});

test('numbers of a notice leave no gap where a household is protected', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  await portal.call(PATH, { cookie: publisher, json: { idNumber: HOUSEHOLDS[0]?.id } });
  const id = await uploadBatchId(portal, publisher, {
    file: csvOf(HOUSEHOLDS),
    fileName: 'list.csv',
    fields: { kind: 'REVIEW_NOTICE', noticeDays: '7' },
  });
  const numbers = async () =>
    (await listRowsOf(portal.context.db, id)).map(({ maskedName, no }) => [maskedName, no]);
  expect(await numbers()).toEqual([
    [null, 0],
    ['任*香', 1],
    ['施*余', 2],
  ]);
  await portal.call(PATH, { cookie: publisher, json: { idNumber: HOUSEHOLDS[1]?.id } });
  expect(await numbers()).toEqual([
    [null, 0],
    [null, 0],
    ['施*余', 1],
  ]);
});
