import { expect, test } from 'vitest';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';
import {
  RECEIPT,
  RESULT,
  TO_GROUP,
  TO_OUTSIDE,
  readReferrals,
  referLead,
} from '#support/referrals.ts';
import { readFileRows } from '#support/stolen-data.ts';

const LEADER_ACCUSED = { ...STALLING, subjectRole: 'COUNTY_LEADER', subjectBody: undefined };
const DAY = 86_400_000;

function numberIn(number: string): number {
  return Number(/〔2026〕(\d+)号$/.exec(number)?.[1]);
}

test('a letter has its number when the transfer takes effect, and not before', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('section-chief', reference, 'transfer', 'TRIAGE', TO_GROUP);
  expect(await readReferrals(portal)).toEqual([]);
  await desk.take('leader', reference, 'transfer', 'TRIAGE');
  expect(await readReferrals(portal)).toMatchObject([
    {
      number: expect.stringMatching(/^示民移〔2026〕[123]号$/),
      fromBody: DEMO_BODIES.bureau,
      toBody: DEMO_BODIES.discipline,
      sentOn: '2026-11-20',
      remindOn: '2026-12-21',
      cadres: 2,
    },
  ]);
});

test('letters are numbered upward, and a number that is left out tells nothing', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await referLead(portal, desk);
  const { reference } = await fileLead(portal, { ...STALLING, text: '又跑了两次，还是没有办成。' });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  const bad = { ...TO_GROUP, destination: DEMO_BODIES.longwan };
  expect(await desk.refused('section-chief', reference, 'transfer', 'TRIAGE', bad)).toBe(
    'invalid-input',
  );
  await desk.take('section-chief', reference, 'transfer', 'TRIAGE', TO_GROUP);
  const [one, two] = await Promise.all([
    desk.press('leader', reference, 'transfer', 'TRIAGE'),
    desk.press('leader', reference, 'transfer', 'TRIAGE'),
  ]);
  expect(new Set([one.status, two.status])).toEqual(new Set([200, 409]));
  const third = { ...STALLING, text: '第三次反映，另一件事情。' };
  await referLead(portal, desk, TO_GROUP, third);
  const numbers = (await readReferrals(portal)).map(({ number }) => numberIn(number));
  const steps = numbers.map((number, at) => number - (numbers[at - 1] ?? 0));
  expect(steps).toHaveLength(3);
  for (const step of steps) expect([1, 2, 3]).toContain(step);
});

test('a sealed lead is numbered by the discipline group, and its counts stand nowhere in clear', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal, LEADER_ACCUSED);
  const letter = {
    ...TO_OUTSIDE,
    outside: '示范市纪委监委',
    outsideKind: 'DISCIPLINE',
    cadres: '3',
  };
  await desk.take('liaison', reference, 'transfer-sealed', 'RECEIVED', letter);
  await desk.take('liaison', reference, 'feedback-by-letter', 'TRANSFERRED', RESULT);
  await referLead(portal, desk);
  expect(await readReferrals(portal)).toMatchObject([
    { number: expect.stringMatching(/^示民移〔2026〕[123]号$/), fromBody: DEMO_BODIES.bureau },
    {
      number: expect.stringMatching(/^示纪移〔2026〕[123]号$/),
      fromBody: DEMO_BODIES.discipline,
      toBody: null,
      feedbackOn: '2026-11-20',
      cadres: null,
      casesFiled: null,
      heldToAccount: null,
    },
  ]);
});

test('the name of an outside authority and what was written to it stand nowhere in clear', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await referLead(portal, desk, TO_OUTSIDE);
  const rows = JSON.stringify([
    readFileRows(portal, 'select * from referral'),
    readFileRows(portal, 'select * from audit_entry'),
    readFileRows(portal, 'select * from letter_number'),
  ]);
  expect(rows).toMatch(/示民移〔2026〕[123]号/);
  expect(rows).not.toContain(TO_OUTSIDE.outside);
  expect(rows).not.toContain('冒领');
});

test('receipt, reminder and result are recorded on the letter by those whose work it is', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk);
  const early = { ...RECEIPT, acceptedOn: '2026-11-19' };
  expect(await desk.refused('liaison', reference, 'confirm-receipt', 'TRANSFERRED', early)).toBe(
    'invalid-input',
  );
  await desk.take('liaison', reference, 'confirm-receipt', 'TRANSFERRED', RECEIPT);
  expect(await readReferrals(portal)).toMatchObject([{ receivedOn: '2026-11-20' }]);
  portal.advance(31 * DAY);
  const again = createDesk(portal);
  const note = { method: 'PHONE', note: '电话询问，答复正在核查。' };
  expect(await again.refused('liaison', reference, 'remind-transfer', 'TRANSFERRED', note)).toBe(
    'not-allowed',
  );
  await again.take('section-chief', reference, 'remind-transfer', 'TRANSFERRED', note);
  expect(await readReferrals(portal)).toMatchObject([{ reminders: 1, remindOn: '2027-01-20' }]);
  await again.take('liaison', reference, 'feedback', 'TRANSFERRED', RESULT);
  expect(await readReferrals(portal)).toMatchObject([
    { feedbackOn: '2026-12-21', casesFiled: 1, heldToAccount: 2 },
  ]);
});

test('what is returned and handed over again has a letter of its own', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const reference = await referLead(portal, desk, TO_OUTSIDE);
  await desk.take('section-chief', reference, 'confirm-by-letter', 'TRANSFERRED', RECEIPT);
  const reason = { reason: '不属于本机关管辖。' };
  await desk.take('section-chief', reference, 'return-by-letter', 'TRANSFERRED', reason);
  await desk.take('section-chief', reference, 'transfer', 'TRIAGE', TO_GROUP);
  await desk.take('leader', reference, 'transfer', 'TRIAGE');
  await desk.take('liaison', reference, 'feedback', 'TRANSFERRED', RESULT);
  expect(await readReferrals(portal)).toMatchObject([
    { toBody: null, receivedOn: '2026-11-20', returnedOn: '2026-11-20', feedbackOn: null },
    { toBody: DEMO_BODIES.discipline, returnedOn: null, feedbackOn: '2026-11-20' },
  ]);
});

test('where a letter goes is said once, and of an outside authority what it is', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  async function messages(fields: object) {
    const answer = await desk.press('section-chief', reference, 'transfer', 'TRIAGE', {
      ...fields,
    });
    const { error } = (await answer.json()) as { error: { fields: Record<string, string> } };
    return Object.keys(error.fields);
  }
  expect(await messages({ ...TO_GROUP, destination: undefined })).toEqual(['destination']);
  expect(await messages({ ...TO_GROUP, ...TO_OUTSIDE })).toEqual(['outside']);
  expect(await messages({ ...TO_OUTSIDE, outsideKind: undefined })).toEqual(['outsideKind']);
});

test.each([
  '电话138 0000 1234',
  '１３８００００１２３４',
  '身份证99010119800101001X',
  '6222 0000 1111 2222 333',
])('no letter is written with %s in it', async (number) => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  for (const name of ['summary', 'materials']) {
    const letter = { ...TO_GROUP, [name]: `反映人${number}。` };
    const answer = await desk.press('section-chief', reference, 'transfer', 'TRIAGE', letter);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('会印在移交函上，删去后再办理');
  }
  const allowed = '2026-03-01至2026-11-20，3户共12800元，示民发〔2025〕21号。';
  await desk.take('section-chief', reference, 'transfer', 'TRIAGE', {
    ...TO_GROUP,
    summary: allowed,
  });
});
