import { expect, test } from 'vitest';
import { insertTexts, listAllTexts } from '#db/queries/texts.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { browse } from './browse.ts';

const PATH = '/staff/texts/';

test('an editor of an older portal puts in what the software brings, and looks at it before it goes live', async () => {
  await using portal = await createPortal();
  await portal.context.db.transaction(async (tx) => {
    const rows = await listAllTexts(tx);
    await tx.delete(tx.t.pageText);
    const old = rows.filter(({ section }) => section !== 'form');
    await insertTexts(
      tx,
      old.map((row) => ({ ...row, overview: '' })),
    );
  });
  const open = await browse(portal, 'publisher');
  const before = await open(PATH);
  expect(before.html).toContain('随软件带来、本站还没有的');
  const count = /放入这(\d+)篇/.exec(before.html)?.[1];
  const sent = await open(PATH, []);
  expect(sent).toMatchObject({ status: 303, location: `${PATH}?added=${count}` });
  const after = await open(sent.location ?? '');
  expect(after.html).toContain(`放入了${count}篇，还不在网站上`);
  expect(after.html).not.toContain('随软件带来、本站还没有的');
  const form = await open(`${PATH}edit/?slug=application`);
  expect(form.html).toContain('起不在网站上');
  expect(form.html).toContain('随软件带来的');
  expect(form.html).not.toContain('保存并发布');
  const fields = [...form.html.matchAll(/<input type="hidden" name="(\w+)" value="?([^">]*)/g)];
  const typed = fields.map(([, name = '', value = '']): [string, string] => [name, value]);
  const change: [string, string][] = [
    ...typed.filter(([name]) => !['title', 'do'].includes(name)),
    ['title', '社会救助申请书（本区）'],
    ['do', 'save'],
  ];
  const saved = await open(`${PATH}edit/?slug=application`, change);
  expect(saved).toMatchObject({ status: 303, location: `${PATH}?kept` });
  expect((await open(`${PATH}?kept`)).html).toContain('已保存，还不在网站上');
});

test('an overview that came with the software is filled in to be looked at, not saved', async () => {
  await using portal = await createPortal();
  await portal.context.db.transaction(async (tx) => {
    const rows = await listAllTexts(tx);
    await tx.delete(tx.t.pageText);
    await insertTexts(
      tx,
      rows.map((row) => ({ ...row, overview: '' })),
    );
  });
  const open = await browse(portal, 'publisher');
  const edit = await open(`${PATH}edit/?slug=dibao`);
  expect(edit.html).toContain('href="?slug=dibao&amp;overview"');
  expect(edit.html).toMatch(/<textarea[^>]+name="overview"[^>]*><\/textarea>/);
  const filled = await open(`${PATH}edit/?slug=dibao&overview`);
  expect(filled.html).toMatch(/<textarea[^>]+name="overview"[^>]*>[^<]+：/);
  const [row] = (await listAllTexts(portal.context.db)).filter(({ slug }) => slug === 'dibao');
  expect(row).toMatchObject({ overview: '', version: 1 });
});

test('a new portal says nothing of texts that came with the software', async () => {
  await using portal = await createPortal();
  const open = await browse(portal, 'publisher');
  expect((await open(PATH)).html).not.toContain('随软件带来');
  expect((await open(`${PATH}edit/?slug=dibao`)).html).not.toContain('随软件带来');
});
