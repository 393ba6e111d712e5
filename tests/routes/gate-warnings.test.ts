import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { idOf } from '#support/lists.ts';
import { HOUSEHOLDS, publishHouseholds, publishedBy } from '#support/publications.ts';

const PATH = '/api/staff/gate-warnings';
type Warning = {
  ids: string[];
  places: { where: string; row: number | null }[];
  mayClear: boolean;
};

/** A standard's document in whose number the name of a recipient stands. */
async function writeDocument(portal: FreshPortal, documentNumber: string) {
  await portal.context.db.transaction(async (tx) => {
    await tx.update(tx.t.standard).set({ documentNumber });
  });
}

async function publishPeace(portal: FreshPortal) {
  await writeDocument(portal, '世界和平日第1号');
  const peace = { village: '柳树村', name: '和平', id: idOf('19610101') };
  return publishHouseholds(portal, { households: [...HOUSEHOLDS, peace] });
}

async function publishAgain(portal: FreshPortal, cookie: string) {
  await publishedBy(portal, () => portal.call('/api/staff/publications', { cookie, json: {} }));
}

async function readWarnings(portal: FreshPortal, cookie: string): Promise<Warning[]> {
  const answer = await portal.call(PATH, { cookie });
  return ((await answer.json()) as { items: Warning[] }).items;
}

function clear(portal: FreshPortal, cookie: string, warnings: Warning[]) {
  const ids = warnings.flatMap((warning) => warning.ids);
  return portal.call(`${PATH}/clear`, { cookie, json: { ids } });
}

test('a warning waits for somebody other than who started the publication', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer } = await publishPeace(portal);
  const warnings = await readWarnings(portal, publisher);
  expect(warnings.length).toBeGreaterThan(0);
  expect(warnings.flatMap(({ places }) => places.map((place) => place.where))).toContain(
    '/standards/',
  );
  expect(warnings.every((warning) => !warning.mayClear)).toBe(true);
  expect((await clear(portal, publisher, warnings)).status).toBe(403);
  expect((await clear(portal, reviewer, warnings)).status).toBe(204);
  expect((await clear(portal, reviewer, warnings)).status).toBe(204);
  expect(await readWarnings(portal, publisher)).toEqual([]);
});

test('a warning names places, never the words or the person', async () => {
  await using portal = await createPortal();
  const { publisher } = await publishPeace(portal);
  const answer = await portal.call(PATH, { cookie: publisher });
  expect(await answer.text()).not.toContain('和平');
  const { db } = portal.context;
  expect(JSON.stringify(await db.select().from(db.t.gateWarning))).not.toContain('和平');
});

test('a later publication does not push an open warning away', async () => {
  await using portal = await createPortal();
  const { publisher } = await publishPeace(portal);
  const before = await readWarnings(portal, publisher);
  portal.advance(24 * 60 * 60_000);
  await publishAgain(portal, await portal.signIn('publisher'));
  const after = await readWarnings(portal, await portal.signIn('reviewer'));
  expect(after.flatMap(({ ids }) => ids).sort()).toEqual(before.flatMap(({ ids }) => ids).sort());
});

test('a cleared warning comes back only when the words change, and goes with them', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer } = await publishPeace(portal);
  await clear(portal, reviewer, await readWarnings(portal, reviewer));
  await writeDocument(portal, '世界和平日第2号');
  await publishAgain(portal, publisher);
  const again = await readWarnings(portal, reviewer);
  expect(again.length).toBeGreaterThan(0);
  await writeDocument(portal, '示民发〔2026〕2号');
  await publishAgain(portal, publisher);
  expect(await readWarnings(portal, reviewer)).toEqual([]);
  await writeDocument(portal, '世界和平日第1号');
  await publishAgain(portal, publisher);
  expect(await readWarnings(portal, reviewer)).toEqual([]);
});

test('the last publications say what they were and what to do where one was refused', async () => {
  await using portal = await createPortal();
  const { publisher, reviewer, rows } = await publishHouseholds(portal);
  await publishedBy(portal, () =>
    portal.call(`/api/staff/rows/${rows[0]?.id}/take-down`, {
      cookie: reviewer,
      json: { reason: 'OTHER' },
    }),
  );
  await writeDocument(portal, '联系人任桂香');
  await publishAgain(portal, publisher);
  const answer = await portal.call('/api/staff/publications', { cookie: publisher });
  expect(await answer.json()).toMatchObject({
    items: [
      {
        scope: 'approved',
        status: 'refused',
        findings: expect.arrayContaining([
          expect.objectContaining({ advice: expect.stringContaining('脱敏') }),
        ]),
      },
      { scope: 'standing', status: 'live', startedBy: '裴书言' },
      { scope: 'approved', status: 'live', startedBy: '聂清和' },
    ],
  });
});
