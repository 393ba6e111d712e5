import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';

test('a part that is split off is a lead of its own, for the same eyes only', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const split = await desk.take('triage', reference, 'split', 'TRIAGE', {
    class: 'REPORT',
    problemTypes: ['EXTORT'],
    allegation: '经办人收过两条烟。',
  });
  const child = split.lead?.children[0]?.reference ?? '';
  const opened = await desk.open('triage', child);
  expect(opened).toMatchObject({ status: 'TRIAGE', text: '经办人收过两条烟。' });
  expect((await desk.call('township-qingshan', `/api/staff/leads/${child}`)).status).toBe(404);
  const merging = { parent: reference, basis: 'SAME_PERSON', reason: '同一件事。' };
  expect(await desk.refused('triage', reference, 'merge', 'TRIAGE', merging)).toBe('not-now');
  const merged = await desk.take('triage', child, 'merge', 'TRIAGE', merging);
  expect(merged.lead?.status).toBe('MERGED');
  expect((await desk.open('triage', reference)).repeats).toBe(1);
});
