import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findLastEventSeq, insertEvent } from '#db/queries/lead-events.ts';
import { hasCapability } from '#rules/roles.ts';
import { sealJson } from '#sealing/age.ts';
import { appendAudit } from './audit.ts';
import { openLeadIdentities } from './lead-access.ts';
import { loadCase } from './lead-case.ts';
import { openReporter } from './lead-content.ts';
import type { ReporterContent } from './lead-content.ts';

/** The event that shows on the lead that somebody looked at who complained, and why. */
export const REPORTER_OPENED = 'open-reporter';

/**
 * Opens who complained, for a role that may and a body that must answer. The reason stands on the lead
 * and the opening in the audit log before anything is shown. Throws `not-found`, `not-allowed`.
 */
export async function openReporterOf(
  context: Context,
  actor: Actor,
  reference: string,
  reason: string,
): Promise<ReporterContent> {
  const { db, secrets } = context;
  const leadCase = await loadCase(context, actor, reference);
  const { lead, grants, roles, day, epoch } = leadCase;
  if (!hasCapability(roles, 'reporter.open')) throw new CodedError('not-allowed');
  const [identity] = (await openLeadIdentities(db, actor, grants, 'reporter')).values();
  if (!identity) {
    throw new CodedError('not-allowed', {}, '反映人身份只交给负责答复的单位，您的单位没有。');
  }
  const reporter = lead.sealedReporter
    ? await openReporter(identity, lead.sealedReporter)
    : { name: null, contact: null };
  const sealed = await sealJson([lead.contentRecipient], { reason });
  const post = actor.posts.find((each) => hasCapability([each.role], 'reporter.open'));
  const bodyCode = post?.bodyCode ?? null;
  await db.transaction(async (tx) => {
    await insertEvent(tx, {
      leadId: lead.id,
      seq: (await findLastEventSeq(tx, lead.id)) + 1,
      event: REPORTER_OPENED,
      fromState: lead.state,
      toState: lead.state,
      onDate: day,
      personId: actor.personId,
      bodyCode,
      status: 'done',
      epoch,
      sealed,
    });
    await appendAudit(tx, secrets, context.now(), {
      action: 'lead.open-reporter',
      subjectKind: 'lead',
      subjectId: lead.id,
      personId: actor.personId,
      bodyCode,
      fields: { reason },
    });
  });
  return reporter;
}
