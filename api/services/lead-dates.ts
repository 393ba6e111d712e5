import { CodedError } from '#api/errors.ts';
import { listDeadlines } from '#db/queries/lead-events.ts';
import { addDays, formatDate } from '#rules/civil-date.ts';
import { ASSIGNED_CLOCK, DEADLINES } from '#rules/deadlines.ts';
import type { LeadChange } from './lead-change.ts';
import type { Step } from './lead-effects.ts';

/** A parked lead is due on the day it is to be looked at again, and on no other day given by hand. */
export function setLookDate({ leadCase, fields }: Step, change: LeadChange): LeadChange {
  const dueOn = String(fields['lookOn']);
  const latest = addDays(leadCase.day, DEADLINES.RELOOK90.limit);
  if (dueOn <= leadCase.day || dueOn > latest) {
    const message = `下次查看日期要在明天到${formatDate(latest)}之间`;
    throw new CodedError('invalid-input', { lookOn: message });
  }
  return { ...change, ownClock: { code: 'RELOOK90', dueOn } };
}

export function setDueDate({ fields }: Step, change: LeadChange): LeadChange {
  return { ...change, ownClock: { code: ASSIGNED_CLOCK, dueOn: String(fields['dueOn']) } };
}

/** Who asks too late is told so, not reviewed. */
export async function checkRequestDate(
  { context, leadCase, rule, fields }: Step,
  change: LeadChange,
): Promise<LeadChange> {
  const requestedOn = String(fields['requestedOn']);
  const clocks = await listDeadlines(context.db, leadCase.lead.id);
  const codes: readonly string[] = rule.meets ?? [];
  const term = clocks.findLast((clock) => codes.includes(clock.ruleCode));
  if (requestedOn > leadCase.day) refuse('提出请求的日期还没有到');
  if (term && requestedOn > term.dueOn) refuse(`申请期限到${formatDate(term.dueOn)}为止，已经超过`);
  return change;

  function refuse(message: string): never {
    throw new CodedError('invalid-input', { requestedOn: message });
  }
}

/** What was found to be owed is recovered, or it is said why not. */
export function checkRecovery({ leadCase, fields }: Step, change: LeadChange): LeadChange {
  const owed = leadCase.events.findLast(({ fields: told }) => told?.['amountCents'] !== undefined);
  const missing = Number(owed?.fields?.['amountCents'] ?? 0) - Number(fields['recoveredCents']);
  if (missing <= 0 || fields['shortfall']) return change;
  throw new CodedError('invalid-input', { shortfall: '没有足额追缴的，写明原因' });
}
