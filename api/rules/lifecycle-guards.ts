import { SUPERIOR_CLOCK } from './deadlines.ts';
import type { Actor, LeadFacts, SupervisionFacts } from './lead-facts.ts';

/** The person named, and nobody in their place. */
export function isSupervisor({ personId }: SupervisionFacts, actor: Actor): boolean {
  return typeof actor !== 'string' && personId === actor.personId;
}

/** The handling body cannot rid itself of its supervisor: one of another body is relieved there. */
export function mayEnd(each: SupervisionFacts, facts: LeadFacts, actor: Actor): boolean {
  if (isSupervisor(each, actor)) return true;
  const isOthers = each.bodyCode !== facts.bodyCode;
  return typeof actor !== 'string' && isOthers && (actor.bodies ?? []).includes(each.bodyCode);
}

/** Between two discipline bodies all are liaisons: only the post tells who answers and who asks. */
function actsFor(actor: Actor, body: string | null): boolean {
  return typeof actor !== 'string' && body !== null && (actor.bodies ?? []).includes(body);
}

/** Named conditions of the transition table. `advice` says what is missing, to the person who tried. */
type Guard = {
  advice: string;
  /** It says which of two rules is meant, not what remains to be done. */
  picks?: true;
  holds: (facts: LeadFacts, actor: Actor) => boolean;
};

export const GUARDS = {
  'held-in-reserve': {
    advice: '由上级单位提级。',
    holds: (facts) => facts.heldInReserve,
  },
  supervised: {
    advice: '这件线索没有督办。',
    holds: (facts) => facts.supervised,
  },
  'by-supervisor': {
    advice: '由督办人办理。',
    holds: (facts, actor) => facts.supervisions.some((each) => isSupervisor(each, actor)),
  },
  'by-supervising-body': {
    advice: '由督办人或督办单位办理，承办单位不能结束督办。',
    holds: (facts, actor) => facts.supervisions.some((each) => mayEnd(each, facts, actor)),
  },
  'supervisors-consent': {
    advice: '督办人同意后才能销号。',
    holds: (facts) => facts.supervisions.every((each) => each.consented),
  },
  'sealed-only': {
    advice: '只有密封件这样办理。',
    holds: (facts) => facts.secrecy === 'sealed',
  },
  'not-sealed': {
    advice: '密封件由纪检监察联络员办理。',
    holds: (facts) => facts.secrecy !== 'sealed',
  },
  'all-children-closed': {
    advice: '拆分出去的线索都结束后才能办理。',
    holds: (facts) => facts.openChildren === 0,
  },
  'not-extended-yet': {
    advice: '只能延期一次。',
    holds: (facts) => !facts.extended,
  },
  'major-needs-leader': {
    advice: '不是重大、督办的线索由科室负责人审定。',
    picks: true,
    holds: (facts) => facts.isMajor || facts.supervised,
  },
  'not-major': {
    advice: '重大或督办的线索由领导审定。',
    picks: true,
    holds: (facts) => !facts.isMajor && !facts.supervised,
  },
  'by-case-worker': {
    advice: '由本件的承办人办理。',
    holds: (facts, actor) =>
      typeof actor !== 'string' && facts.caseWorkers.includes(actor.personId),
  },
  'clue-handed-over': {
    advice: '发现违纪线索的，先拆分移交。',
    holds: (facts) => !facts.disciplineClue || facts.clueHandedOver,
  },
  'transfer-answered': {
    advice: '收到移交结果后才能销号。',
    holds: (facts) => facts.transferAnswered,
  },
  'feedback-recorded': {
    advice: '先登记向反映人的反馈。',
    holds: (facts) => facts.feedbackRecorded,
  },
  'acknowledgement-due': {
    advice: '受理情况已经告知，或者现在不需要告知。',
    holds: ({ clocks }) => clocks.includes('ACK_PET') || clocks.includes('ACK_RN'),
  },
  'objection-open': {
    advice: '没有等待答复的异议。',
    holds: (facts) => facts.objectionOpen,
  },
  'objection-settled': {
    advice: '反映人有异议，先答复或者重新核查。',
    holds: (facts) => !facts.objectionOpen,
  },
  'code-disputed': {
    advice: '没有查询码的争议。',
    holds: (facts) => facts.codeDisputed,
  },
  'body-ended': {
    advice: '这件线索所在的单位没有撤并。',
    holds: (facts) => facts.bodyEnded,
  },
  'superior-waits': {
    advice: '没有要向交办机关报结的期限。',
    holds: ({ clocks }) => clocks.includes(SUPERIOR_CLOCK),
  },
  'superior-told': {
    advice: '先向交办机关报结。',
    holds: ({ clocks }) => !clocks.includes(SUPERIOR_CLOCK),
  },
  'items-verified': {
    advice: '整改事项全部验收后才能销号。',
    holds: (facts) => facts.openItems === 0,
  },
  'items-open': {
    advice: '没有待验收的整改事项。',
    holds: (facts) => facts.openItems > 0,
  },
  'withdrawal-requested': {
    advice: '反映人没有要求撤回。',
    holds: (facts) => facts.withdrawalRequested,
  },
  'receiver-on-portal': {
    advice: '接收单位来函的，按来函登记。',
    holds: (facts) => facts.receiverOnPortal,
  },
  'by-receiver': {
    advice: '由接收单位办理。',
    holds: ({ receiver }, actor) => receiver === null || actsFor(actor, receiver),
  },
  'by-sender': {
    advice: '由移交单位办理。',
    holds: ({ receiver, bodyCode }, actor) => !actsFor(actor, receiver) || actsFor(actor, bodyCode),
  },
  'receiver-by-letter': {
    advice: '由接收单位在系统内办理。',
    holds: (facts) => !facts.receiverOnPortal,
  },
  'rejected-as-spam': {
    advice: '只复核按无关信息处理的来件。',
    holds: (facts) => facts.rejectedAsSpam,
  },
  'review-decided': {
    advice: '先登记复查、复核意见。',
    holds: (facts) => facts.reviewDecided,
  },
  'review-undecided': {
    advice: '复查、复核意见已经登记。',
    holds: (facts) => !facts.reviewDecided,
  },
  'proposal-waiting': {
    advice: '没有等待审批的事项。',
    holds: (facts) => facts.proposal !== null,
  },
} as const satisfies Record<string, Guard>;
export type GuardCode = keyof typeof GUARDS;

/** The row of a guard, with the wide types that generic code needs. */
export function guardOf(code: GuardCode): Guard {
  return GUARDS[code];
}
