import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { STALLING, VILLAGE, refusalIn, sendComplaint, sendForm } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';

const MINUTE = 60_000;

test('a complaint is answered with what its reporter must keep', async () => {
  await using portal = await createPortal();
  const answer = await sendComplaint(portal, STALLING);
  expect(answer.status).toBe(201);
  expect(await answer.json()).toEqual({
    reference: expect.stringMatching(/^YG-2026-[0-9A-Z]{4}-[0-9A-Z]{2}$/),
    queryCode: expect.stringMatching(/^[0-9A-Z]{17}$/),
    receivedOn: '2026-11-20',
    dueOn: '2026-12-07',
    auditHead: { seq: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    due: [{ what: '告知是否受理', dueOn: '2026-12-07' }],
    ruleVersion: expect.any(String),
    contentHash: expect.any(String),
    codeHash: expect.any(String),
    files: [],
    salt: expect.any(String),
    signature: expect.any(String),
  });
});

test('JSON without a proof is refused', async () => {
  await using portal = await createPortal();
  const answer = await portal.call('/api/complaints', { json: STALLING });
  expect(await refusalIn(answer)).toMatchObject({ status: 422, code: 'proof-missing' });
});

test('a proof pays for one complaint only', async () => {
  await using portal = await createPortal();
  const altcha = await portal.solveProof();
  const first = await portal.call('/api/complaints', { json: { ...STALLING, altcha } });
  const second = await portal.call('/api/complaints', { json: { ...STALLING, altcha } });
  expect(first.status).toBe(201);
  expect(await refusalIn(second)).toMatchObject({ status: 422, code: 'proof-used' });
});

test('a proof is good for twenty minutes', async () => {
  await using portal = await createPortal();
  const altcha = await portal.solveProof();
  portal.advance(21 * MINUTE);
  const answer = await portal.call('/api/complaints', { json: { ...STALLING, altcha } });
  expect(await refusalIn(answer)).toMatchObject({ status: 422, code: 'proof-expired' });
});

test('a forged, changed or unreadable proof is refused', async () => {
  await using portal = await createPortal();
  const proof = JSON.parse(Buffer.from(await portal.solveProof(), 'base64').toString());
  const longer = structuredClone(proof);
  longer.challenge.parameters.data.expiresAt += 60 * MINUTE;
  const unsolved = structuredClone(proof);
  unsolved.solution.derivedKey = '00'.repeat(32);
  for (const forged of [longer, unsolved, {}, 'nonsense']) {
    const altcha = Buffer.from(JSON.stringify(forged)).toString('base64');
    const answer = await portal.call('/api/complaints', { json: { ...STALLING, altcha } });
    expect(await refusalIn(answer)).toMatchObject({ status: 422, code: 'proof-invalid' });
  }
});

test('what is missing is told at its field and leaves the proof usable', async () => {
  await using portal = await createPortal();
  const altcha = await portal.solveProof();
  const incomplete = { class: 'REPORT', mode: 'NAMED', altcha };
  const refused = await portal.call('/api/complaints', { json: incomplete });
  const refusal = await refusalIn(refused);
  expect(refusal).toMatchObject({ status: 422, code: 'invalid-input' });
  expect(Object.keys(refusal.fields).sort()).toEqual([
    'placeCode',
    'problemTypes',
    'reporter.contact',
    'reporter.name',
    'text',
  ]);
  const unknownPlace = { ...STALLING, placeCode: '110101001001', altcha };
  expect(
    await refusalIn(await portal.call('/api/complaints', { json: unknownPlace })),
  ).toMatchObject({ status: 422, fields: { placeCode: expect.any(String) } });
  const accepted = await portal.call('/api/complaints', { json: { ...STALLING, altcha } });
  expect(accepted.status).toBe(201);
});

test('evidence that was never uploaded is refused', async () => {
  await using portal = await createPortal();
  const answer = await sendComplaint(portal, { ...STALLING, evidence: ['a'] });
  expect(await refusalIn(answer)).toMatchObject({ status: 422, code: 'evidence-gone' });
});

test('a query code made elsewhere needs its check symbol', async () => {
  await using portal = await createPortal();
  const answer = await sendComplaint(portal, { ...STALLING, queryCode: '00000000000000001' });
  expect(await refusalIn(answer)).toMatchObject({
    status: 422,
    fields: { queryCode: expect.any(String) },
  });
});

const VALUES = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('REPORT', 'STALL', 'UNKNOWN', 'ANONYMOUS', VILLAGE),
);
const FIELDS = fc.constantFrom(
  ...`class problemTypes placeCode text mode subjectRole subjectName subjectBody subjects noticeId noticeRow
    reporter reporter.name evidence queryCode altcha draft __proto__ constructor`.split(/\s+/),
);

test('whatever is sent is refused with a reason or received', async () => {
  await using portal = await createPortal();
  const strange = fc.dictionary(FIELDS, VALUES);
  await fc.assert(
    fc.asyncProperty(strange, fc.boolean(), async (fields, complete) => {
      const json = complete ? { ...STALLING, ...fields } : fields;
      const asJson = await portal.call('/api/complaints', { json });
      const texts = Object.entries(json).map(([name, value]): [string, string] => [
        name,
        JSON.stringify(value),
      ]);
      const asForm = await sendForm(portal, '/api/complaints', texts);
      for (const { status } of [asJson, asForm]) expect([201, 409, 422]).toContain(status);
    }),
    { numRuns: 150 },
  );
});
