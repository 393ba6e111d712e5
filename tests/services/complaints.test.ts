import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { findArrivalEntry } from '#db/queries/complaints.ts';
import { STALLING, VILLAGE, sendComplaint, sendForm } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { fileLead } from '#support/leads.ts';
import { readFileRows } from '#support/stolen-data.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';

const { bureau, discipline } = DEMO_BODIES;

test('an anonymous complaint arrives at the bureau and waits in reserve with the discipline group', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal, STALLING);
  expect(readFileRows(portal, 'select * from lead')).toMatchObject([
    {
      reference,
      state: 'RECEIVED',
      body_code: bureau,
      secrecy: 'normal',
      class: 'REPORT',
      mode: 'ANONYMOUS',
      place_code: VILLAGE,
      sealed_reporter: null,
    },
  ]);
  const grants = 'select body_code, part, standing from lead_grant order by body_code, part';
  expect(readFileRows(portal, grants)).toEqual([
    { body_code: bureau, part: 'content', standing: 'desk' },
    { body_code: bureau, part: 'reporter', standing: 'desk' },
    { body_code: discipline, part: 'content', standing: 'reserve' },
  ]);
});

test('where every body that could receive it is accused, 12388 is named', async () => {
  await using portal = await createPortal();
  const answer = await sendComplaint(portal, {
    ...STALLING,
    subjectRole: 'CIVIL_STAFF',
    subjectBody: bureau,
    subjects: [{ role: 'UNKNOWN', bodyCode: discipline }],
  });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('12388');
});

test('the same complaint under the same code is the same receipt, and needs no second proof', async () => {
  await using portal = await createPortal();
  const first = await fileLead(portal, STALLING);
  const again = { ...STALLING, queryCode: first.queryCode };
  const { queryCode } = await fileLead(portal, again);
  expect(queryCode).toBe(first.queryCode);
  const unproved = await portal.call('/api/complaints', { json: again });
  expect(unproved.status).toBe(201);
  expect(await unproved.json()).toEqual(first);
  expect(readFileRows(portal, 'select id from lead')).toHaveLength(1);
});

test('other content under the same code is refused and leaves the first alone', async () => {
  await using portal = await createPortal();
  const { queryCode } = await fileLead(portal, STALLING);
  const other = await sendComplaint(portal, { ...STALLING, text: '另一件事', queryCode });
  expect(other.status).toBe(409);
  expect(await other.json()).toMatchObject({ error: { code: 'already-received' } });
  expect(readFileRows(portal, 'select id from lead')).toHaveLength(1);
});

test('five submissions of one form at once are one lead', async () => {
  await using portal = await createPortal();
  const queryCode = makeQueryCode(randomBytes(CODE_BYTES));
  const fields = Object.entries({ ...STALLING, problemTypes: 'STALL', queryCode });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => sendForm(portal, '/api/complaints', fields)),
  );
  const receipts = await Promise.all(answers.map((answer) => answer.json()));
  expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201]);
  expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  expect(readFileRows(portal, 'select id from lead')).toHaveLength(1);
});

test('the receipt names the link of the audit chain that reports the arrival', async () => {
  await using portal = await createPortal();
  const { auditHead } = await fileLead(portal, STALLING);
  const [lead] = readFileRows(portal, 'select id from lead');
  const entry = await findArrivalEntry(portal.context.db, String(lead?.['id']));
  expect(entry).toEqual(auditHead);
  const [row] = readFileRows(portal, `select * from audit_entry where seq = ${auditHead.seq}`);
  expect(row).toMatchObject({ action: 'lead.arrive', at: null, person_id: null });
});
