import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '#db/open.ts';
import { listStaff } from '#db/queries/complaints.ts';
import { readSettings, upsertSetting } from '#db/queries/settings.ts';
import type { Reader, Tx } from '#db/store.ts';
import { createPortal } from '#support/fresh-portal.ts';

async function namesOf(db: Reader): Promise<string[]> {
  return (await listStaff(db)).map((person) => person.name);
}

async function addPerson(tx: Tx, name: string): Promise<void> {
  const { person } = tx.t;
  const [like] = await tx.select().from(person).limit(1);
  if (!like) throw new Error('nobody is there');
  await tx.insert(person).values({ ...like, id: randomUUID(), name });
}

test('who joins is known at once, within the transaction and after it', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  expect(await namesOf(db)).not.toContain('钱新来');
  await db.transaction(async (tx) => {
    await addPerson(tx, '钱新来');
    expect(await namesOf(tx)).toContain('钱新来');
    expect(await namesOf(db)).not.toContain('钱新来');
  });
  expect(await namesOf(db)).toContain('钱新来');
});

test('what was taken back was never there', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  const before = await namesOf(db);
  const failed = db.transaction(async (tx) => {
    await addPerson(tx, '钱新来');
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(await namesOf(db)).toEqual(before);
});

test('of two that are committed together, both are known, and what a third took back is not', async () => {
  await using portal = await createPortal();
  const { db } = portal.context;
  await namesOf(db);
  const work = ['钱甲甲', '钱乙乙', '钱丙丙'].map((name) =>
    db.transaction(async (tx) => {
      await addPerson(tx, name);
      if (name === '钱乙乙') throw new Error('no');
    }),
  );
  await Promise.allSettled(work);
  const names = await namesOf(db);
  expect(names).toEqual(expect.arrayContaining(['钱甲甲', '钱丙丙']));
  expect(names).not.toContain('钱乙乙');
});

test('what another process writes is known as well', async () => {
  await using portal = await createPortal();
  const { db, config } = portal.context;
  expect(await namesOf(db)).not.toContain('钱新来');
  const other = openStore(join(config.dataDir, 'portal.db'), { synchronous: 'OFF' });
  await other.transaction((tx) => addPerson(tx, '钱新来'));
  expect(await namesOf(db)).toContain('钱新来');
  await other.transaction((tx) => upsertSetting(tx, 'operator_name', '示范单位'));
  expect(await readSettings(db)).toMatchObject({ operator_name: '示范单位' });
  await other.close();
});

test('rows that several are given cannot be changed by one of them', async () => {
  await using portal = await createPortal();
  const staff = await listStaff(portal.context.db);
  expect(Object.isFrozen(staff) && staff.every((person) => Object.isFrozen(person))).toBe(true);
});
