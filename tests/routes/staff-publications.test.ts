import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { listRowsOf } from '#db/queries/list-rows.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, readSpecimen, uploadBatchId } from '#support/lists.ts';
import { findInFolder } from '#support/scan-folder.ts';

type Latest = { publication: { id: string; status: string; findings: unknown[] } | null };

async function readLatest(portal: FreshPortal, cookie: string): Promise<Latest> {
  const answer = await portal.call('/api/staff/publications/latest', { cookie });
  return (await answer.json()) as Latest;
}

/** Waits until a publication other than `before` has ended. */
async function settle(portal: FreshPortal, cookie: string, before?: string) {
  for (;;) {
    const { publication } = await readLatest(portal, cookie);
    const isNew = publication !== null && publication.id !== before;
    if (isNew && publication.status !== 'running') return publication;
    await setTimeout(50);
  }
}

async function publish(portal: FreshPortal, cookie: string) {
  const { publication } = await readLatest(portal, cookie);
  const answer = await portal.call('/api/staff/publications', { cookie, json: {} });
  expect(answer.status).toBe(202);
  return settle(portal, cookie, publication?.id);
}

function readLive(portal: FreshPortal, path: string): string {
  return readFileSync(join(portal.context.config.dataDir, 'site', path), 'utf8');
}

const households = [
  { village: '柳树村', name: '陆秋实', id: idOf('19570303') },
  { village: '柳树村', name: '任桂香', id: idOf('19550101') },
];

/** Two people of one list on the site. */
async function publishList(portal: FreshPortal) {
  const publisher = await portal.signIn('publisher');
  const reviewer = await portal.signIn('reviewer');
  const id = await uploadBatchId(portal, publisher, {
    file: csvOf(households),
    fileName: 'list.csv',
  });
  await decideList(portal, reviewer, id, 'approve');
  const publication = await publish(portal, publisher);
  portal.advance(1000);
  const rows = await listRowsOf(portal.context.db, id);
  const page = `places/${rows[0]?.placeCode}/index.html`;
  return { publisher, reviewer, id, rows, page, publication };
}

test('an approved list goes live masked, each step with its time', async () => {
  await using portal = await createPortal();
  const { page, publication } = await publishList(portal);
  expect(publication).toMatchObject({ status: 'live', startedBy: '聂清和' });
  expect(publication).toMatchObject({
    steps: expect.arrayContaining([
      expect.objectContaining({ label: '导出', ms: expect.any(Number) }),
    ]),
  });
  expect(readLive(portal, page)).toContain('陆*实');
});

test('a rejected list is never exported', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const file = csvOf(households);
  const id = await uploadBatchId(portal, publisher, { file, fileName: 'list.csv' });
  await decideList(portal, await portal.signIn('reviewer'), id, 'reject');
  await publish(portal, publisher);
  const { dataDir } = portal.context.config;
  expect(findInFolder(join(dataDir, 'public'), ['陆*实', '任*香'])).toEqual([]);
  expect(findInFolder(join(dataDir, 'site'), ['陆*实', '任*香'])).toEqual([]);
});

test('a row that is taken down leaves the site by itself', async () => {
  await using portal = await createPortal();
  const { publisher, rows, page, publication } = await publishList(portal);
  const answer = await portal.call(`/api/staff/rows/${rows[0]?.id}/take-down`, {
    cookie: await portal.signIn('triage'),
    json: { reason: 'SHOULD_NOT_BE_PUBLIC' },
  });
  expect(answer.status).toBe(202);
  expect(await settle(portal, publisher, publication.id)).toMatchObject({ status: 'live' });
  expect(readLive(portal, page)).not.toContain('陆*实');
  expect(readLive(portal, page)).toContain('任*香');
});

test('a household taken down for its protection stays off the next list', async () => {
  await using portal = await createPortal();
  const { publisher, rows, publication } = await publishList(portal);
  await portal.call(`/api/staff/rows/${rows[0]?.id}/take-down`, {
    cookie: publisher,
    json: { reason: 'PROTECTED' },
  });
  await settle(portal, publisher, publication.id);
  const next = await uploadBatchId(portal, publisher, {
    file: csvOf(households),
    fileName: 'list.csv',
    period: '2026-11',
  });
  const after = await listRowsOf(portal.context.db, next);
  expect(after.map((row) => row.visibility)).toEqual(['withheld', 'listed']);
});

test('a withdrawn list leaves the site by itself', async () => {
  await using portal = await createPortal();
  const { publisher, id, publication } = await publishList(portal);
  const answer = await portal.call(`/api/staff/batches/${id}/withdraw`, {
    cookie: await portal.signIn('leader'),
    json: { reason: 'WRONG' },
  });
  expect(answer.status).toBe(202);
  expect(await settle(portal, publisher, publication.id)).toMatchObject({ status: 'live' });
  const { dataDir } = portal.context.config;
  expect(findInFolder(join(dataDir, 'site'), ['陆*实', '任*香'])).toEqual([]);
});

test('an older list does not come back when the newest is withdrawn', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, id, publication } = await publishList(portal);
  const next = await uploadBatchId(portal, publisher, {
    file: csvOf(households),
    fileName: 'list.csv',
    period: '2026-11',
  });
  await decideList(portal, reviewer, next, 'approve');
  await portal.call(`/api/staff/batches/${next}/withdraw`, {
    cookie: publisher,
    json: { reason: 'WRONG' },
  });
  await settle(portal, publisher, publication.id);
  const { dataDir } = portal.context.config;
  expect(findInFolder(join(dataDir, 'site'), ['陆*实', '任*香'])).toEqual([]);
  const view = await portal.call(`/api/staff/batches/${id}`, { cookie: publisher });
  expect(await view.json()).toMatchObject({ status: 'withdrawn' });
});

test('who may not take down at the publishing body is told that the row is not there', async () => {
  await using portal = await createPortal();
  const { rows } = await publishList(portal);
  const path = `/api/staff/rows/${rows[0]?.id}/take-down`;
  for (const login of ['publisher-qingshan', 'intake']) {
    const cookie = await portal.signIn(login);
    const answer = await portal.call(path, { cookie, json: { reason: 'WRONG' } });
    expect(answer.status).toBe(404);
  }
});

test('no full name and no ID number is in any byte after upload, review and publication', async () => {
  await using portal = await createPortal();
  const publisher = await portal.signIn('publisher');
  const reviewer = await portal.signIn('reviewer');
  const id = await uploadBatchId(portal, publisher, {
    file: readSpecimen('layout-a-households.xlsx'),
    persons: readSpecimen('layout-a-persons.xlsx'),
  });
  const needles = await readPeople();
  const { root } = portal;
  expect(findInFolder(root, needles)).toEqual([]);
  await decideList(portal, reviewer, id, 'approve');
  expect(findInFolder(root, needles)).toEqual([]);
  expect(await publish(portal, publisher)).toMatchObject({ status: 'live' });
  expect(findInFolder(root, needles)).toEqual([]);
});

/** Every full name of three characters or more, and every ID number, of the specimen. */
async function readPeople(): Promise<string[]> {
  const { readSheets } = await import('#spreadsheets/read-sheets.ts');
  const found = new Set<string>();
  for (const name of ['layout-a-households.xlsx', 'layout-a-persons.xlsx']) {
    for (const sheet of await readSheets(readSpecimen(name), name)) {
      const [header, ...rows] = sheet.rows.map((row) =>
        row.cells.map((cell) => ('value' in cell ? String(cell.value) : '')),
      );
      const columns = (header ?? []).flatMap((title, at) =>
        /姓名|身份证号/.test(title) && !/账户/.test(title) ? [at] : [],
      );
      for (const row of rows) {
        for (const at of columns) {
          const text = (row[at] ?? '').replaceAll(/\s/g, '');
          if ([...text].length >= 3) found.add(text);
        }
      }
    }
  }
  expect(found.size).toBeGreaterThan(150);
  return [...found];
}
