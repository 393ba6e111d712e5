import { expect, test } from 'vitest';
import { updateLeadInState } from '#db/queries/leads.ts';
import { ALL_STATES } from '#rules/lifecycle-states.ts';
import type { LeadBody } from '#routes/staff-lead-schemas.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, fileLead, personOf } from '#support/leads.ts';
import { SPECIFIED, isForClass, rolesIn, statesIn } from '#support/lifecycle-table.ts';

/** What is not open on a plain lead of the bureau, whoever asks. */
const NOT_YET: readonly string[] = [
  'restore-spam',
  'confirm-spam',
  'conclude-withdrawn',
  'transfer-sealed',
  'confirm-by-letter',
  'return-by-letter',
  'feedback-by-letter',
  'conclude-major',
  'verify-item',
  'close',
  'end-review',
  'open-recheck',
  'report-back',
  'instruct',
  'consent-to-close',
  'end-supervision',
  'pull-up',
  'answer-objection',
  'look-again',
  'report-superior',
  'settle-code',
  'succeed',
];

test('in every state everybody is offered what their role may do, and nobody else the lead', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  const { db } = portal.context;
  const [lead] = await db.select().from(db.t.lead);
  const id = lead?.id ?? '';
  const workers = ['handler', 'handler-2'];
  await db.transaction(async (tx) => {
    for (const login of workers) {
      await tx
        .insert(tx.t.leadWorker)
        .values({ leadId: id, personId: await personOf(portal, login) });
    }
  });
  const atBureau = ['intake', 'triage', 'handler', 'section-chief', 'leader'];
  for (const petition of ['REPORT', 'APPEAL'] as const) {
    for (const state of ALL_STATES) {
      const [now] = await db.select().from(db.t.lead);
      await db.transaction((tx) =>
        updateLeadInState(tx, id, now?.state ?? '', { state, class: petition }),
      );
      for (const { login, role } of portal.accounts) {
        const answer = await desk.call(login, `/api/staff/leads/${reference}`);
        const sees = atBureau.includes(login) || workers.includes(login);
        expect({ login, state, status: answer.status }).toEqual({
          login,
          state,
          status: sees ? 200 : 404,
        });
        if (!sees) continue;
        const { transitions } = (await answer.json()) as LeadBody;
        const expected = SPECIFIED.filter(
          ([event, from, , actors, , barred]) =>
            statesIn(from).includes(state) &&
            rolesIn(actors).includes(role) &&
            isForClass(event, petition) &&
            !NOT_YET.includes(event) &&
            !(barred === 'case-worker' && workers.includes(login)),
        );
        expect({ login, state, events: transitions.map(({ event }) => event).toSorted() }).toEqual({
          login,
          state,
          events: expected.map(([event]) => event).toSorted(),
        });
      }
    }
  }
}, 240_000);

test('of two who press the same button one is done and the other is told what happened', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  const extension = { days: 10, reason: '材料未齐。', notice: '延长10日。' };
  await desk.take('section-chief', reference, 'extend', 'ACCEPTED', extension);
  await desk.open('leader', reference);
  const [approved, refused] = await Promise.all([
    desk.press('leader', reference, 'extend', 'ACCEPTED'),
    desk.press('leader', reference, 'refuse-proposal', 'ACCEPTED', { reason: '不必延期。' }),
  ]);
  const answers = [approved, refused];
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const lost = answers.find(({ status }) => status === 409);
  expect(await lost?.json()).toMatchObject({
    error: { code: 'state-changed', message: '这件事项刚被别人处理过，看过最新情况后再操作。' },
  });
});
