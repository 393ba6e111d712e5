import { randomUUID } from 'node:crypto';
import { CodedError } from '#api/errors.ts';
import type { ActorPost } from '#api/context.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listReferralsOf } from '#db/queries/referrals.ts';
import type { Referral } from '#db/queries/referrals.ts';
import { computeDeadline } from '#rules/deadline.ts';
import { findBody, isDiscipline } from '#rules/subjects.ts';
import { loadCalendars } from './calendars.ts';
import { giveToBody } from './handover.ts';
import type { LeadChange } from './lead-change.ts';
import { findProposal } from './lead-facts.ts';
import type { Step } from './lead-effects.ts';
import { readLetterWord } from './letter-words.ts';

/** Hands a lead to another authority: the grants to one that works here, and the letter. */
export async function transferLead(step: Step, change: LeadChange): Promise<LeadChange> {
  const { context, leadCase, fields } = step;
  const destination = readDestination(step);
  const given = destination
    ? await giveToBody(context, leadCase, change, destination, 'destination')
    : change;
  const fromBody = senderOf(step).bodyCode;
  const bodies = await listBodies(context.db);
  const sender = findBody(fromBody, bodies);
  if (!sender) throw new CodedError('not-allowed');
  const sealed = leadCase.facts.secrecy === 'sealed';
  const row = {
    id: randomUUID(),
    leadId: leadCase.lead.id,
    seq: seqOf(step),
    fromBody,
    toBody: destination,
    sentOn: leadCase.day,
    receivedOn: null,
    returnedOn: null,
    feedbackOn: null,
    remindOn: await reminderDay(step),
    reminders: 0,
    cadres: sealed ? null : Number(fields['cadres']),
    casesFiled: null,
    heldToAccount: null,
  };
  const word = await readLetterWord(context.db, sender, bodies);
  return { ...given, referral: { kind: 'send', row, word } };
}

/** The slip came back, or the receiver says here that it has it. */
export async function recordReceipt(step: Step, change: LeadChange): Promise<LeadChange> {
  const receivedOn = String(step.fields['acceptedOn']);
  const { day } = step.leadCase;
  const letter = await findOpen(step);
  if (receivedOn > day || (letter && receivedOn < letter.sentOn)) {
    throw new CodedError('invalid-input', { acceptedOn: '签收日期要在移交当天到今天之间' });
  }
  return answerLetter(step, change, () => ({ receivedOn }));
}

/** The sender asked how it stands; the next reminder counts from today. */
export async function remindReceiver(step: Step, change: LeadChange): Promise<LeadChange> {
  const remindOn = await reminderDay(step);
  return answerLetter(step, change, ({ reminders }) => ({ reminders: reminders + 1, remindOn }));
}

export async function returnTransfer(step: Step, change: LeadChange): Promise<LeadChange> {
  return answerLetter(step, change, () => ({ returnedOn: step.leadCase.day }));
}

export async function recordResult(step: Step, change: LeadChange): Promise<LeadChange> {
  const { leadCase, fields } = step;
  const sealed = leadCase.facts.secrecy === 'sealed';
  return answerLetter(step, change, () => ({
    feedbackOn: leadCase.day,
    casesFiled: sealed ? null : Number(fields['casesFiled']),
    heldToAccount: sealed ? null : Number(fields['heldToAccount']),
  }));
}

type Answer = Extract<NonNullable<LeadChange['referral']>, { kind: 'answer' }>['set'];

async function answerLetter(
  step: Step,
  change: LeadChange,
  answerTo: (letter: Referral) => Answer,
): Promise<LeadChange> {
  const letter = await findOpen(step);
  if (!letter) return change;
  return { ...change, referral: { kind: 'answer', id: letter.id, set: answerTo(letter) } };
}

async function findOpen({ context, leadCase }: Step): Promise<Referral | undefined> {
  const letters = await listReferralsOf(context.db, leadCase.lead.id);
  return letters.find((letter) => !letter.returnedOn && !letter.feedbackOn);
}

/** The body here that receives it; null: one outside, by its name. */
function readDestination({ leadCase, fields }: Step): string | null {
  const { outside, outsideKind } = fields;
  const destination = typeof fields['destination'] === 'string' ? fields['destination'] : null;
  if (destination && outside) {
    throw new CodedError('invalid-input', { outside: '只能移交给一个机关，两项只填一项' });
  }
  if (outside) {
    if (outsideKind) return null;
    throw new CodedError('invalid-input', { outsideKind: '选择系统外的接收机关是哪一类' });
  }
  if (!destination) {
    throw new CodedError('invalid-input', {
      destination: '选择移交到哪个机关，或者写系统外的机关',
    });
  }
  if (destination === leadCase.lead.bodyCode) {
    throw new CodedError('invalid-input', { destination: '不能移交给本单位' });
  }
  if (!isDiscipline(destination, leadCase.bodies)) {
    throw new CodedError('invalid-input', {
      destination: '系统内只能移交给纪检监察机关，交乡镇核查的用“交办”',
    });
  }
  return destination;
}

/** The post whose body sends: the one from which the step takes effect. */
function senderOf({ leadCase, rule }: Step): ActorPost {
  const { actor, facts, lead, roles } = leadCase;
  const deciding: readonly string[] = facts.heldByDiscipline
    ? ['discipline_liaison']
    : typeof rule.actors === 'string'
      ? []
      : (rule.approvedBy ?? rule.actors);
  const posts = actor.posts.filter(({ role }) => roles.includes(role));
  const fitting = posts.filter(({ role }) => deciding.includes(role));
  const post = fitting.find(({ bodyCode }) => bodyCode === lead.bodyCode) ?? fitting[0] ?? posts[0];
  if (!post) throw new CodedError('not-allowed');
  return post;
}

/** The event that holds what was typed: the proposal's, once it is approved. */
function seqOf({ leadCase, rule }: Step): number {
  const waiting = findProposal(leadCase.events);
  if (waiting?.event === rule.event) return waiting.seq;
  return (leadCase.events.at(-1)?.seq ?? 0) + 1;
}

/** When to ask how it stands, counted from today. */
async function reminderDay({ context, leadCase }: Step): Promise<string> {
  return computeDeadline('FOLLOW30', leadCase.day, await loadCalendars(context.db)).dueOn;
}
