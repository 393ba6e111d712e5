import { expect, test } from 'vitest';
import { PLAIN_FACTS } from '#rules/lead-facts.ts';
import type { LeadFacts, StaffActor } from '#rules/lead-facts.ts';
import { GUARDS } from '#rules/lifecycle-guards.ts';
import type { GuardCode } from '#rules/lifecycle-guards.ts';
import { ALL_STATES } from '#rules/lifecycle-states.ts';
import type { EventCode, State } from '#rules/lifecycle-states.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { stepOf, targetOf } from '#rules/lifecycle.ts';
import { ROLES } from '#rules/roles.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { SPECIFIED, isForClass, rolesIn, statesIn } from '#support/lifecycle-table.ts';

const ROLE_CODES = codesOf(ROLES);
const WORKER = 'worker';
const OTHER = 'other';

/** Facts under which what this rule requires holds. */
function willing(event: string, state: State, petition: 'REPORT' | 'APPEAL'): LeadFacts {
  const rule = ruleOf(event);
  const wants = (code: GuardCode) => rule.requires?.includes(code) ?? false;
  return {
    ...PLAIN_FACTS,
    state,
    class: petition,
    resumeState: 'TRIAGE',
    caseWorkers: wants('by-case-worker') ? [WORKER, OTHER] : [],
    secrecy: wants('sealed-only') ? 'sealed' : 'normal',
    isMajor: wants('major-needs-leader'),
    supervised: wants('supervised'),
    supervisions: ['by-supervisor', 'by-supervising-body'].some((code) => wants(code as GuardCode))
      ? [{ seq: 1, bodyCode: 'above', personId: WORKER, consented: false }]
      : [],
    receiverOnPortal: !wants('receiver-by-letter'),
    feedbackRecorded: true,
    objectionOpen: wants('objection-open'),
    bodyEnded: wants('body-ended'),
    codeDisputed: wants('code-disputed'),
    clocks: [
      ...(wants('acknowledgement-due') ? ['ACK_PET'] : []),
      ...(wants('superior-waits') ? ['SUPERIOR'] : []),
    ],
    heldInReserve: true,
    openItems: wants('items-open') ? 1 : 0,
    rejectedAsSpam: true,
    reviewDecided: wants('review-decided'),
    withdrawalRequested: true,
  };
}

function ruleOf(event: string) {
  const rule = TRANSITIONS.find((each) => each.event === event);
  if (!rule) throw new Error(`no rule ${event}`);
  return rule;
}

const actor = (personId: string, ...roles: StaffActor['roles']): StaffActor => ({
  personId,
  roles,
  bodies: ['own'],
});

test('every step that staff may take is specified, and nothing else', () => {
  const answers: EventCode[] = ['register', 'refuse-proposal', 'withdraw-proposal'];
  const byStaff = TRANSITIONS.filter((rule) => typeof rule.actors !== 'string');
  const events = byStaff.map((rule) => rule.event).filter((event) => !answers.includes(event));
  expect(events.toSorted()).toEqual(SPECIFIED.map(([event]) => event).toSorted());
});

test.each(SPECIFIED)('%s is taken from where and by whom the specification says', (...row) => {
  const [event, from, to, actors, approvers, barred] = row;
  const rule = ruleOf(event);
  for (const state of ALL_STATES) {
    for (const petition of ['REPORT', 'APPEAL'] as const) {
      const facts = willing(event, state, petition);
      const isOpen = statesIn(from).includes(state) && isForClass(event, petition);
      for (const role of ROLE_CODES) {
        const step = stepOf(rule, facts, actor(WORKER, role));
        const wanted = approvers ? 'propose' : 'do';
        const expected = isOpen && rolesIn(actors).includes(role) ? wanted : null;
        expect({ event, state, petition, role, step }).toEqual({
          event,
          state,
          petition,
          role,
          step: expected,
        });
        if (!expected) continue;
        const target = { '=': state, '<': 'TRIAGE' }[to as '=' | '<'] ?? to;
        expect(targetOf(rule, facts)).toBe(target);
        const bars = {
          'case-worker': { caseWorkers: [WORKER] },
          'last-actor': { lastActor: WORKER },
        };
        if (barred) {
          expect(stepOf(rule, { ...facts, ...bars[barred] }, actor(WORKER, role))).toBeNull();
        }
      }
    }
  }
});

test.each(SPECIFIED.filter(([, , , , approvers]) => approvers))(
  '%s waits for a second person, never for the one who proposed it',
  (...[event, from, , , approvers]) => {
    const rule = ruleOf(event);
    for (const state of statesIn(from)) {
      const proposal = { event, proposedBy: OTHER };
      const facts = { ...willing(event, state, 'REPORT'), proposal };
      for (const role of ROLE_CODES) {
        const expected = rolesIn(approvers).includes(role) ? 'approve' : null;
        expect({ role, step: stepOf(rule, facts, actor(WORKER, role)) }).toEqual({
          role,
          step: expected,
        });
      }
      expect(stepOf(rule, facts, actor(OTHER, ...ROLE_CODES))).toBeNull();
    }
  },
);

test.each(SPECIFIED)(
  'on a lead of the discipline group %s is a liaison’s alone',
  (...[event, from]) => {
    const rule = ruleOf(event);
    for (const state of statesIn(from)) {
      const facts = { ...willing(event, state, 'APPEAL'), heldByDiscipline: true };
      for (const role of ROLE_CODES) {
        const isOpen = stepOf(rule, facts, actor(WORKER, role)) !== null;
        expect({ event, role, isOpen }).toEqual({
          event,
          role,
          isOpen: role === 'discipline_liaison',
        });
      }
    }
  },
);

/** What makes each condition fail. */
const FAILING: Record<GuardCode, Partial<LeadFacts>> = {
  supervised: { supervised: false },
  'by-supervisor': { supervisions: [] },
  'by-supervising-body': { supervisions: [] },
  'supervisors-consent': {
    supervisions: [{ seq: 1, bodyCode: 'above', personId: OTHER, consented: false }],
  },
  'held-in-reserve': { heldInReserve: false },
  'sealed-only': { secrecy: 'normal' },
  'not-sealed': { secrecy: 'sealed' },
  'all-children-closed': { openChildren: 1 },
  'not-extended-yet': { extended: true },
  'major-needs-leader': { isMajor: false, supervised: false },
  'not-major': { isMajor: true },
  'by-case-worker': { caseWorkers: [OTHER] },
  'clue-handed-over': { disciplineClue: true, clueHandedOver: false },
  'transfer-answered': { transferAnswered: false },
  'feedback-recorded': { feedbackRecorded: false },
  'acknowledgement-due': { clocks: ['FB_RN'] },
  'objection-open': { objectionOpen: false },
  'objection-settled': { objectionOpen: true },
  'code-disputed': { codeDisputed: false },
  'body-ended': { bodyEnded: false },
  'superior-waits': { clocks: [] },
  'superior-told': { clocks: ['SUPERIOR'] },
  'items-verified': { openItems: 1 },
  'items-open': { openItems: 0 },
  'withdrawal-requested': { withdrawalRequested: false },
  'receiver-on-portal': { receiverOnPortal: false },
  'receiver-by-letter': { receiverOnPortal: true },
  'by-receiver': { receiver: 'above' },
  'by-sender': { receiver: 'own', bodyCode: 'below' },
  'rejected-as-spam': { rejectedAsSpam: false },
  'review-decided': { reviewDecided: false },
  'review-undecided': { reviewDecided: true },
  'proposal-waiting': { proposal: null },
};

test('a step is closed as soon as one of its conditions fails', () => {
  expect(Object.keys(FAILING).toSorted()).toEqual(Object.keys(GUARDS).toSorted());
  for (const [event, from, , actors] of SPECIFIED) {
    const rule = ruleOf(event);
    const [state = 'TRIAGE'] = statesIn(from);
    for (const guard of rule.requires ?? []) {
      const facts = { ...willing(event, state, 'APPEAL'), ...FAILING[guard] };
      const step = stepOf(rule, facts, actor(WORKER, ...rolesIn(actors)));
      expect({ event, guard, step }).toEqual({ event, guard, step: null });
    }
  }
});
