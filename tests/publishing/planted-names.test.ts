import { expect, test } from 'vitest';
import type { Tx } from '#db/store.ts';
import { publish } from '#publishing/publish.ts';
import { TOWNS, addList, openCounty } from '#support/county.ts';
import { snapshotLive } from './live-files.ts';

const [FIRST, SECOND] = TOWNS;
/** Wherever text comes from: a full name of a published list, put there. */
const PLANTED: [string, (tx: Tx) => Promise<unknown>][] = [
  [
    'the text of a page',
    (tx) => tx.update(tx.t.pageText).set({ markdown: '# 办理\n\n请找欧阳晓岚办理。' }),
  ],
  ['the title of a page', (tx) => tx.update(tx.t.pageText).set({ title: '张三丰的办事指南' })],
  ['the legal basis of a page', (tx) => tx.update(tx.t.pageText).set({ legalBasis: '王二柱来信' })],
  [
    'the document of a standard',
    (tx) => tx.update(tx.t.standard).set({ documentNumber: '示民发21号（李小满）' }),
  ],
  ['the hours of a hotline', (tx) => tx.update(tx.t.hotline).set({ hours: '找张 三丰' })],
  ['the names of the county', (tx) => tx.update(tx.t.setting).set({ value: '张三丰区' })],
  ['a masked name of a list', (tx) => tx.update(tx.t.listRow).set({ maskedName: '欧阳晓岚*' })],
];

test.each(PLANTED)(
  'a full name in %s refuses the publication and leaves every byte',
  async (_where, plant) => {
    await using county = await openCounty();
    await addList(county, { town: FIRST });
    await publish(county.portal);
    const before = snapshotLive(county);
    await addList(county, { town: SECOND });
    await county.db.transaction(plant);
    const result = await publish(county.portal);
    expect(result).toMatchObject({ status: 'refused', pagesChanged: 0 });
    expect(result.findings.map(({ kind }) => kind)).toContain('full-name');
    expect(JSON.stringify(result.findings)).not.toMatch(/[张欧王李]/);
    expect(snapshotLive(county)).toEqual(before);
  },
);
