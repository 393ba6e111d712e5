import { expect, test } from 'vitest';
import { ROUTING } from '#rules/routing-table.ts';
import { VILLAGE } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { browse } from './browse.ts';

const PATH = '/staff/routing/';

test('a leader moves, saves and sees the new version without JavaScript', async () => {
  await using portal = await createPortal();
  const leader = await browse(portal, 'leader');
  expect((await leader(PATH)).html).toContain('初始版');
  const draft = JSON.stringify(ROUTING);
  const moved = await leader(PATH, [
    ['draft', draft],
    ['do', 'down:4'],
  ]);
  expect(moved.html).toContain('草稿，还没有保存');
  const rows = JSON.stringify([
    ...ROUTING.slice(0, 4),
    ROUTING[5],
    ROUTING[4],
    ...ROUTING.slice(6),
  ]);
  const saved = await leader(PATH, [
    ['draft', rows],
    ['base', '0'],
    ['note', '先看违纪'],
    ['do', 'save'],
  ]);
  expect(saved).toMatchObject({ status: 303, location: '/staff/routing/?saved' });
  expect((await leader(PATH)).html).toContain('第1版，2026年11月20日，荀敬之：先看违纪');
});

test('an unsafe draft says which row is wrong and cannot be saved', async () => {
  await using portal = await createPortal();
  const leader = await browse(portal, 'leader');
  const { html } = await leader(PATH, [
    ['draft', JSON.stringify(ROUTING)],
    ['do', 'delete:1'],
  ]);
  expect(html).toContain('草稿还不能保存');
  expect(html).toContain('被反映人是民政部门干部职工的');
  expect(html).not.toContain('保存为新版本');
});

test('the preview says who would get an imagined lead, to those who only read too', async () => {
  await using portal = await createPortal();
  const triage = await browse(portal, 'triage');
  expect((await triage(PATH)).html).not.toContain('上移');
  const { html } = await triage(PATH, [
    ['draft', JSON.stringify(ROUTING)],
    ['do', 'preview'],
    ['class', 'REPORT'],
    ['problemTypes', 'EXTORT'],
    ['placeCode', VILLAGE],
    ['role1', 'TOWN_HANDLER'],
  ]);
  expect(html).toContain('第6行');
  expect(html).toContain('青山镇人民政府');
});

test('places and bodies can be chosen before anything was published', async () => {
  await using portal = await createPortal();
  const triage = await browse(portal, 'triage');
  expect((await triage(PATH)).html).toContain('青山镇人民政府');
  expect((await triage('/staff/leads/')).html).toContain('龙湾乡');
  const publisher = await browse(portal, 'publisher');
  expect((await publisher('/staff/leads/')).html).not.toContain('龙湾乡');
});
