import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead, personOf } from '#support/leads.ts';
import { applyPlaceTable } from '#support/places.ts';

const { longwan, qingshan, bureau } = DEMO_BODIES;
const MERGER = '990101200000,龙湾乡,town,990101000000,990101100000,,';
const PATH = '/api/staff/lead-succession';

/** About a recipient of 龙湾镇: nobody of that township is accused. */
const CHEATING = {
  ...STALLING,
  class: 'APPEAL',
  problemTypes: ['STD'],
  placeCode: '990101200201',
  subjectRole: 'RECIPIENT',
  subjectBody: undefined,
  subjectName: '某某户',
};

/** A lead that the township works on. */
async function assignToTown(portal: FreshPortal, complaint: object = CHEATING) {
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, complaint);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', {
    ...ACCEPTANCE,
    class: 'APPEAL',
    problemTypes: ['STD'],
    subjectRoles: ['RECIPIENT'],
  });
  await desk.take('section-chief', reference, 'assign', 'ACCEPTED', {
    body: longwan,
    caseWorkers: [await personOf(portal, 'township-longwan'), await personOf(portal, 'handler')],
    dueOn: '2026-12-10',
  });
  return reference;
}

test('the staff of a merged township lose their access on that day, and its leads with it', async () => {
  await using portal = await createPortal();
  const reference = await assignToTown(portal);
  const before = createDesk(portal);
  expect((await before.call('township-longwan', `/api/staff/leads/${reference}`)).status).toBe(200);
  await applyPlaceTable(portal, await portal.signIn('security'), [MERGER]);
  const after = await before.call('township-longwan', `/api/staff/leads/${reference}`);
  expect(after.ok).toBe(false);
  const queue = await before.call('township-longwan', '/api/staff/leads');
  expect(JSON.stringify(await queue.json())).not.toContain(reference);
});

test('leads of a merged township go to its successor, with its keys and without those of the ended one', async () => {
  await using portal = await createPortal();
  const reference = await assignToTown(portal);
  await applyPlaceTable(portal, await portal.signIn('security'), [MERGER]);
  const desk = createDesk(portal);
  const left = await desk.call('section-chief', PATH);
  expect(await left.json()).toEqual({
    items: [{ bodyName: '龙湾乡人民政府', count: 1, isMore: false }],
  });
  const passed = await desk.call('section-chief', PATH, {});
  expect(await passed.json()).toEqual({ done: [reference], refused: [] });
  expect(await (await desk.call('section-chief', PATH)).json()).toEqual({ items: [] });
  const lead = await desk.open('section-chief', reference);
  expect(lead).toMatchObject({ bodyCode: qingshan, workers: ['柯以宁'] });
  const { db } = portal.context;
  const holders = (await db.select().from(db.t.leadGrant)).map(({ bodyCode }) => bodyCode);
  expect(holders).not.toContain(longwan);
  expect(holders).toContain(qingshan);
  await desk.take('section-chief', reference, 'reassign', 'ASSIGNED', {
    body: qingshan,
    caseWorkers: [await personOf(portal, 'township-qingshan'), await personOf(portal, 'handler')],
    dueOn: '2026-12-10',
    reason: '撤并。',
  });
  const opened = await desk.open('township-qingshan', reference);
  expect(opened.text).toBe(CHEATING.text);
});

test('of very many leads left behind no more than 300 are looked at to say so', async () => {
  await using portal = await createPortal();
  await assignToTown(portal);
  const { db } = portal.context;
  const [[lead], grants] = [
    await db.select().from(db.t.lead),
    await db.select().from(db.t.leadGrant),
  ];
  if (!lead) throw new Error('no lead');
  await db.transaction(async (tx) => {
    for (let at = 1; at <= 300; at += 1) {
      const id = `lead-${at}`;
      await tx.insert(db.t.lead).values({ ...lead, id, reference: `YG-2026-${at}`, lookup: id });
      await tx.insert(db.t.leadGrant).values(grants.map((grant) => ({ ...grant, leadId: id })));
    }
  });
  await applyPlaceTable(portal, await portal.signIn('security'), [MERGER]);
  const left = await createDesk(portal).call('section-chief', PATH);
  expect(await left.json()).toEqual({
    items: [{ bodyName: '龙湾乡人民政府', count: 300, isMore: true }],
  });
});

test('a successor that must keep away from a lead does not get it: the body above does', async () => {
  await using portal = await createPortal();
  const reference = await assignToTown(portal, {
    ...CHEATING,
    subjectName: undefined,
    subjectRole: undefined,
    subjects: [{ role: 'RECIPIENT' }, { role: 'TOWN_HANDLER', bodyCode: qingshan }],
  });
  await applyPlaceTable(portal, await portal.signIn('security'), [MERGER]);
  const desk = createDesk(portal);
  await desk.call('section-chief', PATH, {});
  expect(await desk.open('section-chief', reference)).toMatchObject({ bodyCode: bureau });
  expect((await desk.call('township-qingshan', `/api/staff/leads/${reference}`)).status).toBe(404);
});

test('nobody passes on a lead whose body goes on', async () => {
  await using portal = await createPortal();
  const reference = await assignToTown(portal);
  const desk = createDesk(portal);
  expect(await desk.refused('section-chief', reference, 'succeed', 'ASSIGNED')).toBe('not-now');
  expect(await (await desk.call('section-chief', PATH, {})).json()).toEqual({
    done: [],
    refused: [],
  });
  expect(await (await desk.call('township-longwan', PATH)).json()).toEqual({ items: [] });
});
