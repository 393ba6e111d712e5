import { scopeOf } from '#rules/subjects.ts';
import { PULL_UP_CAUSES } from '#rules/vocabulary-handling.ts';
import { excludeBodies, giveToBody, keepInReserve, sealLead } from './handover.ts';
import type { LeadCase } from './lead-case.ts';
import type { LeadChange } from './lead-change.ts';
import type { Step } from './lead-effects.ts';

/**
 * The taker decides from now on. Where the body below must keep away from it, every grant below goes with
 * that of the reporter: who complained was for that body to know, and nobody here can open it any more.
 */
export async function pullUpLead(
  { context, leadCase, fields }: Step,
  change: LeadChange,
): Promise<LeadChange> {
  const { lead, bodies } = leadCase;
  const taker = takerOf(leadCase);
  const { bars } = PULL_UP_CAUSES[fields['cause'] as keyof typeof PULL_UP_CAUSES];
  const isBureau = bodies.some(({ code, kind }) => code === lead.bodyCode && kind === 'bureau');
  if (bars && isBureau) return sealLead(context, leadCase, change, taker);
  const given = await giveToBody(context, leadCase, change, taker, 'cause');
  const kept = await keepInReserve(context, leadCase, given, taker);
  const taken = bars
    ? await excludeBodies(context, leadCase, kept, scopeOf(lead.bodyCode, bodies))
    : kept;
  return { ...taken, set: { ...taken.set, bodyCode: taker }, workers: [] };
}

function takerOf({ actor, grants, roles }: LeadCase): string {
  const post = actor.posts.find(
    ({ bodyCode, role }) =>
      roles.includes(role) && grants.some((grant) => grant.bodyCode === bodyCode),
  );
  if (!post) throw new Error('nobody takes it');
  return post.bodyCode;
}
