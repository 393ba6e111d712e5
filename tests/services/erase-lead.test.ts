import { expect, test } from 'vitest';
import { updateLeadInState } from '#db/queries/leads.ts';
import { eraseLead } from '#services/erase-lead.ts';
import { verifyAuditChain } from '#services/verify.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';
import { SEALED_PARTS, identitiesOf, openAny, readFileRows } from '#support/stolen-data.ts';

const NAMED = {
  ...STALLING,
  mode: 'NAMED',
  reporter: { name: '周文秀', contact: '13900001111' },
};

async function findLead(portal: FreshPortal, reference: string) {
  const { db } = portal.context;
  const lead = (await db.select().from(db.t.lead)).find((each) => each.reference === reference);
  if (!lead) throw new Error('no such lead');
  return lead;
}

/** A complaint that was rejected, so that nothing is due any more. */
async function fileRejected(portal: FreshPortal) {
  const receipt = await fileLead(portal, NAMED);
  const { db } = portal.context;
  const { id } = await findLead(portal, receipt.reference);
  await db.transaction((tx) => updateLeadInState(tx, id, 'RECEIVED', { state: 'REJECTED' }));
  return { receipt, lead: { id, state: 'REJECTED' } };
}

test('an erased lead has no text, no key and no code, and leaves a tombstone', async () => {
  await using portal = await createPortal();
  const { receipt, lead } = await fileRejected(portal);
  const { db, secrets } = portal.context;
  await db.transaction((tx) =>
    eraseLead(tx, secrets, portal.context.now(), { lead, reason: 'spam-lapsed', personId: null }),
  );

  const keys = await identitiesOf(portal, 'section-chief');
  expect(await openAny(keys, readFileRows(portal, SEALED_PARTS))).toEqual([]);
  expect(readFileRows(portal, 'select * from lead_grant')).toEqual([]);
  expect(readFileRows(portal, 'select * from lead_message')).toEqual([]);
  expect(await db.select().from(db.t.tombstone)).toContainEqual(
    expect.objectContaining({
      kind: 'lead',
      subjectId: lead.id,
      reason: 'spam-lapsed',
      onDate: '2026-11-20',
    }),
  );
  const answer = await portal.call('/api/follow-up', {
    json: { queryCode: receipt.queryCode },
  });
  expect(answer.status).toBe(404);
  const desk = createDesk(portal);
  expect((await desk.call('triage', `/api/staff/leads/${receipt.reference}`)).status).toBe(404);
  expect(await verifyAuditChain(db, null)).not.toBeNull();
});

test('a lead that still wants an answer is not erased', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal);
  const lead = await findLead(portal, reference);
  const { db, secrets } = portal.context;
  await expect(
    db.transaction((tx) =>
      eraseLead(tx, secrets, 0, { lead, reason: 'retention-over', personId: null }),
    ),
  ).rejects.toMatchObject({ code: 'not-now' });
  expect((await findLead(portal, reference)).sealedContent.length).toBeGreaterThan(0);
});
