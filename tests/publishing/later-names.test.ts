import { expect, test } from 'vitest';
import type { Tx } from '#db/store.ts';
import { listOpenWarnings } from '#db/queries/gate-warnings.ts';
import { publish, recoverPublication } from '#publishing/publish.ts';
import { takeDown } from '#services/publications.ts';
import { TOWNS, addList, openCounty } from '#support/county.ts';
import type { County } from '#support/county.ts';
import { pageOf, snapshotLive } from './live-files.ts';

const [FIRST, SECOND] = TOWNS;

function write(county: County, markdown: string) {
  return county.db.transaction((tx: Tx) => tx.update(tx.t.pageText).set({ markdown }));
}

test.each([
  ['in one piece', '# 办理\n\n请找欧阳晓岚办理。'],
  ['with marks between its characters', '# 办理\n\n请找欧阳**晓岚**办理。'],
])('a name in a standing text, %s, refuses the list that brings it later', async (_how, text) => {
  await using county = await openCounty();
  await write(county, text);
  expect(await publish(county.portal)).toMatchObject({ status: 'live' });
  const before = snapshotLive(county);
  await addList(county, { town: FIRST });
  const result = await publish(county.portal);
  expect(result).toMatchObject({ status: 'refused' });
  const places = result.findings.map(({ kind, where }) => [kind, where]);
  expect(places).toContainEqual(['full-name', '/procedures/dibao/']);
  expect(snapshotLive(county)).toEqual(before);
});

test('what leaves the site is not stopped by it', async () => {
  await using county = await openCounty();
  const first = await addList(county, { town: FIRST });
  await publish(county.portal);
  await addList(county, { town: SECOND });
  const by = { ...county.portal, actor: { personId: 'person-3' } };
  await takeDown(by, { kind: 'row', id: `${first}-row-2`, reason: 'WRONG' });
  expect(await publish(county.portal, { scope: 'standing' })).toMatchObject({ status: 'live' });
});

test('a name of two characters in a standing text is a warning, once', async () => {
  await using county = await openCounty();
  await write(county, '# 办理\n\n请找赵一办理。');
  await publish(county.portal);
  await addList(county, { town: FIRST });
  const first = await publish(county.portal);
  expect(first.status).toBe('live');
  expect(first.findings.map(({ kind, where }) => [kind, where])).toContainEqual([
    'possible-name',
    '/procedures/dibao/',
  ]);
  await addList(county, { town: FIRST, period: '2026-12' });
  const next = await publish(county.portal);
  expect(next).toMatchObject({ status: 'live' });
  expect(next.findings.filter(({ where }) => where.startsWith('/procedures/'))).toEqual([]);
  expect(pageOf(county, 'procedures/dibao')).toContain('赵一');
});

test('a warning survives a stop while what it is about goes live', async () => {
  await using county = await openCounty();
  await write(county, '# 办理\n\n请找赵一办理。');
  await publish(county.portal);
  await addList(county, { town: FIRST });
  const stopped = publish(county.portal, {
    onOperation: (operation) => {
      if (operation === 'committed') throw new Error('stopped here');
    },
  });
  await expect(stopped).rejects.toThrow('stopped here');
  await recoverPublication(county.portal);
  const open = (await listOpenWarnings(county.db)).map(({ finding }) => finding);
  expect(open.filter((finding) => finding.includes('/procedures/dibao/'))).toHaveLength(1);
});
