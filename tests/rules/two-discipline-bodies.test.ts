import { expect, test } from 'vitest';
import { PLAIN_FACTS } from '#rules/lead-facts.ts';
import type { LeadFacts, StaffActor } from '#rules/lead-facts.ts';
import type { EventCode } from '#rules/lifecycle-states.ts';
import { availableTransitions } from '#rules/lifecycle.ts';

/** A sealed lead that a county's group handed to the discipline body of the city. */
const HANDED: LeadFacts = {
  ...PLAIN_FACTS,
  state: 'TRANSFERRED',
  secrecy: 'sealed',
  heldByDiscipline: true,
  bodyCode: 'sender',
  deciders: ['sender'],
  receiver: 'receiver',
  clocks: ['ACK_RN'],
};

function stepsAt(body: string, facts: LeadFacts): EventCode[] {
  const liaison: StaffActor = {
    personId: `at ${body}`,
    roles: ['discipline_liaison'],
    bodies: [body],
  };
  return availableTransitions(facts, liaison).map(({ event }) => event);
}

test('of two discipline bodies the one that received a lead answers, and the one that sent it asks', () => {
  const answers: EventCode[] = ['confirm-receipt', 'return-transfer', 'feedback'];
  expect(stepsAt('receiver', HANDED)).toEqual(expect.arrayContaining(answers));
  expect(stepsAt('receiver', HANDED)).not.toContain('remind-transfer');
  const sender = stepsAt('sender', HANDED);
  expect(sender.filter((event) => answers.includes(event))).toEqual([]);
  expect(sender).toContain('remind-transfer');
});

test('after its answer the receiver tells the reporter and decides nothing more', () => {
  const answered: LeadFacts = { ...HANDED, state: 'CONCLUDED', feedbackRecorded: true };
  expect(stepsAt('receiver', answered).toSorted()).toEqual([
    'declare-interest',
    'record-acknowledgement',
    'record-feedback',
    'reply',
  ]);
  expect(stepsAt('sender', answered)).toEqual(
    expect.arrayContaining(['rectify', 'record-feedback', 'close']),
  );
});

test('a body from which a lead was lifted looks on, and neither closes it nor speaks for it', () => {
  const lifted: LeadFacts = {
    ...HANDED,
    state: 'CONCLUDED',
    bodyCode: 'above',
    deciders: ['above'],
    receiver: null,
    feedbackRecorded: true,
  };
  expect(stepsAt('below', lifted)).toEqual(['declare-interest']);
  expect(stepsAt('above', lifted)).toEqual(expect.arrayContaining(['close', 'reply']));
});

test('a superior with which the lead ends may act on it without having received it', () => {
  const below: LeadFacts = { ...HANDED, state: 'TRIAGE', deciders: ['sender', 'above'] };
  expect(stepsAt('above', { ...below, receiver: null })).toContain('accept');
});
