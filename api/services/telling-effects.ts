import { CodedError } from '#api/errors.ts';
import { listDeadlines } from '#db/queries/lead-events.ts';
import { formatDate } from '#rules/civil-date.ts';
import { SUPERIOR_CLOCK } from '#rules/deadlines.ts';
import type { LeadChange } from './lead-change.ts';
import type { Step } from './lead-effects.ts';

/** Somebody was told on a day that may lie before the one on which it is written down: it counts as that day. */
export async function checkToldDate(
  { context, leadCase, rule, fields }: Step,
  change: LeadChange,
): Promise<LeadChange> {
  const field = 'givenOn' in fields ? 'givenOn' : 'toldOn';
  const toldOn = String(fields[field]);
  const codes: readonly string[] = rule.meets ?? [];
  const running = (await listDeadlines(context.db, leadCase.lead.id)).filter(
    ({ ruleCode, metOn }) => metOn === null && codes.includes(ruleCode),
  );
  const starts = running.map(({ startOn }) => startOn).toSorted();
  // A result is fed back after it was found, whatever else was still to be told.
  const since = starts.at(field === 'givenOn' ? -1 : 0) ?? leadCase.lead.receivedOn;
  if (toldOn > leadCase.day) refuse('这一天还没有到');
  if (toldOn < since) refuse(`不能早于${formatDate(since)}`);
  return { ...change, toldOn };

  function refuse(message: string): never {
    throw new CodedError('invalid-input', { [field]: message });
  }
}

/** An objection is kept in the reporter's words and answered within its own term. */
export function recordFeedback({ fields }: Step, change: LeadChange): LeadChange {
  if (fields['response'] !== 'OBJECTS') return change;
  if (!fields['objection']) {
    throw new CodedError('invalid-input', { objection: '写明反映人的异议' });
  }
  return { ...change, startsClocks: ['OBJECT15'] };
}

/** Whoever assigned the matter may give another day in place of the answer. */
export function reportToSuperior({ leadCase, fields }: Step, change: LeadChange): LeadChange {
  const nextOn = fields['nextOn'];
  if (typeof nextOn !== 'string') return change;
  if (nextOn <= leadCase.day) {
    throw new CodedError('invalid-input', { nextOn: '另给的期限要在今天以后' });
  }
  return { ...change, ownClock: { code: SUPERIOR_CLOCK, dueOn: nextOn } };
}
