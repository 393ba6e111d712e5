import { expect, test } from 'vitest';
import { sweep } from '#jobs/sweep.ts';
import { listRowsOf } from '#db/queries/list-rows.ts';
import { listSealedOf } from '#db/queries/sealed-files.ts';
import { SealError, openSealed } from '#sealing/age.ts';
import { listBodyKeysOf, openBodyIdentity } from '#services/keyring.ts';
import { openNames } from '#services/names-file.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { csvOf, decideList, idOf, readSpecimen, uploadBatchId } from '#support/lists.ts';

const DAY = 24 * 60 * 60 * 1000;
const TOWNSHIP = 'township-990101100000';

/** The identity of the body whose key this person holds. */
async function identityOf(portal: FreshPortal, login: string): Promise<string> {
  const { db } = portal.context;
  const actor = await portal.actorOf(login);
  const [key] = await listBodyKeysOf(db, actor);
  const identity = key && (await openBodyIdentity(db, actor, key.keyId));
  if (!identity) throw new Error(`${login} holds no key`);
  return identity;
}

test('the sealed upload opens for the publishing and the reviewing body and for no other', async () => {
  await using portal = await createPortal();
  const file = csvOf([{ village: '柳树村', name: '陆秋实', id: idOf('19570303') }]);
  const id = await uploadBatchId(portal, await portal.signIn('publisher-qingshan'), {
    file,
    fileName: 'list.csv',
  });
  const [upload] = await listSealedOf(portal.context.db, id, 'upload');
  const sealed = upload?.sealed ?? Buffer.alloc(0);
  for (const login of ['publisher-qingshan', 'reviewer']) {
    const opened = await openSealed(await identityOf(portal, login), sealed);
    expect(opened.toString('utf8')).toBe(file);
  }
  for (const login of ['liaison', 'township-yunshui']) {
    const identity = await identityOf(portal, login);
    await expect(openSealed(identity, sealed)).rejects.toThrow(SealError);
  }
});

test('the sealed names of a village lead back to the masked rows', async () => {
  await using portal = await createPortal();
  const household = { village: '柳树村', name: '陆秋实', id: idOf('19570303') };
  const id = await uploadBatchId(portal, await portal.signIn('publisher-qingshan'), {
    file: csvOf([household]),
    fileName: 'list.csv',
  });
  const [names] = await listSealedOf(portal.context.db, id, 'names');
  const identity = await identityOf(portal, 'publisher-qingshan');
  const { households } = await openNames(identity, names?.sealed ?? Buffer.alloc(0));
  const [row] = await listRowsOf(portal.context.db, id);
  expect(row?.maskedName).toBe('陆*实');
  expect(households).toEqual([
    { rowId: row?.id, fullName: household.name, idNumber: household.id },
  ]);
});

test.each(['approve', 'reject'] as const)('to %s destroys the sealed upload', async (decision) => {
  await using portal = await createPortal();
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), {
    file: readSpecimen('layout-b.xlsx'),
    aidType: 'URBAN_DIBAO',
  });
  expect(await listSealedOf(portal.context.db, id, 'upload')).toHaveLength(1);
  await decideList(portal, await portal.signIn('reviewer'), id, decision);
  expect(await listSealedOf(portal.context.db, id, 'upload')).toHaveLength(0);
  const names = await listSealedOf(portal.context.db, id, 'names');
  expect(names.length > 0).toBe(decision === 'approve');
});

test('an upload that nobody decides about is destroyed after 30 days', async () => {
  await using portal = await createPortal();
  const id = await uploadBatchId(portal, await portal.signIn('publisher'), {
    file: readSpecimen('layout-b.xlsx'),
    aidType: 'URBAN_DIBAO',
  });
  portal.advance(30 * DAY);
  await sweep(portal.context);
  expect(await listSealedOf(portal.context.db, id, 'upload')).toHaveLength(1);
  portal.advance(DAY);
  await sweep(portal.context);
  expect(await listSealedOf(portal.context.db, id, 'upload')).toHaveLength(0);
});

test('the sweep forgets proofs that have expired', async () => {
  await using portal = await createPortal();
  const { db, now } = portal.context;
  await db.transaction(async (tx) => {
    await tx.insert(tx.t.usedProof).values([
      { nonce: 'old', expiresAt: now() - 1 },
      { nonce: 'fresh', expiresAt: now() + 1 },
    ]);
  });
  await sweep(portal.context);
  expect(await db.select().from(db.t.usedProof)).toMatchObject([{ nonce: 'fresh' }]);
});

test('uploading and deciding leave one audit entry each, without a name', async () => {
  await using portal = await createPortal();
  const id = await uploadBatchId(portal, await portal.signIn('publisher-qingshan'), {
    file: csvOf([{ village: '柳树村', name: '陆秋实', id: idOf('19570303') }]),
    fileName: 'list.csv',
  });
  await decideList(portal, await portal.signIn('reviewer'), id, 'approve');
  const { db } = portal.context;
  const entries = (await db.select().from(db.t.auditEntry)).filter(
    (entry) => entry.subjectId === id,
  );
  expect(entries.map((entry) => [entry.action, entry.bodyCode])).toEqual([
    ['batch.upload', TOWNSHIP],
    ['batch.approve', 'bureau-990101000000'],
  ]);
  expect(JSON.stringify(entries)).not.toContain('秋实');
});
