import { expect, test } from 'vitest';
import { idOf } from '#support/lists.ts';
import { STALLING } from '#support/complaints.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead, personOf, renamePerson } from '#support/leads.ts';
import { importRegister, registerOf } from '#support/relatives.ts';

const NAME = '欧阳见秋';
const UNIT = '示例县民政局';

/** As it was typed, of whom, with the body where one was given; nobody of that name serves yet. */
const TYPED = [
  [NAME, undefined],
  ['欧阳 见秋', undefined],
  [NAME, DEMO_BODIES.qingshan],
  [`民政局的${NAME}科长`, undefined],
  [`${NAME}。`, DEMO_BODIES.qingshan],
] as const;

test.each(TYPED)(
  'who joins as %s (%s) finds the lead nowhere, unopened as it is',
  async (...to) => {
    await using portal = await createPortal();
    const desk = createDesk(portal);
    const [subjectName, subjectBody] = to;
    const about = { subjectRole: 'TOWN_HANDLER', subjectName, subjectBody };
    const { reference } = await fileLead(portal, { ...STALLING, ...about });
    expect((await desk.queue('section-chief')).total).toBe(1);
    await renamePerson(portal, 'section-chief', NAME);
    expect(await desk.queue('section-chief')).toMatchObject({ items: [], total: 0 });
    expect((await desk.call('section-chief', `/api/staff/leads/${reference}`)).status).toBe(404);
    expect((await desk.queue('leader')).total).toBe(1);
  },
);

test('who bears the name of a colleague at the body named is not meant', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await renamePerson(portal, 'township-qingshan', NAME);
  const about = { subjectName: NAME, subjectBody: DEMO_BODIES.qingshan };
  await fileLead(portal, { ...STALLING, ...about });
  await renamePerson(portal, 'section-chief', NAME);
  expect((await desk.queue('section-chief')).total).toBe(1);
});

test('who is registered as a near relative afterwards finds the lead nowhere, unopened as it is', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await renamePerson(portal, 'section-chief', '祝见山');
  await renamePerson(portal, 'triage', '祝见水');
  await fileLead(portal, { ...STALLING, subjectName: '祝老九' });
  await fileLead(portal, { ...STALLING, text: '另一件事。', subjectName: '祝见水' });
  expect((await desk.queue('section-chief')).total).toBe(2);
  const entry = { staff: '祝见山', unit: UNIT, id: idOf('19500628') };
  await importRegister(desk, registerOf([{ ...entry, relative: '祝老九', relation: '父亲' }]));
  expect((await desk.queue('section-chief')).total).toBe(1);
  const other = { ...entry, staff: '祝见水', relative: '祝见山', relation: '哥哥' };
  await importRegister(desk, registerOf([other]));
  expect((await desk.queue('section-chief')).total).toBe(0);
  expect((await desk.queue('leader')).total).toBe(2);
});

test('who joined since and is accused is given no lead and named nowhere in its forms', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, { ...STALLING, subjectName: NAME });
  await renamePerson(portal, 'handler', NAME);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const lead = await desk.open('section-chief', reference);
  expect(JSON.stringify(lead.transitions)).not.toContain(await personOf(portal, 'handler'));
  expect(JSON.stringify(lead.transitions)).toContain(await personOf(portal, 'leader'));
});

test('what is merged takes the names it accuses along', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const first = await fileLead(portal);
  const again = { ...STALLING, text: '又去了一次，还是不办。', subjectName: NAME };
  const { reference } = await fileLead(portal, again);
  for (const each of [first.reference, reference]) {
    await desk.take('intake', each, 'claim', 'RECEIVED');
  }
  await desk.take('triage', reference, 'merge', 'TRIAGE', {
    parent: first.reference,
    basis: 'SAME_ACCUSED',
    reason: '同一件事。',
  });
  await renamePerson(portal, 'section-chief', NAME);
  expect((await desk.queue('section-chief')).total).toBe(0);
});

test('a lead that came before names were hashed gets its hashes when somebody opens it', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const about = { subjectRole: 'TOWN_HANDLER', subjectName: NAME };
  const { reference } = await fileLead(portal, { ...STALLING, ...about });
  await portal.context.db.transaction((tx) => tx.delete(tx.t.leadExclusion));
  await desk.open('triage', reference);
  await renamePerson(portal, 'section-chief', NAME);
  expect(await desk.queue('section-chief')).toMatchObject({ items: [], total: 0 });
  expect((await desk.queue('leader')).total).toBe(1);
});
