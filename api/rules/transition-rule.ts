import type { DeadlineCode, SUPERIOR_CLOCK } from './deadlines.ts';
import type { GuardCode } from './lifecycle-guards.ts';
import type { EventCode, State } from './lifecycle-states.ts';
import type { RoleCode } from './roles.ts';
import type { Field } from './transition-fields.ts';
import type { FINDINGS, PetitionClass } from './vocabulary.ts';

/** What a transition does beside the change of state; carried out by the services. */
export type EffectCode =
  | 'seal'
  | 'split'
  | 'merge'
  | 'classify'
  | 'hold-notice-row'
  | 'transfer'
  | 'record-receipt'
  | 'remind-transfer'
  | 'return-transfer'
  | 'record-result'
  | 'assign'
  | 'extend'
  | 'pull-up'
  | 'succeed'
  | 'set-look-date'
  | 'set-due-date'
  | 'check-recovery'
  | 'check-request-date'
  | 'supervise'
  | 'report-back'
  | 'instruct'
  | 'consent-to-close'
  | 'end-supervision'
  | 'void-consent'
  | 'note-withdrawal'
  | 'exclude-actor'
  | 'decide-recusal'
  | 'post-question'
  | 'post-reply'
  | 'post-answer'
  | 'post-supplement'
  | 'record-clue'
  | 'add-items'
  | 'verify-item'
  | 'check-told-date'
  | 'record-feedback'
  | 'settle-objection'
  | 'report-to-superior'
  | 'decide-review'
  | 'keep-spam-90-days'
  | 'dispute-code'
  | 'settle-code'
  | 'refuse-proposal';

export type TransitionRule = {
  event: EventCode;
  label: string;
  /** Empty: the lead comes into being. */
  from: readonly State[];
  /** null: the state stays; `resume`: the state that NEED_INFO was entered from. */
  to: State | 'resume' | null;
  actors: readonly RoleCode[] | 'system' | 'reporter';
  /** A second, different person confirms; the first press makes a proposal. */
  approvedBy?: readonly RoleCode[];
  /** Persons who may take neither the first nor the second step. */
  notBy?: readonly ('proposer' | 'case-worker' | 'last-actor')[];
  /**
   * On a discipline group's lead, taken also by a liaison who does not decide on it: of the body it was handed
   * to, or of any that holds it, as one above that was passed over by a lift, or one that supervises.
   */
  alsoBy?: 'receiver' | 'holder';
  classes?: readonly PetitionClass[];
  notClasses?: readonly PetitionClass[];
  requires?: readonly GuardCode[];
  /** What the conclusion counts as where no finding is asked for. */
  finding?: keyof typeof FINDINGS;
  /** Who could take it but for what is missing is told what that is. */
  tellsMissing?: true;
  /** Answers the waiting proposal: only who could approve it, or only who made it. */
  answersProposal?: 'approver' | 'proposer';
  fields: readonly Field[];
  /** May be taken on many leads at once. */
  inBulk?: true;
  starts?: readonly DeadlineCode[];
  meets?: readonly (DeadlineCode | typeof SUPERIOR_CLOCK)[];
  /** Met where the follow-up page alone tells the reporter; who left a name is told by an act of its own. */
  meetsUnlessNamed?: readonly DeadlineCode[];
  effects?: readonly EffectCode[];
  /** One sentence that the citizen reads in the follow-up when it happens. */
  publicNote?: string;
};
