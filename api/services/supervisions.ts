import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { readPersonNames } from '#db/queries/lead-details.ts';
import { listSupervisions } from '#db/queries/supervisions.ts';
import type { Supervision } from '#db/queries/supervisions.ts';
import { addDays, civilDateOf } from '#rules/civil-date.ts';
import { isOverdue } from '#rules/deadline.ts';
import { hasCapability } from '#rules/roles.ts';
import { HOT_SPOT, suggestSupervision } from '#rules/supervision.ts';
import { ESCALATIONS } from '#rules/vocabulary-handling.ts';
import { appendAudit } from './audit.ts';
import { listVisibleLeads } from './lead-access.ts';
import type { LeadCase } from './lead-case.ts';
import { supervisorIn } from './lead-facts.ts';
import type { Names } from './lead-words.ts';
import { describeLeads, placesBelow } from './leads.ts';

const PAGE_SIZE = 100;

/** One supervision in words. */
function describeSupervision(each: Supervision, person: string | null, names: Names) {
  const { kind, bodyCode, startedOn, reportOn, reportedOn, consentedOn } = each;
  return {
    kindLabel: ESCALATIONS[kind as keyof typeof ESCALATIONS],
    bodyName: names.bodies.get(bodyCode) ?? bodyCode,
    personName: person ? (names.persons.get(person) ?? null) : null,
    startedOn,
    reportOn,
    reportedOn,
    consentedOn,
  };
}

export function describeSupervisions(leadCase: LeadCase, names: Names) {
  return leadCase.supervisions.map((each) =>
    describeSupervision(each, each.personId ?? supervisorIn(leadCase.events, each.seq), names),
  );
}

/** A page of the key cases that the reader may know of. One look is one audit entry. */
export async function listSupervised(context: Context, actor: Actor, after?: string) {
  const { db, secrets } = context;
  if (
    !hasCapability(
      actor.posts.map(({ role }) => role),
      'leads.read',
    )
  ) {
    throw new CodedError('not-allowed');
  }
  const today = civilDateOf(context.now());
  const visible = await listVisibleLeads(context, actor, { supervised: true });
  const start = visible.findIndex(({ id }) => id === after) + 1;
  const page = visible.slice(start, start + PAGE_SIZE);
  const last = page.at(-1);
  const items = await describeLeads(
    context,
    page.map((lead) => lead.id),
  );
  const ids = page.map(({ id }) => id);
  const supervisions = await listSupervisions(db, ids);
  const bodies = new Map((await listBodies(db)).map((body) => [body.code, body.name]));
  const names = { bodies, persons: await readPersonNames(db) };
  await db.transaction(async (tx) => {
    await appendAudit(tx, secrets, context.now(), {
      action: 'lead.list-supervised',
      subjectKind: 'person',
      subjectId: actor.personId,
      personId: actor.personId,
      bodyCode: actor.posts[0]?.bodyCode ?? null,
    });
  });
  return {
    total: visible.length,
    ...(last && start + PAGE_SIZE < visible.length ? { next: last.id } : {}),
    items: items.map((item, index) => ({
      reference: item.reference,
      statusLabel: item.statusLabel,
      placeName: item.placeName,
      bodyName: item.bodyName,
      problemTypes: item.problemTypes,
      receivedOn: item.receivedOn,
      major: item.major,
      sealed: item.secrecy === 'sealed',
      supervisions: supervisions
        .filter((each) => each.leadId === ids[index])
        .map((each) => ({
          ...describeSupervision(each, each.personId, names),
          late: each.reportedOn === null && isOverdue(each.reportOn, today),
        })),
    })),
  };
}

/** What the rules suggest to somebody who may supervise; a person decides. */
export async function suggestFor(context: Context, leadCase: LeadCase) {
  const { facts, lead, content, day, actor } = leadCase;
  if (facts.supervised || !content) return null;
  const suggestion = suggestSupervision({
    major: lead.major === 1,
    source: content.source,
    problemTypes: leadCase.problemTypes,
    repeats: lead.repeats,
    recentAround: lead.secrecy === 'sealed' ? 0 : await countAround(context, actor, leadCase, day),
  });
  return suggestion && { ...suggestion, kindLabel: ESCALATIONS[suggestion.kind] };
}

/** Leads of the same township that the reader may see: no other count may be told. */
async function countAround(
  context: Context,
  actor: Actor,
  { placePath }: LeadCase,
  day: string,
): Promise<number> {
  const town = placePath.at(-2) ?? placePath[0];
  if (!town) return 0;
  const placeCodes = await placesBelow(context, town);
  const receivedFrom = addDays(day, -HOT_SPOT.days);
  return (await listVisibleLeads(context, actor, { placeCodes, receivedFrom })).length;
}
