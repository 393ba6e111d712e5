import { CodedError } from '#api/errors.ts';
import { findCurrentEpoch, listMessages } from '#db/queries/complaints.ts';
import { findLastEventSeq } from '#db/queries/lead-events.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { followsParent } from '#rules/lifecycle.ts';
import { sealJson } from '#sealing/age.ts';
import { listNameParties } from './accused-names.ts';
import { copyEvidence } from './evidence.ts';
import { macOfExclusion } from './exclusions.ts';
import { findVisibleLead } from './lead-access.ts';
import type { LeadChange } from './lead-change.ts';
import type { Step } from './lead-effects.ts';
import { openMessage } from './lead-keys.ts';
import { listExcluded } from './lead-people.ts';

/**
 * Puts a lead to the one it repeats: what it says is sealed to that one's case workers, its reporter is
 * answered with that one. Not where somebody who must not know of it may read the other.
 */
export async function mergeLead(step: Step, change: LeadChange): Promise<LeadChange> {
  const { context, leadCase, fields } = step;
  const { lead, actor, day } = leadCase;
  const { db, secrets } = context;
  const reference = String(fields['parent']).trim().toUpperCase();
  const refusal = refuse('parent', '没有可以并入的这件线索，核对编号');
  const { lead: parent, excluded } = await findVisibleLead(context, actor, reference).catch(
    (error: unknown) => {
      throw error instanceof CodedError ? refusal : error;
    },
  );
  const state = parent.state as State;
  if (parent.id === lead.id || parent.parentId === lead.id || followsParent(state)) throw refusal;
  const parties = await listExcluded(context, leadCase);
  const isWider = lead.secrecy === 'sealed' && parent.secrecy !== 'sealed';
  if (isWider || !parties.every(excluded)) {
    throw refuse('parent', '这件线索需要回避的单位、人员，那一件没有回避，不能并入');
  }
  if (!STATES[state].open && !fields['notice']) {
    throw refuse('notice', '那一件已经答复，写明给这位反映人的答复');
  }
  const told = {
    lead: lead.reference,
    text: leadCase.content?.text,
    materials: (await readMaterials(step)).join('\n\n') || undefined,
  };
  const after = await findLastEventSeq(db, parent.id);
  const event = {
    leadId: parent.id,
    seq: after + 1,
    event: 'take-in',
    fromState: state,
    toState: state,
    onDate: day,
    personId: actor.personId,
    bodyCode: null,
    status: 'done' as const,
    epoch: await findCurrentEpoch(db, parent.id),
    sealed: await sealJson([parent.contentRecipient], told),
  };
  const evidence = await copyEvidence(context, leadCase, {
    contentRecipient: parent.contentRecipient,
    epoch: event.epoch,
  });
  const names = await listNameParties(db, secrets, leadCase.content?.subjects ?? []);
  const macs = names.map((party) => macOfExclusion(secrets, parent.id, party));
  const joins = { parent: parent.id, after, event, macs, evidence };
  return { ...change, set: { ...change.set, parentId: parent.id }, joins };
}

/** What the reporter wrote after the complaint. */
async function readMaterials({ context, leadCase }: Step): Promise<string[]> {
  const rows = await listMessages(context.db, leadCase.lead.id);
  const said = rows.filter(({ kind }) => kind === 'answer' || kind === 'supplement');
  const texts = said.map(async ({ epoch, sealed }) => {
    const identity = leadCase.identities.get(epoch);
    return identity ? openMessage(identity, sealed) : '';
  });
  return (await Promise.all(texts)).filter(Boolean);
}

function refuse(field: string, message: string): CodedError {
  return new CodedError('invalid-input', { [field]: message });
}
