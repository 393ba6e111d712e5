import { randomBytes } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { readPersonNames } from '#db/queries/lead-details.ts';
import { decideHit, listHits } from '#db/queries/relatives.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { HIT_STATUSES, roleOfStaffAt } from '#rules/relatives.ts';
import type { SubjectRole } from '#rules/vocabulary.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import { appendAudit } from './audit.ts';
import { prepareArrival } from './complaint-arrival.ts';
import { storeArrival } from './complaints.ts';
import { requirePostAt } from './list-access.ts';
import { readPlaceLookup } from './place-lookup.ts';
import { openEntry, openersOf } from './relative-entries.ts';
import { macOfName } from './relative-names.ts';

type FoundHit = Awaited<ReturnType<typeof listHits>>[number];

/**
 * Registered relatives who receive aid, for the discipline group alone. Who is concerned, as the member of
 * staff or as the relative, does not see the match. Looking is logged.
 */
export async function readHits(context: Context, actor: Actor, status: 'open' | 'decided') {
  const { db, secrets } = context;
  const post = requirePostAt(actor, 'relatives.manage', undefined);
  const found = await listHits(db, { status });
  const findIdentity = openersOf(db, actor);
  const places = await readPlaceLookup(db);
  const bodies = new Map((await listBodies(db)).map((body) => [body.code, body]));
  const people = await readPersonNames(db);
  const opened = await Promise.all(
    found
      .filter((each) => !concerns(context, actor, each))
      .map(async (each) => ({ each, entry: await openEntry(findIdentity, each.relative) })),
  );
  const items = opened.flatMap(({ each, entry }) => {
    if (!entry) return [];
    const { hit, relative, aidType, period, placeCode, listBody } = each;
    return {
      id: hit.id,
      status: hit.status,
      statusLabel: HIT_STATUSES[hit.status],
      foundOn: hit.foundOn,
      decidedOn: hit.decidedOn,
      decidedBy: hit.decidedBy ? (people.get(hit.decidedBy) ?? '') : null,
      entry,
      role: roleOfStaffAt(bodies.get(relative.bodyCode ?? '')?.kind ?? null),
      aidType: aidType ?? '',
      period: period ?? '',
      listBodyName: bodies.get(listBody ?? '')?.name ?? '',
      placeName: placeCode ? places.fullNameOf(placeCode) : null,
      maskedName: each.maskedName,
      members: each.members,
      amountCents: each.amountCents,
    };
  });
  await db.transaction(async (tx) => {
    await appendAudit(tx, secrets, context.now(), {
      action: 'relative-hit.list',
      subjectKind: 'body',
      subjectId: post.bodyCode,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { status, hits: items.map((item) => item.id) },
    });
  });
  return { items };
}

/** Whether the actor is the member of staff or the relative. */
function concerns({ secrets }: Context, actor: Actor, { relative }: FoundHit): boolean {
  const own = macOfName(secrets, actor.name);
  const { personId, staffNameMac, relativeNameMac } = relative;
  return personId === actor.personId || staffNameMac === own || relativeNameMac === own;
}

export type HitDecision =
  | { id: string; decision: 'lawful' }
  | { id: string; decision: 'lead'; role: SubjectRole };

/**
 * Decides a match: lawful, or a lead that arrives like every other and goes where it would go. Answers the
 * lead's reference. Throws `not-found`, `state-changed`, `nobody-to-receive`.
 */
export async function decideOnHit(
  context: Context,
  actor: Actor,
  decision: HitDecision,
): Promise<string | null> {
  const { db, secrets } = context;
  const post = requirePostAt(actor, 'relatives.manage', undefined);
  const [found] = await listHits(db, { id: decision.id });
  if (!found || concerns(context, actor, found)) throw new CodedError('not-found');
  const entry = await openEntry(openersOf(db, actor), found.relative);
  if (!entry) throw new CodedError('not-found');
  if (found.hit.status !== 'open') throw new CodedError('state-changed');
  const arrival =
    decision.decision === 'lead'
      ? await prepareMatchedLead(context, found, entry, decision.role)
      : null;
  const now = context.now();
  return db.transaction(async (tx) => {
    const decided = await decideHit(tx, decision.id, {
      status: decision.decision,
      decidedBy: actor.personId,
      decidedOn: civilDateOf(now),
    });
    if (!decided) throw new CodedError('state-changed');
    const lead = arrival && (await storeArrival(tx, context, arrival, now));
    await appendAudit(tx, secrets, now, {
      action: 'relative-hit.decide',
      subjectKind: 'relative-hit',
      subjectId: decision.id,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: decision,
    });
    return lead?.reference ?? null;
  });
}

/** The lead of a match: source 信息比对, problem 优亲厚友, the member of staff accused. */
async function prepareMatchedLead(
  context: Context,
  found: FoundHit,
  entry: NonNullable<Awaited<ReturnType<typeof openEntry>>>,
  role: SubjectRole,
) {
  const { placeCode, relative, period, hit } = found;
  if (!placeCode) {
    throw new CodedError('not-now', {}, '名单里已经没有这一户，重新上传名单后再核对。');
  }
  const code = makeQueryCode(randomBytes(CODE_BYTES));
  const { staffName, unit, position, relativeName, relation } = entry;
  return prepareArrival(context, {
    content: {
      source: 'DATAMATCH',
      class: 'REPORT',
      mode: 'ANONYMOUS',
      placeCode,
      problemTypes: ['NEPOT'],
      subjects: [{ role, bodyCode: relative.bodyCode, name: staffName }],
      text: `近亲属备案比对：${unit}${position}${staffName}备案的亲属${relativeName}（${relation}）在${period ?? ''}名单中享受救助，需核查是否符合条件、是否按规定备案和回避。`,
      noticeId: null,
      noticeRow: null,
    },
    reporter: null,
    keys: await deriveCodeKeys(context.secrets, code),
    sameness: context.secrets.mac('sameness', 'relative-hit', hit.id).mac,
    proved: true,
  });
}
