import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';
import { csvOf, idOf, readSpecimen, uploadBatchId, uploadList } from '#support/lists.ts';
import { importRegister, readHits, readRegister, registerOf } from '#support/relatives.ts';
import { findInFolder } from '#support/scan-folder.ts';

const QINGSHAN = '青山镇人民政府';
const FATHER = {
  staff: '史柏青',
  unit: QINGSHAN,
  relative: '史守信',
  id: idOf('19500628'),
};
const MOTHER = { ...FATHER, relative: '夏玉珍', id: idOf('19520628'), relation: '母亲' };
const OTHER = { ...FATHER, staff: '严美玲', relative: '严满仓', id: idOf('19470103') };
const LAYOUT_A = {
  file: readSpecimen('layout-a-households.xlsx'),
  fileName: 'layout-a-households.xlsx',
  persons: readSpecimen('layout-a-persons.xlsx'),
};
const A_LIST = { village: '石桥村', name: '史守信', id: FATHER.id };

test('heads and members of a list who are registered relatives are found, nobody else', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await importRegister(desk, readSpecimen('relatives-register.csv'));
  expect(await readHits(desk)).toEqual([]);
  await uploadBatchId(portal, await portal.signIn('publisher'), LAYOUT_A);
  const hits = await readHits(desk);
  expect(hits.map(({ entry }) => entry.relativeName).toSorted()).toEqual(['史守信', '罗兰芝']);
  expect(hits.find(({ entry }) => entry.staffName === '史柏青')).toMatchObject({
    role: 'TOWN_HANDLER',
    status: 'open',
    aidType: 'RURAL_DIBAO',
    period: '2026-10',
  });
});

test('a register that comes after the list finds heads at once and members with the next list', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await uploadBatchId(portal, await portal.signIn('publisher'), LAYOUT_A);
  const { hits, added } = await importRegister(desk, readSpecimen('relatives-register.csv'));
  expect({ hits, added }).toEqual({ hits: 1, added: 10 });
  portal.advance(90_000);
  const cookie = await portal.signIn('publisher');
  await uploadBatchId(portal, cookie, { ...LAYOUT_A, period: '2026-09' });
  expect(await readHits(desk)).toHaveLength(2);
});

test('another month’s list does not bring a match up again', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const cookie = await portal.signIn('publisher-qingshan');
  await importRegister(desk, registerOf([FATHER]));
  await uploadBatchId(portal, cookie, { file: csvOf([A_LIST]), fileName: 'a.csv' });
  const [hit] = await readHits(desk);
  const path = `/api/staff/relatives/hits/${hit?.id}`;
  expect((await desk.call('liaison', path, { decision: 'lawful' })).status).toBe(200);
  expect((await desk.call('liaison-2', path, { decision: 'lawful' })).status).toBe(409);
  const next = { file: csvOf([A_LIST]), fileName: 'a.csv', period: '2026-11' };
  await uploadBatchId(portal, cookie, next);
  expect(await readHits(desk)).toEqual([]);
  expect(await readHits(desk, 'liaison', 'decided')).toMatchObject([
    { status: 'lawful', decidedBy: '甘若谷' },
  ]);
});

test('a file replaces what it says about its own staff and nothing else', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await importRegister(desk, registerOf([FATHER, OTHER]));
  const second = await importRegister(desk, registerOf([FATHER, MOTHER]));
  expect(second).toMatchObject({ added: 1, kept: 1, ended: 0 });
  const third = await importRegister(desk, registerOf([MOTHER]));
  expect(third).toMatchObject({ added: 0, kept: 1, ended: 1 });
  const names = (await readRegister(desk)).items.map(({ entry }) => entry.relativeName);
  expect(names.toSorted()).toEqual(['严满仓', '夏玉珍'].toSorted());
  const { db } = portal.context;
  expect(await db.select().from(db.t.relative)).toHaveLength(3);
});

test('a unit that is not known is said and the line kept, a wrong ID number is not', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { added, problems } = await importRegister(
    desk,
    registerOf([
      { ...FATHER, unit: '别处的单位' },
      { ...OTHER, id: FATHER.id.slice(0, 17) },
    ]),
  );
  expect(added).toBe(1);
  expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'unit-unknown'],
    [3, 'id-length'],
  ]);
});

test('register and matches are for the discipline group alone', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  for (const login of ['publisher', 'reviewer', 'leader', 'security', 'auditor', 'sysadmin']) {
    for (const path of ['', '/hits']) {
      expect((await desk.call(login, `/api/staff/relatives${path}`)).status).toBe(403);
    }
  }
  const upload = await uploadList(portal, await portal.signIn('publisher-qingshan'), {
    file: csvOf([A_LIST]),
    fileName: 'a.csv',
  });
  const before = JSON.stringify({ ...((await upload.json()) as object), id: '' });
  await importRegister(desk, registerOf([FATHER]));
  portal.advance(90_000);
  const again = await uploadList(portal, await portal.signIn('publisher-qingshan'), {
    file: csvOf([A_LIST]),
    fileName: 'a.csv',
    period: '2026-09',
  });
  expect(JSON.stringify({ ...((await again.json()) as object), id: '' })).toBe(before);
});

test('whom a match concerns does not see it', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const unit = '示范区纪委监委驻民政局纪检监察组';
  await importRegister(desk, registerOf([{ ...FATHER, staff: '甘若谷', unit }]), 'liaison-2');
  const file = { file: csvOf([A_LIST]), fileName: 'a.csv' };
  await uploadBatchId(portal, await portal.signIn('publisher-qingshan'), file);
  expect(await readHits(desk, 'liaison')).toEqual([]);
  const [hit] = await readHits(desk, 'liaison-2');
  const path = `/api/staff/relatives/hits/${hit?.id}`;
  expect((await desk.call('liaison', path, { decision: 'lawful' })).status).toBe(404);
});

test('a match that becomes a lead arrives like every other, hidden from the accused’s township', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await importRegister(desk, registerOf([FATHER]));
  const file = { file: csvOf([A_LIST]), fileName: 'a.csv' };
  await uploadBatchId(portal, await portal.signIn('publisher-qingshan'), file);
  const [hit] = await readHits(desk);
  const path = `/api/staff/relatives/hits/${hit?.id}`;
  const json = { decision: 'lead', role: 'TOWN_HANDLER' };
  const { reference } = (await (await desk.call('liaison', path, json)).json()) as {
    reference: string;
  };
  const lead = await desk.open('triage', reference);
  expect(lead).toMatchObject({
    sourceLabel: '信息比对',
    problems: [{ code: 'NEPOT' }],
    subjects: [{ name: '史柏青', bodyName: QINGSHAN }],
  });
  const hidden = await desk.call('township-qingshan', `/api/staff/leads/${reference}`);
  expect(hidden.status).toBe(404);
});

test('no name and no ID number of the register stands in clear in the data folder', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await importRegister(desk, registerOf([FATHER, MOTHER, OTHER]));
  const file = { file: csvOf([A_LIST]), fileName: 'a.csv' };
  await uploadBatchId(portal, await portal.signIn('publisher-qingshan'), file);
  const [hit] = await readHits(desk);
  await desk.call('liaison', `/api/staff/relatives/hits/${hit?.id}`, {
    decision: 'lead',
    role: 'TOWN_HANDLER',
  });
  const people = [FATHER, MOTHER, OTHER].flatMap(({ staff, relative, id }) => [
    staff,
    relative,
    id,
    id.slice(6, 14),
  ]);
  expect(findInFolder(portal.root, people)).toEqual([]);
});
