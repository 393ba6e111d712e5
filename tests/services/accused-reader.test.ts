import { expect, test } from 'vitest';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead, renamePerson } from '#support/leads.ts';
import { readReferrals, referLead } from '#support/referrals.ts';

const NAME = '欧阳见秋';

/** Ways to come to the text of a lead that nobody has opened since. */
const WAYS = [
  ['search', '/api/staff/lead-search', { words: NAME }],
  ['the ledger', '/api/staff/ledgers/leads?from=2026-01-01&to=2026-11-20', undefined],
] as const;

test.each(WAYS)('who joined since and is accused reads nothing by %s', async (_way, path, json) => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const text = `${NAME}让人跑了五次。`;
  await fileLead(portal, { ...STALLING, text, subjectName: `民政局的${NAME}` });
  const other = await desk.call('leader', path, json);
  expect(await other.text()).toContain('YG-2026');
  await renamePerson(portal, 'section-chief', NAME);
  const answer = await desk.call('section-chief', path, json);
  const said = await answer.text();
  expect(answer.status).toBe(200);
  expect(said).not.toContain('YG-2026');
  expect(said).not.toContain(NAME);
  expect((await desk.queue('section-chief')).total).toBe(0);
  expect((await desk.queue('leader')).total).toBe(1);
});

test('who joined since and is accused reads no letter and takes no step', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk, undefined, { ...STALLING, subjectName: NAME });
  const [letter] = await readReferrals(portal);
  for (const login of ['liaison', 'section-chief']) await renamePerson(portal, login, NAME);
  const read = await desk.call('liaison', `/api/staff/referrals/${letter?.id}`);
  expect(read.status).toBe(404);
  const step = ['section-chief', reference, 'remind-transfer', 'TRANSFERRED'] as const;
  expect(await desk.refused(...step)).toBe('not-found');
  expect((await desk.call('leader', `/api/staff/referrals/${letter?.id}`)).status).toBe(200);
});
