import { expect, test } from 'vitest';
import { PLAIN_FACTS, type LeadFacts, type StaffActor } from '#rules/lead-facts.ts';
import {
  availableTransitions,
  findTransition,
  publicStatusOf,
  stepOf,
  targetOf,
} from '#rules/lifecycle.ts';
import { GUARDS } from '#rules/lifecycle-guards.ts';
import { ALL_STATES, EVENT_CODES, PUBLIC_STATUSES, STATES } from '#rules/lifecycle-states.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { ROLES, type RoleCode } from '#rules/roles.ts';
import { DEADLINES, SUPERIOR_CLOCK } from '#rules/deadlines.ts';

const staff = (personId: string, ...roles: RoleCode[]): StaffActor => ({ personId, roles });
const lead = (facts: Partial<LeadFacts>): LeadFacts => ({ ...PLAIN_FACTS, ...facts });
const events = (facts: LeadFacts, actor: Parameters<typeof availableTransitions>[1]) =>
  availableTransitions(facts, actor).map((rule) => rule.event);

/** Where a rule leads: NEED_INFO returns to each state that it is entered from. */
const targets = (rule: (typeof TRANSITIONS)[number]) =>
  rule.to === 'resume'
    ? TRANSITIONS.filter((each) => each.to === 'NEED_INFO').flatMap((each) => each.from)
    : rule.to === null
      ? []
      : [rule.to];

test('every event has exactly one rule', () => {
  expect(TRANSITIONS.map((rule) => rule.event).toSorted()).toEqual([...EVENT_CODES].toSorted());
});

test('every rule names known states, roles, guards and deadlines', () => {
  for (const rule of TRANSITIONS) {
    for (const state of [...rule.from, ...targets(rule)]) expect(STATES).toHaveProperty(state);
    const roles = typeof rule.actors === 'string' ? [] : rule.actors;
    for (const role of [...roles, ...(rule.approvedBy ?? [])]) expect(ROLES).toHaveProperty(role);
    for (const guard of rule.requires ?? []) expect(GUARDS).toHaveProperty(guard);
    for (const code of [...(rule.starts ?? []), ...(rule.meets ?? [])]) {
      expect({ ...DEADLINES, [SUPERIOR_CLOCK]: {} }).toHaveProperty(code);
    }
    expect(typeof rule.actors === 'string' || rule.actors.length > 0).toBe(true);
  }
});

test('only roles that may see leads act on them', () => {
  for (const rule of TRANSITIONS) {
    const roles = typeof rule.actors === 'string' ? [] : rule.actors;
    for (const role of [...roles, ...(rule.approvedBy ?? [])]) {
      expect(ROLES[role].leads).not.toBe('none');
    }
  }
});

test('field names are unique within a rule and choices offer something', () => {
  for (const rule of TRANSITIONS) {
    const names = rule.fields.map((field) => field.name);
    expect(new Set(names).size).toBe(names.length);
    for (const field of rule.fields) {
      if (field.kind === 'choice' || field.kind === 'choices') {
        expect(Object.keys(field.options ?? {}).length).toBeGreaterThan(1);
      }
    }
  }
});

test('every state is reached from arrival', () => {
  const reached = new Set(
    TRANSITIONS.filter((rule) => rule.from.length === 0).flatMap((rule) => targets(rule)),
  );
  for (const state of reached) {
    for (const rule of TRANSITIONS) {
      if (rule.from.includes(state)) targets(rule).forEach((each) => reached.add(each));
    }
  }
  expect([...reached].toSorted()).toEqual(ALL_STATES.toSorted());
});

test.each(ALL_STATES.filter((state) => !STATES[state].final))('%s has a way to an end', (state) => {
  const reached = new Set([state]);
  for (const each of reached) {
    for (const rule of TRANSITIONS) {
      if (rule.from.includes(each)) targets(rule).forEach((target) => reached.add(target));
    }
  }
  expect([...reached].some((each) => STATES[each].final)).toBe(true);
});

test('nobody confirms an own proposal, whatever roles they hold', () => {
  const everyRole = Object.keys(ROLES) as RoleCode[];
  for (const rule of TRANSITIONS.filter((each) => each.approvedBy)) {
    for (const state of rule.from) {
      const facts = lead({
        state,
        caseWorkers: ['p1'],
        proposal: { event: rule.event, proposedBy: 'p1' },
      });
      expect(stepOf(rule, facts, staff('p1', ...everyRole))).not.toBe('approve');
    }
  }
});

test('a transfer is proposed by the section chief and confirmed by the leader', () => {
  const facts = lead({ state: 'ACCEPTED' });
  const rule = findTransition(facts, staff('chief', 'section_chief'), { to: 'TRANSFERRED' });
  expect(rule?.event).toBe('transfer');
  expect(rule && stepOf(rule, facts, staff('chief', 'section_chief'))).toBe('propose');
  const waiting = { ...facts, proposal: { event: 'transfer' as const, proposedBy: 'chief' } };
  expect(rule && stepOf(rule, waiting, staff('boss', 'bureau_leader'))).toBe('approve');
  expect(
    rule && stepOf(rule, waiting, staff('chief', 'section_chief', 'bureau_leader')),
  ).toBeNull();
  expect(events(waiting, staff('boss', 'bureau_leader'))).toContain('refuse-proposal');
  expect(events(waiting, staff('chief', 'section_chief'))).toContain('withdraw-proposal');
  expect(events(waiting, staff('other', 'section_chief'))).not.toContain('refuse-proposal');
});

test('on a lead of the discipline group only its liaisons act', () => {
  const facts = lead({ state: 'RECEIVED', heldByDiscipline: true, secrecy: 'sealed' });
  expect(events(facts, staff('c', 'intake_clerk', 'section_chief', 'bureau_leader'))).toEqual([]);
  expect(events(facts, staff('d', 'discipline_liaison'))).toContain('claim');
  const triage = { ...facts, state: 'TRIAGE' as const };
  expect(events(triage, staff('d', 'discipline_liaison'))).toContain('transfer-sealed');
  const rejected = { ...triage, proposal: { event: 'reject' as const, proposedBy: 'd' } };
  const rule = TRANSITIONS.find((each) => each.event === 'reject');
  expect(rule && stepOf(rule, rejected, staff('d', 'discipline_liaison'))).toBeNull();
  expect(rule && stepOf(rule, rejected, staff('e', 'discipline_liaison'))).toBe('approve');
});

test('the two case workers sign the report, and neither judges it', () => {
  const facts = lead({ state: 'INVESTIGATING', caseWorkers: ['a', 'b'] });
  expect(events(facts, staff('a', 'handler'))).toContain('report');
  expect(events(facts, staff('x', 'handler'))).not.toContain('report');
  const review = { ...facts, state: 'IN_REVIEW' as const };
  expect(events(review, staff('a', 'section_chief'))).not.toContain('conclude');
  expect(events(review, staff('x', 'section_chief'))).toContain('conclude');
});

test('a major lead is concluded by the leader only', () => {
  const facts = lead({ state: 'IN_REVIEW', isMajor: true });
  expect(findTransition(facts, staff('c', 'section_chief'), { to: 'CONCLUDED' })).toBeUndefined();
  expect(findTransition(facts, staff('b', 'bureau_leader'), { to: 'CONCLUDED' })?.event).toBe(
    'conclude-major',
  );
});

test('a withdrawn report goes on, other classes conclude', () => {
  const facts = lead({ state: 'TRIAGE', withdrawalRequested: true });
  const officer = staff('t', 'triage_officer');
  expect(events(facts, officer)).not.toContain('conclude-withdrawn');
  expect(events({ ...facts, class: 'APPEAL' }, officer)).toContain('conclude-withdrawn');
});

test('an extension is given once', () => {
  const chief = staff('c', 'section_chief');
  expect(events(lead({ state: 'INVESTIGATING' }), chief)).toContain('extend');
  expect(events(lead({ state: 'INVESTIGATING', extended: true }), chief)).not.toContain('extend');
});

test('a lead is not struck off before items, feedback, children and transfers are done', () => {
  const leader = staff('l', 'bureau_leader');
  const ready = lead({ state: 'RECTIFYING', feedbackRecorded: true });
  expect(events(ready, leader)).toContain('close');
  const lacking = [
    { openItems: 1 },
    { feedbackRecorded: false },
    { openChildren: 1 },
    { transferAnswered: false },
  ];
  for (const lack of lacking) expect(events({ ...ready, ...lack }, leader)).not.toContain('close');
});

test('spam is sampled by another person', () => {
  const facts = lead({ state: 'REJECTED', rejectedAsSpam: true, lastActor: 'c' });
  expect(events(facts, staff('c', 'triage_officer'))).not.toContain('restore-spam');
  expect(events(facts, staff('t', 'triage_officer'))).toContain('restore-spam');
});

test('an answer returns a lead to where the question was asked', () => {
  const facts = lead({ state: 'NEED_INFO', resumeState: 'INVESTIGATING' });
  const rule = findTransition(facts, 'reporter', { event: 'answer-info' });
  expect(rule && targetOf(rule, facts)).toBe('INVESTIGATING');
  expect(events(facts, 'system')).toEqual(['lapse-info', 'take-in']);
});

test('staff cannot act as the system or the reporter', () => {
  for (const state of ALL_STATES) {
    for (const rule of availableTransitions(lead({ state }), 'reporter')) {
      expect(rule.actors).toBe('reporter');
      expect(stepOf(rule, lead({ state }), staff('p', 'triage_officer'))).toBeNull();
    }
  }
});

test('the public reads plain statuses, of a merged lead the parent’s', () => {
  for (const state of ALL_STATES) expect(PUBLIC_STATUSES).toHaveProperty(publicStatusOf(state));
  expect(publicStatusOf('SCREENING')).toBe('received');
  expect(publicStatusOf('TRANSFERRED')).toBe('referred');
  expect(publicStatusOf('MERGED', 'CONCLUDED')).toBe('answered');
  expect(publicStatusOf('TERMINATED')).toBe('ended');
});
