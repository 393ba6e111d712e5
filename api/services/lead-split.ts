import { randomBytes, randomUUID } from 'node:crypto';
import { listDeadlines } from '#db/queries/lead-events.ts';
import { SPLIT_STATE } from '#rules/lifecycle-states.ts';
import { makeReference, REFERENCE_BYTES } from '#rules/receipt.ts';
import { CodedError } from '#api/errors.ts';
import { listNameParties } from './accused-names.ts';
import { copyEvidence } from './evidence.ts';
import { hideAmong, macOfExclusion, sealedExclusions } from './exclusions.ts';
import type { LeadChange } from './lead-change.ts';
import { NO_REPORTER, openReporter, sealContent, sealReporter } from './lead-content.ts';
import type { Step } from './lead-effects.ts';
import { lookupOfPart } from './lead-family.ts';
import { listExcluded } from './lead-people.ts';
import { createLeadKeys, FIRST_EPOCH, openLeadIdentities, sealGrant } from './lead-keys.ts';

/**
 * Makes a lead of its own from one allegation: the same accused and reporter, the same exclusions and
 * holders, identities of its own. Questions and replies stay with the lead the reporter's code opens.
 */
export async function splitLead(step: Step, change: LeadChange): Promise<LeadChange> {
  const { context, leadCase, fields } = step;
  const { lead, content, day } = leadCase;
  if (!content) throw new CodedError('not-allowed');
  const id = randomUUID();
  const keys = await createLeadKeys();
  const sealed = leadCase.facts.secrecy === 'sealed';
  const problems = fields['problemTypes'] as typeof content.problemTypes;
  const part = {
    ...content,
    class: fields['class'] as typeof content.class,
    problemTypes: problems,
    text: String(fields['allegation']),
  };
  const reporter = (await readReporter(step)) ?? (sealed ? NO_REPORTER : null);
  const parties = [
    ...(await listExcluded(context, leadCase)),
    ...(await listNameParties(context.db, context.secrets, part.subjects)),
  ];
  const child: LeadChange['children'][number] = {
    lead: {
      ...lead,
      id,
      reference: makeReference(Number(day.slice(0, 4)), randomBytes(REFERENCE_BYTES)),
      state: SPLIT_STATE,
      class: sealed ? null : part.class,
      parentId: lead.id,
      repeats: 0,
      extended: 0,
      supervised: 0,
      backlog: 0,
      finding: null,
      concludedOn: null,
      closedOn: null,
      receivedOn: lead.receivedOn,
      lookup: lookupOfPart(id),
      sameness: lookupOfPart(id),
      contentRecipient: keys.content.recipient,
      reporterRecipient: keys.reporter.recipient,
      sealedContent: await sealContent(keys.content.recipient, part),
      sealedReporter: reporter ? await sealReporter(keys.reporter.recipient, reporter) : null,
    },
    problems: sealed ? [] : problems,
    subjects: sealed ? [] : part.subjects.map(({ role, bodyCode }) => ({ role, bodyCode })),
    exclusionMacs: hideAmong(
      sealed ? sealedExclusions(leadCase.bodies.length) : 0,
      parties.map((party) => macOfExclusion(context.secrets, id, party)),
    ),
    grants: await Promise.all(
      leadCase.grants
        .filter((grant) => grant.epoch === (grant.part === 'content' ? change.epoch : FIRST_EPOCH))
        .map(({ bodyCode, part: which, standing }) =>
          sealGrant(
            context.db,
            { bodyCode, part: which, standing, epoch: FIRST_EPOCH },
            keys[which].identity,
          ),
        ),
    ),
    evidence: await copyEvidence(context, leadCase, {
      contentRecipient: keys.content.recipient,
      epoch: FIRST_EPOCH,
    }),
    deadlines: (await listDeadlines(context.db, lead.id)).filter((clock) => !clock.metOn),
    event: 'split',
  };
  return { ...change, children: [...change.children, child] };
}

/** Null where nothing was left or where this person's bodies may not know. */
async function readReporter({ context, leadCase }: Step) {
  const { lead, grants, actor } = leadCase;
  const [identity] = (await openLeadIdentities(context.db, actor, grants, 'reporter')).values();
  return identity && lead.sealedReporter ? openReporter(identity, lead.sealedReporter) : null;
}
