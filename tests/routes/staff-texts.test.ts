import { expect, test } from 'vitest';
import type { z } from 'zod';
import { createPublicReader } from '#publishing/public-reader.ts';
import type { TextDesk, TextList } from '#routes/staff-texts.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { idOf } from '#support/lists.ts';
import { publishHouseholds, publishedBy } from '#support/publications.ts';

const PATH = '/api/staff/texts';
type Desk = z.infer<typeof TextDesk>;
type Refusal = { error: { code: string; message: string; fields: Record<string, string> } };

async function open(portal: FreshPortal, cookie: string, slug: string): Promise<Desk> {
  return (await (await portal.call(`${PATH}/${slug}`, { cookie })).json()) as Desk;
}

async function post(portal: FreshPortal, cookie: string, path: string, json: object) {
  const answer = await portal.call(`${PATH}${path}`, { cookie, json });
  const body = answer.status === 204 ? {} : await answer.json();
  return { status: answer.status, ...(body as Partial<Refusal> & { slug?: string }) };
}

/** The dibao procedure with other words. */
async function editDibao(portal: FreshPortal, cookie: string, over: Partial<Desk['fields']>) {
  const { fields, version } = await open(portal, cookie, 'dibao');
  return { base: version, note: '', ...fields, ...over };
}

test('an edited procedure goes live, and what stood before can be read again', async () => {
  await using portal = await createPortal();
  const { publisher: cookie } = await publishHouseholds(portal);
  const change = await editDibao(portal, cookie, { overview: '收费：不收费', title: '申请低保' });
  const before = (await open(portal, cookie, 'dibao')).fields;
  const saved = await publishedBy(portal, () =>
    post(portal, cookie, '/dibao', { ...change, note: '精简' }),
  );
  expect(saved.status).toBe(200);
  const read = createPublicReader(`${portal.context.config.dataDir}/public`);
  expect(await read('text', 'dibao')).toMatchObject({
    title: '申请低保',
    overview: [{ label: '收费', text: '不收费' }],
    document: null,
  });
  const { versions } = await open(portal, cookie, 'dibao');
  expect(versions).toMatchObject([
    { version: 2, change: 'edit', note: '精简', personName: '聂清和' },
    { version: 1, change: 'add', onDate: '', personName: null },
  ]);
  const old = await portal.call(`${PATH}/dibao?version=1`, { cookie });
  expect(((await old.json()) as Desk).fields).toEqual(before);
});

test('of two people who edit at once the second is told, and nothing is lost', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const first = await editDibao(portal, cookie, { title: '申请低保（甲）' });
  const second = { ...first, title: '申请低保（乙）' };
  expect((await post(portal, cookie, '/dibao', first)).status).toBe(200);
  const refused = await post(portal, cookie, '/dibao', second);
  expect([refused.status, refused.error?.code]).toEqual([409, 'state-changed']);
  expect((await open(portal, cookie, 'dibao')).fields.title).toBe('申请低保（甲）');
  const again = { ...second, base: 2 };
  expect((await post(portal, cookie, '/dibao', again)).status).toBe(200);
});

test.each([
  ['有 <b>HTML</b>', 'markdown', '第3行有 HTML'],
  ['![图](/x.png)', 'markdown', '图片'],
  ['[点我](javascript:alert)', 'markdown', '不能用'],
  ['[指南](/procedure/dibao)', 'markdown', '没有对应的页面'],
  ['# 太大的标题', 'markdown', '标题用'],
  ['#### 跳级', 'markdown', '跳了一级'],
  [`经办人 ${idOf('19570303')}`, 'markdown', '第3行“经办人 ****'],
  ['找周某，手机 1 3 9 1234 5678', 'markdown', '手机号码'],
  ['卡号\n6217 0000 1234\n5678 901', 'markdown', '一长串数字'],
])('a text is refused with the spot: %s', async (words, field, message) => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const change = await editDibao(portal, cookie, { markdown: `开头。\n\n${words}\n` });
  const refused = await post(portal, cookie, '/dibao', change);
  expect(refused.status).toBe(422);
  expect(refused.error?.fields[field]).toContain(message);
  const { base: _base, note: _note, ...fields } = change;
  const check = { ...fields, section: 'procedure', slug: 'dibao' };
  expect(await post(portal, cookie, '/check', check)).toMatchObject({ status: 422 });
});

test('what staff may write is taken: published phones, links of this site and outside, blanks and tables', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const markdown = [
    '## 联系',
    '电话 0000-8000001，[政务热线](tel:12345)，[标准](/standards/#current)。',
    '[部里](https://www.mca.gov.cn/)，[反映](/complaints/new)，[表格](/forms/application/)。',
    '签名：________',
    '```表 3\n姓名 | 关系\n```',
  ].join('\n\n');
  const change = await editDibao(portal, cookie, { markdown });
  expect((await post(portal, cookie, '/dibao', change)).status).toBe(200);
});

test('a policy needs its issuer and first day, is added at an address of its own and is news', async () => {
  await using portal = await createPortal();
  const { publisher: cookie } = await publishHouseholds(portal);
  const fields = {
    ...{ title: '示范区临时救助实施办法', markdown: '临时救助按本办法办理。' },
    ...{ legalBasis: '《中华人民共和国社会救助法》第六十七条', position: 5 },
    ...{ documentNumber: '示政办发〔2026〕9号', sourceUrl: '不是网址' },
  };
  const addition = { section: 'policy', ...fields };
  const refused = await post(portal, cookie, '', addition);
  expect(Object.keys(refused.error?.fields ?? {})).toEqual(['sourceUrl']);
  const gaps = await post(portal, cookie, '', { ...addition, sourceUrl: '' });
  expect(Object.keys(gaps.error?.fields ?? {})).toEqual(['issuer', 'effectiveFrom']);
  const dated = { issuer: '示范区人民政府办公室', effectiveFrom: '2026-12-01', sourceUrl: '' };
  const added = await publishedBy(portal, () =>
    post(portal, cookie, '', { ...addition, ...dated }),
  );
  expect(added).toMatchObject({ status: 201, slug: 'shifanqulinshijiuzhushishibanfa' });
  const read = createPublicReader(`${portal.context.config.dataDir}/public`);
  const entry = (await read('texts'))?.texts.find(({ slug }) => slug === added.slug);
  expect(entry).toMatchObject({ section: 'policy', addedOn: '2026-11-20' });
  const again = await post(portal, cookie, '', { ...addition, ...dated });
  expect(again.slug).toBe('shifanqulinshijiuzhushishibanfa-2');
});

test('a text is taken off the site and put back, unless others link to it or every site has it', async () => {
  await using portal = await createPortal();
  const { publisher: cookie } = await publishHouseholds(portal);
  const hide = { base: 1, shown: false };
  const linked = await post(portal, cookie, '/application/visibility', hide);
  expect(linked).toMatchObject({ status: 409, error: { code: 'not-now' } });
  expect(linked.error?.message).toContain('《申请最低生活保障（低保）》');
  expect((await post(portal, cookie, '/privacy/visibility', hide)).status).toBe(409);
  const read = createPublicReader(`${portal.context.config.dataDir}/public`);
  const hidden = () => post(portal, cookie, '/objection/visibility', hide);
  expect((await publishedBy(portal, hidden)).status).toBe(204);
  expect(await read('text', 'objection')).toBeNull();
  expect((await hidden()).status).toBe(409);
  const list = (await (await portal.call(PATH, { cookie })).json()) as z.infer<typeof TextList>;
  expect(list.items.find(({ slug }) => slug === 'objection')?.hiddenOn).toBe('2026-11-20');
  const show = () => post(portal, cookie, '/objection/visibility', { base: 2, shown: true });
  expect((await publishedBy(portal, show)).status).toBe(204);
  expect(await read('text', 'objection')).not.toBeNull();
});

test('who edits texts sits at the bureau; each change is in the log', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('publisher');
  const change = await editDibao(portal, cookie, { title: '申请低保' });
  const township = await portal.signIn('publisher-qingshan');
  expect((await post(portal, township, '/dibao', change)).status).toBe(403);
  expect((await portal.call(PATH, { cookie: township })).status).toBe(403);
  const reviewer = await portal.signIn('reviewer');
  expect((await portal.call(PATH, { cookie: reviewer })).status).toBe(403);
  expect((await post(portal, cookie, '/dibao', change)).status).toBe(200);
  const { db } = portal.context;
  const entries = await db.select().from(db.t.auditEntry);
  expect(entries.filter(({ action }) => action === 'text.edit')).toMatchObject([
    { subjectKind: 'text', subjectId: 'dibao' },
  ]);
});
