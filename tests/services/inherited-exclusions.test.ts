import { expect, test } from 'vitest';
import { civilDateOf } from '#rules/civil-date.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead, personOf } from '#support/leads.ts';
import { idOf } from '#support/lists.ts';
import { applyPlaceTable } from '#support/places.ts';
import { importRegister, registerOf } from '#support/relatives.ts';

const { bureau, longwan } = DEMO_BODIES;
const DAY = 86_400_000;

async function readersOf(portal: FreshPortal, reference: string, logins: string[]) {
  const desk = createDesk(portal);
  const readers: string[] = [];
  for (const login of logins) {
    const { items, total } = await desk.queue(login);
    const opened = await desk.call(login, `/api/staff/leads/${reference}`);
    expect(items.length).toBe(total);
    expect(items.some((item) => item.reference === reference)).toBe(opened.ok);
    if (opened.ok) readers.push(login);
  }
  return readers;
}

/** Ends a person's posts and gives them one at another body, with its key, from today. */
async function movePerson(portal: FreshPortal, login: string, bodyCode: string, role: string) {
  const personId = await personOf(portal, login);
  const today = civilDateOf(portal.context.now());
  await portal.context.db.transaction(async (tx) => {
    const { post } = tx.t;
    for (const row of (await tx.select().from(post)).filter((each) => each.personId === personId)) {
      await tx
        .insert(post)
        .values({ ...row, endsOn: today })
        .onConflictDoUpdate({ target: post.id, set: { endsOn: today } });
    }
    const id = `moved-${login}`;
    await tx.insert(post).values({ id, personId, bodyCode, role, startsOn: today, endsOn: null });
  });
  const accounts = await portal.context.db.select().from(portal.context.db.t.account);
  const accountId = accounts.find((account) => account.personId === personId)?.id;
  const path = `/api/staff/keys/${bodyCode}/grants`;
  expect((await createDesk(portal).call('leader', path, { accountId })).status).toBe(204);
}

test('a body formed from an excluded one does not see the lead either', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, STALLING);
  const merged = '990101100000,青山镇,town,990101000000,990101200000,,';
  await applyPlaceTable(portal, await portal.signIn('security'), [merged]);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const lead = await desk.open('triage', reference);
  const bodies = lead.transitions.flatMap(({ fields }) =>
    fields
      .filter((field) => field.kind === 'body')
      .flatMap((field) => Object.keys(field.options ?? {})),
  );
  expect(bodies).not.toContain(longwan);
  expect(await readersOf(portal, reference, ['township-longwan', 'section-chief'])).toEqual([
    'section-chief',
  ]);
});

test('who leaves an excluded body after the arrival takes the exclusion along', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal, STALLING);
  portal.advance(3 * DAY);
  await movePerson(portal, 'township-qingshan', bureau, 'triage_officer');
  expect(await readersOf(portal, reference, ['township-qingshan', 'triage'])).toEqual(['triage']);
  portal.advance(3 * DAY);
  const later = await fileLead(portal, { ...STALLING, text: '又去了一次，还是没有办成。' });
  expect(await readersOf(portal, later.reference, ['township-qingshan'])).toEqual([
    'township-qingshan',
  ]);
  expect(await readersOf(portal, reference, ['township-qingshan'])).toEqual([]);
});

const REGISTERED = { unit: '示范区民政局', id: idOf('19600522'), relation: '母亲' };

test('staff whose registered relative is the accused recipient do not see the lead', async () => {
  await using portal = await createPortal();
  const register = registerOf([{ ...REGISTERED, staff: '祁思齐', relative: '金翠莲' }]);
  await importRegister(createDesk(portal), register);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    problemTypes: ['CHEAT'],
    subjectRole: 'RECIPIENT',
    subjectBody: undefined,
    subjectName: '金 翠莲',
  });
  expect(await readersOf(portal, reference, ['triage', 'intake'])).toEqual(['intake']);
});

test('staff whose registered relative complains do not see the lead', async () => {
  await using portal = await createPortal();
  const register = registerOf([{ ...REGISTERED, staff: '祁思齐', relative: '金翠莲' }]);
  await importRegister(createDesk(portal), register);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    mode: 'CONFIDENTIAL',
    reporter: { name: '金翠莲', contact: '10012345678' },
  });
  expect(await readersOf(portal, reference, ['triage', 'intake'])).toEqual(['intake']);
});

test('a colleague who is the registered relative of an accused does not see the lead', async () => {
  await using portal = await createPortal();
  const register = registerOf([
    {
      ...REGISTERED,
      unit: '青山镇人民政府',
      staff: '池远山',
      relative: '祁思齐',
      relation: '兄弟',
    },
  ]);
  await importRegister(createDesk(portal), register);
  const { reference } = await fileLead(portal, { ...STALLING, subjectName: '池远山' });
  expect(await readersOf(portal, reference, ['triage', 'intake'])).toEqual(['intake']);
});

test('relatives never leave nobody to receive the complaint', async () => {
  await using portal = await createPortal();
  const unit = '示范区纪委监委驻民政局纪检监察组';
  const register = registerOf([
    { ...REGISTERED, unit, staff: '甘若谷', relative: '金翠莲' },
    { ...REGISTERED, unit, staff: '郁怀瑾', relative: '金翠莲' },
  ]);
  await importRegister(createDesk(portal), register);
  const { reference } = await fileLead(portal, {
    ...STALLING,
    subjectRole: 'CIVIL_STAFF',
    subjectBody: undefined,
    subjectName: '金翠莲',
  });
  expect(await readersOf(portal, reference, ['liaison', 'liaison-2'])).toHaveLength(2);
});

test('whom the text names does not read it', async () => {
  await using portal = await createPortal();
  const text = '民政局的祁思齐当着大家说办不成，收了钱才给办。';
  const { reference } = await fileLead(portal, { ...STALLING, text });
  expect(await readersOf(portal, reference, ['triage', 'intake'])).toEqual(['intake']);
});
