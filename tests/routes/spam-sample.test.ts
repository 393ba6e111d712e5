import { expect, test } from 'vitest';
import { STALLING, sendForm } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk } from '#support/leads.ts';

const FORM = Object.entries({ ...STALLING, problemTypes: 'STALL' });
/** The triage officer of the demo county. */
const NAMED = '民政局的祁思齐当着大家说办不成，收了钱才给办。';

test('a second person is given a draw of what was thrown away, and each is looked at once', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  for (let each = 0; each < 10; each += 1) {
    await sendForm(portal, '/api/complaints', [
      ...FORM,
      ['noticeRow', ''],
      ['subjectName', `甲${each}`],
    ]);
  }
  const { items } = await desk.queue('intake', '?state=SCREENING');
  for (const { reference } of items) {
    await desk.take('intake', reference, 'reject-spam', 'SCREENING', { reason: '广告。' });
  }
  const { db } = portal.context;
  const rows = await db
    .select({ id: db.t.lead.id, reference: db.t.lead.reference })
    .from(db.t.lead);
  const drawn = rows.filter(({ id }) => id < '3').map(({ reference }) => reference);
  const sample = await desk.queue('triage', '?sample=1');
  expect(new Set(sample.items.map(({ reference }) => reference))).toEqual(new Set(drawn));
  for (const reference of drawn) {
    await desk.take('triage', reference, 'confirm-spam', 'REJECTED');
  }
  expect((await desk.queue('triage', '?sample=1')).total).toBe(0);
  expect((await desk.queue('triage', '?spam=1')).total).toBe(10);
});

test('whoever threw it away does not look at it as the second person', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await sendForm(portal, '/api/complaints', FORM);
  const [item] = (await desk.queue('intake', '?state=SCREENING')).items;
  const reference = item?.reference ?? '';
  await desk.take('intake', reference, 'reject-spam', 'SCREENING', { reason: '广告。' });
  const steps = (await desk.open('intake', reference)).transitions.map(({ event }) => event);
  expect(steps).not.toContain('confirm-spam');
  expect((await desk.open('triage', reference)).transitions.map(({ event }) => event)).toContain(
    'confirm-spam',
  );
});

test('who must keep away from what was thrown away is given none of it to look at', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const named = FORM.map(([name, value]) => [name, name === 'text' ? NAMED : value] as const);
  for (let each = 0; each < 10; each += 1) {
    await sendForm(portal, '/api/complaints', [
      ...named.map(([name, value]): [string, string] => [name, value]),
      ['subjectName', `甲${each}`],
    ]);
  }
  const { items } = await desk.queue('intake', '?state=SCREENING');
  expect(items).toHaveLength(10);
  for (const { reference } of items) {
    await desk.take('intake', reference, 'reject-spam', 'SCREENING', { reason: '广告。' });
  }
  for (const query of ['?sample=1', '?spam=1']) {
    expect(await desk.queue('triage', query)).toMatchObject({ items: [], total: 0 });
  }
  for (const { reference } of items) {
    expect((await desk.call('triage', `/api/staff/leads/${reference}`)).status).toBe(404);
    const step = { event: 'confirm-spam', from: 'REJECTED', fields: {} };
    const path = `/api/staff/leads/${reference}/transitions`;
    expect((await desk.call('triage', path, step)).status).toBe(404);
  }
});
