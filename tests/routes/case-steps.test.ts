import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CASE_STEPS, caseStepOf } from '#rules/public-cases.ts';
import type { CaseActor, CaseState, CaseStep } from '#rules/public-cases.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { CHECKS, codeOf, createCaseDesk } from '#support/cases.ts';
import { createPortal } from '#support/fresh-portal.ts';

/** What each person is towards a case of 青山镇 that the township wrote. */
const PEOPLE: Readonly<Record<string, readonly CaseActor[]>> = {
  'township-qingshan': ['writer'],
  'publisher-qingshan': ['writer', 'remover'],
  reviewer: ['reviewer', 'remover', 'second'],
  'section-chief': ['reviewer', 'remover', 'second'],
  triage: ['remover'],
};
const byHand = codesOf(CASE_STEPS).filter(
  (step) => caseStepOf(step).by !== 'system' && step !== 'edit' && step !== 'discard',
);
const MORE: Partial<Record<CaseStep, object>> = {
  return: { note: '补充。' },
  approve: { checks: CHECKS },
  withdraw: { reason: 'WRONG' },
};
const anyPress = fc.record({
  login: fc.constantFrom(...Object.keys(PEOPLE)),
  step: fc.constantFrom(...byHand),
});
/** Walks that get somewhere: presses of nonsense between those of a life. */
const LIFE: { login: string; step: CaseStep }[] = [
  { login: 'township-qingshan', step: 'hand-in' },
  { login: 'reviewer', step: 'approve' },
  { login: 'section-chief', step: 'withdraw' },
  { login: 'reviewer', step: 'restore' },
];

test('whoever presses whatever, a case moves as the table says and no other way', async () => {
  await using portal = await createPortal();
  const desk = createCaseDesk(portal);
  for (const login of Object.keys(PEOPLE)) await desk.list(login);
  const { db } = portal.context;
  const seen = new Set<string>();
  const anyWalk = fc.array(fc.tuple(anyPress, fc.boolean()), { minLength: 8, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(anyWalk, async (presses) => {
      const draft = await desk.write('township-qingshan');
      const { id } = (await draft.json()) as { id: string };
      let state: CaseState = 'draft';
      let isHandedIn = false;
      let isApproved = false;
      let remover = '';
      let next = 0;
      for (const [press, isOfLife] of presses) {
        const { login, step } = (isOfLife && LIFE[next]) || press;
        const answer = await desk.take(login, id, step, MORE[step] ?? {});
        const code = await codeOf(answer);
        const roles = PEOPLE[login] ?? [];
        const { by, from, to } = caseStepOf(step);
        const isSeen =
          roles.includes('writer') ||
          (roles.includes('reviewer') && isHandedIn) ||
          (roles.includes('remover') && isApproved);
        const wanted = !isSeen
          ? 'not-found'
          : !roles.includes(by)
            ? 'not-allowed'
            : !from.includes(state)
              ? 'not-now'
              : by === 'second' && login === remover
                ? 'own-approval'
                : 'ok';
        expect({ login, step, state, code }).toEqual({ login, step, state, code: wanted });
        seen.add(`${step} ${code}`);
        if (code !== 'ok') continue;
        state = to;
        if (step === 'hand-in') isHandedIn = true;
        if (step === 'approve') isApproved = true;
        if (step === 'withdraw') remover = login;
        if (LIFE[next]?.step === step) next += 1;
      }
      const stored = (await db.select().from(db.t.publicCase)).find((each) => each.id === id);
      expect(stored?.status).toBe(state);
      expect(stored?.words !== null).toBe(state === 'approved');
    }),
    { numRuns: 25 },
  );
  for (const step of ['hand-in', 'approve', 'withdraw']) expect(seen).toContain(`${step} ok`);
}, 120_000);
