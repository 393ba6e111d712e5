import { expect, test } from 'vitest';
import { ROUTING, type RoutingRow } from '#rules/routing-table.ts';
import { QINGSHAN, STALLING, VILLAGE } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';
import { readFileRows } from '#support/stolen-data.ts';

const PATH = '/api/staff/routing';
/** Stalling in a township goes to the discipline body, before the row that says the bureau. */
const STRICTER: RoutingRow = {
  accused: ['TOWN_HANDLER'],
  matters: ['conduct'],
  to: 'discipline',
  basis: '县纪委意见',
};
const EDITED = [STRICTER, ...ROUTING];
const FACTS = {
  class: 'REPORT',
  problemTypes: ['STALL'],
  subjects: [{ role: 'TOWN_HANDLER', bodyCode: QINGSHAN }],
  placeCode: VILLAGE,
};

test('the shipped table is version 0, readable to all who read leads, editable by the leader', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const read = async (login: string) => desk.call(login, PATH);
  const triage = (await (await read('triage')).json()) as object;
  expect(triage).toMatchObject({ version: 0, current: 0, versions: [], mayEdit: false });
  expect(await (await read('leader')).json()).toMatchObject({ mayEdit: true });
  for (const login of ['security', 'auditor', 'publisher']) {
    expect((await read(login)).status).toBe(403);
  }
});

test('an edited table decides from then on, and the lead says which version', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, STALLING);
  const before = await desk.open('triage', reference);
  expect(before.proposal).toMatchObject({ version: 0, bodyName: '示范区民政局' });
  const saved = await desk.call('leader', PATH, { base: 0, rows: EDITED, note: '县纪委来函' });
  expect(await saved.json()).toEqual({ version: 1 });
  const after = await desk.open('triage', reference);
  expect(after.proposal).toMatchObject({ version: 1, rows: [1], basis: ['县纪委意见'] });
  expect(after.proposal?.bodyName).toContain('纪检监察组');
  const old = (await (await desk.call('triage', `${PATH}?version=0`)).json()) as {
    rows: unknown[];
    versions: object[];
  };
  expect(old.rows).toHaveLength(ROUTING.length);
  expect(old.versions).toMatchObject([{ version: 1, note: '县纪委来函', personName: '荀敬之' }]);
  expect(
    readFileRows(portal, "select action from audit_entry where action = 'routing.save'"),
  ).toEqual([{ action: 'routing.save' }]);
});

test('nobody but the leader saves, and not over a version that came between', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const change = { base: 0, rows: EDITED, note: '改' };
  for (const login of ['section-chief', 'security', 'liaison']) {
    expect((await desk.call(login, PATH, change)).status).toBe(403);
  }
  expect((await desk.call('leader', PATH, change)).status).toBe(200);
  expect((await desk.call('leader', PATH, change)).status).toBe(409);
  const same = await desk.call('leader', PATH, { ...change, base: 1 });
  expect(same.status).toBe(422);
});

test('an unsafe table is refused with the row', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const lowered = [{ ...STRICTER, accused: ['TOWN_LEADER'], to: 'bureau' }, ...ROUTING];
  const answer = await desk.call('leader', PATH, { base: 0, rows: lowered, note: '改' });
  expect(answer.status).toBe(422);
  const { error } = (await answer.json()) as { error: { fields: Record<string, string> } };
  expect(error.fields['rows.0']).toContain('乡镇（街道）党政领导');
});

test('the preview shows who would get it now and by the edited table', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const preview = await desk.call('triage', `${PATH}/preview`, { facts: FACTS, rows: EDITED });
  expect(await preview.json()).toMatchObject({
    arrivesAt: '示范区民政局',
    sealed: false,
    excluded: expect.arrayContaining(['青山镇人民政府']),
    current: { kind: 'bureau', rows: [9] },
    edited: { kind: 'discipline', rows: [1] },
  });
  const facts = { ...FACTS, subjects: [{ role: 'CIVIL_STAFF', bodyCode: null }] };
  const sealed = await desk.call('triage', `${PATH}/preview`, { facts, rows: EDITED });
  expect(await sealed.json()).toMatchObject({
    sealed: true,
    arrivesAt: expect.stringContaining('纪检监察组'),
    excluded: ['示范区民政局'],
  });
});
