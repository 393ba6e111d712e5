import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { nextUpward } from '#rules/recusal.ts';
import { findBody, isDiscipline, scopeOf, superiorsOf } from '#rules/subjects.ts';
import { generateKeyPair } from '#sealing/age.ts';
import { macOfExclusion, sealedExclusions } from './exclusions.ts';
import type { LeadCase } from './lead-case.ts';
import type { LeadChange } from './lead-change.ts';
import { NO_REPORTER, sealReporter } from './lead-content.ts';
import { desksOf, openLeadIdentities, sealGrant } from './lead-keys.ts';
import type { LeadPart, SealedGrant } from './lead-keys.ts';

/**
 * Puts a lead on a body's desk: every content identity is sealed to its key, and to a discipline body
 * that of the reporter too. A body without accounts here gets nothing. An excluded body is refused
 * beside `field`.
 */
export async function giveToBody(
  context: Context,
  leadCase: LeadCase,
  change: LeadChange,
  bodyCode: string,
  field: string,
  only?: LeadPart[],
): Promise<LeadChange> {
  const body = findBody(bodyCode, leadCase.bodies);
  if (!body) throw new CodedError('invalid-input', { [field]: '选择一个现有的单位' });
  const barred = leadCase.excluded({ body: bodyCode }) || change.dropped.includes(bodyCode);
  if (barred) throw new CodedError('invalid-input', { [field]: '这个单位需要回避，选择其他单位' });
  if (!leadCase.bodiesWithKey.has(bodyCode)) return change;
  const isAnswering = isDiscipline(bodyCode, leadCase.bodies);
  const parts = only ?? (isAnswering ? (['content', 'reporter'] as const) : (['content'] as const));
  const grants: SealedGrant[] = [];
  for (const part of parts) {
    for (const [epoch, identity] of await identitiesOf(context, leadCase, part)) {
      const holder = { bodyCode, part, standing: 'desk', epoch } as const;
      grants.push(await sealGrant(context.db, holder, identity));
    }
  }
  return { ...change, grants: [...change.grants, ...grants] };
}

/** The next body above the new holder can take the matter up without its help. */
export async function keepInReserve(
  context: Context,
  leadCase: LeadCase,
  change: LeadChange,
  holder: string,
): Promise<LeadChange> {
  const above = superiorsOf(holder, leadCase.bodies).find(
    ({ code }) => leadCase.bodiesWithKey.has(code) && !leadCase.excluded({ body: code }),
  );
  if (!above || leadCase.grants.some((grant) => grant.bodyCode === above.code)) return change;
  const reserve = { bodyCode: above.code, part: 'content', standing: 'reserve' } as const;
  const grants = await Promise.all(
    [...leadCase.identities].map(([epoch, identity]) =>
      sealGrant(context.db, { ...reserve, epoch }, identity),
    ),
  );
  return { ...change, grants: [...change.grants, ...grants] };
}

/** Keeps bodies away from a lead for good: grants go and an exclusion stands in their place. */
export async function excludeBodies(
  context: Context,
  leadCase: LeadCase,
  change: LeadChange,
  bodyCodes: string[],
): Promise<LeadChange> {
  const fresh = bodyCodes.filter((body) => !leadCase.excluded({ body }));
  const macs = fresh.map((body) => macOfExclusion(context.secrets, leadCase.lead.id, { body }));
  const excluding = { ...change, exclusionMacs: [...change.exclusionMacs, ...macs] };
  return takeOffBodies(context, leadCase, excluding, bodyCodes);
}

/**
 * Takes bodies off a lead: their grants go, and what comes after is sealed to a new content identity
 * that only the remaining holders get.
 */
export async function takeOffBodies(
  context: Context,
  leadCase: LeadCase,
  change: LeadChange,
  bodyCodes: string[],
): Promise<LeadChange> {
  const { grants } = leadCase;
  const losing = bodyCodes.filter((code) => grants.some((grant) => grant.bodyCode === code));
  if (losing.length === 0) return change;
  const pair = await generateKeyPair();
  const epoch = change.epoch + 1;
  const desks = desksOf(grants);
  const added: SealedGrant[] = [];
  const content = grants.filter((grant) => grant.part === 'content');
  const holders = new Set([...content, ...change.grants].map((grant) => grant.bodyCode));
  for (const bodyCode of holders) {
    if (losing.includes(bodyCode)) continue;
    const onDesk = desks.includes(bodyCode) || change.grants.some(isDeskOf(bodyCode));
    const standing = onDesk ? ('desk' as const) : ('reserve' as const);
    const holder = { bodyCode, part: 'content', standing, epoch } as const;
    added.push(await sealGrant(context.db, holder, pair.identity));
  }
  return {
    ...change,
    dropped: [...change.dropped, ...losing],
    grants: [...change.grants.filter((grant) => !losing.includes(grant.bodyCode)), ...added],
    epoch,
    contentRecipient: pair.recipient,
  };
}

/**
 * Seals a lead: the next discipline body upward takes it over, and everybody below it, to whom nothing of
 * it is shown any more, is taken off. What stood beside it in clear goes; the content has it.
 */
export async function sealLead(
  context: Context,
  leadCase: LeadCase,
  change: LeadChange,
  chosen?: string,
): Promise<LeadChange> {
  const { bodies, lead } = leadCase;
  const holders = leadCase.grants.map((grant) => grant.bodyCode);
  const ordinary = holders.filter((code) => !isDiscipline(code, bodies));
  const below = new Set([lead.bodyCode, ...ordinary].flatMap((code) => scopeOf(code, bodies)));
  const excluded = bodies
    .filter((body) => below.has(body.code) || leadCase.excluded({ body: body.code }))
    .map((body) => body.code);
  const taker = chosen ?? nextUpward(lead.bodyCode, excluded, bodies);
  if (!taker || !leadCase.bodiesWithKey.has(taker)) {
    throw new CodedError('not-now', {}, '上级没有可以接收的纪检监察机关，拨打12388。');
  }
  const given = await giveToBody(context, leadCase, change, taker, 'reasonCode');
  const kept = await keepInReserve(context, leadCase, given, taker);
  const taken = await excludeBodies(context, leadCase, kept, [...below]);
  return {
    ...taken,
    hideAmong: sealedExclusions(bodies.length),
    supervisions: ['forgotten'],
    restartsClocks: true,
    set: {
      ...taken.set,
      secrecy: 'sealed',
      bodyCode: taker,
      class: null,
      mode: null,
      source: null,
      placeCode: null,
      major: 0,
      supervised: 0,
      extended: 0,
      sealedReporter:
        lead.sealedReporter ?? (await sealReporter(lead.reporterRecipient, NO_REPORTER)),
      finding: null,
      concludedOn: null,
      closedOn: null,
      noticeId: null,
      noticeRow: null,
    },
    problems: [],
    subjects: [],
    workers: [],
    referral: { kind: 'forget-counts' },
  };
}

async function identitiesOf(context: Context, leadCase: LeadCase, part: LeadPart) {
  if (part === 'content') return leadCase.identities;
  return openLeadIdentities(context.db, leadCase.actor, leadCase.grants, part);
}

function isDeskOf(bodyCode: string) {
  return (grant: SealedGrant) => grant.bodyCode === bodyCode && grant.standing === 'desk';
}
