import type { EventCode, State } from './lifecycle-states.ts';
import type { RoleCode } from './roles.ts';
import type { PetitionClass, ReporterMode, Secrecy } from './vocabulary.ts';

/** One supervision (督办) of a lead and who keeps it up. */
export type SupervisionFacts = {
  seq: number;
  bodyCode: string;
  personId: string | null;
  consented: boolean;
};

/** Everything the table asks about a lead. Ids are opaque strings. */
export type LeadFacts = {
  state: State;
  /** Where NEED_INFO returns to. */
  resumeState: State | null;
  class: PetitionClass;
  mode: ReporterMode;
  secrecy: Secrecy;
  /**
   * The body that decides on it is a discipline body (it arrived there or was sealed). A lead merely
   * transferred to one keeps its county body, and this is false.
   */
  heldByDiscipline: boolean;
  /** Who acts belongs to a body that holds it in reserve and now takes it over. */
  heldInReserve: boolean;
  isMajor: boolean;
  /** The body that decides on it; null where it is not asked. */
  bodyCode: string | null;
  /** It was merged into another. */
  bodyEnded: boolean;
  /** That body and those above it, without the one it was handed to; empty where it is not asked. */
  deciders: readonly string[];
  supervised: boolean;
  /** Those that have not ended. */
  supervisions: readonly SupervisionFacts[];
  extended: boolean;
  withdrawalRequested: boolean;
  parentId: string | null;
  openChildren: number;
  caseWorkers: readonly string[];
  /** Who took the last step that changed the state; null for system and reporter. */
  lastActor: string | null;
  /** First press of a rule with `approvedBy`, waiting for the second person. */
  proposal: { event: EventCode; proposedBy: string } | null;
  /** The body here that it was transferred to; null where it is outside or has ceased to be. */
  receiver: string | null;
  /** The body it was transferred to signs in here; else its letters are recorded by the county. */
  receiverOnPortal: boolean;
  /** An answer came back for every transfer. */
  transferAnswered: boolean;
  /** The investigation found a clue of a discipline breach, and it was handed over as a lead of its own. */
  disciplineClue: boolean;
  clueHandedOver: boolean;
  feedbackRecorded: boolean;
  /** The reporter objected to what was fed back, and nobody has answered it since. */
  objectionOpen: boolean;
  /** The holder of a replaced query code says that the change was not theirs. */
  codeDisputed: boolean;
  /** Codes of the clocks that run. */
  clocks: readonly string[];
  /** Problem-list items that nobody has verified yet. */
  openItems: number;
  rejectedAsSpam: boolean;
  /** The review or re-review before it has its decision. */
  reviewDecided: boolean;
};

/** Facts of a lead about which nothing special is known; services overwrite what they know. */
export const PLAIN_FACTS: LeadFacts = {
  state: 'RECEIVED',
  resumeState: null,
  class: 'REPORT',
  mode: 'ANONYMOUS',
  secrecy: 'normal',
  heldByDiscipline: false,
  heldInReserve: false,
  isMajor: false,
  bodyCode: null,
  bodyEnded: false,
  deciders: [],
  supervised: false,
  supervisions: [],
  extended: false,
  withdrawalRequested: false,
  parentId: null,
  openChildren: 0,
  caseWorkers: [],
  lastActor: null,
  proposal: null,
  receiver: null,
  receiverOnPortal: true,
  transferAnswered: true,
  disciplineClue: false,
  clueHandedOver: false,
  feedbackRecorded: false,
  objectionOpen: false,
  codeDisputed: false,
  clocks: [],
  openItems: 0,
  rejectedAsSpam: false,
  reviewDecided: false,
};

/** A signed-in person with the roles held at the lead's body or above; or the machine; or the citizen. */
export type StaffActor = {
  personId: string;
  roles: readonly RoleCode[];
  /** Bodies where the person has a post. */
  bodies?: readonly string[];
};
export type Actor = StaffActor | 'system' | 'reporter';
