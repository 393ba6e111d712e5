import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import type { Body } from '#db/queries/bodies.ts';
import { findBody, superiorsOf } from '#rules/subjects.ts';
import { giveToBody, takeOffBodies } from './handover.ts';
import type { LeadCase } from './lead-case.ts';
import type { LeadChange } from './lead-change.ts';
import type { Step } from './lead-effects.ts';
import { listAssignable } from './lead-people.ts';

/**
 * The successor gets the lead and its body's keys of it go: the bureau above holds every lead that it assigned,
 * so it needs no help from those who have left. Where the successor is excluded or has no key, the next body
 * upward takes it.
 */
export async function succeedLead(
  { context, leadCase }: Step,
  change: LeadChange,
): Promise<LeadChange> {
  const { lead, workers } = leadCase;
  const taker = takerOf(leadCase, await listBodies(context.db));
  if (!taker) throw new CodedError('not-now', {}, '没有可以承接的单位，请先建立单位的密钥。');
  const given = await giveToBody(context, leadCase, change, taker, 'body', ['content']);
  const moved = await takeOffBodies(context, leadCase, given, [lead.bodyCode]);
  const assignable = await listAssignable(context, leadCase, [taker]);
  const ids = new Set(assignable.map(({ personId }) => personId));
  const kept = workers.map(({ personId }) => personId).filter((id) => ids.has(id));
  return { ...moved, set: { ...moved.set, bodyCode: taker }, workers: kept };
}

function takerOf({ lead, bodiesWithKey, excluded, bodies }: LeadCase, all: Body[]): string | null {
  let successor = findBody(lead.bodyCode, all);
  while (successor?.successorCode) successor = findBody(successor.successorCode, all);
  if (!successor) return null;
  const candidates = [successor.code, ...superiorsOf(successor.code, all).map(({ code }) => code)];
  const fits = (code: string) =>
    findBody(code, bodies) !== undefined && bodiesWithKey.has(code) && !excluded({ body: code });
  return candidates.find((code) => fits(code)) ?? null;
}
