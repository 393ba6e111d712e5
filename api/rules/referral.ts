import type { Body } from './subjects.ts';
import type { BodyKind } from './vocabulary.ts';

/** 移交: the numbers of letters, and how far the answer to one has come. */

/** What a kind of body is called within a letter's number. */
const KIND_WORDS: Record<BodyKind, string> = {
  bureau: '民',
  discipline: '纪',
  township: '政',
  village: '村',
};

/**
 * The word before the year of a body's letters, unless the county has set one: as much of its name as
 * tells it from other bodies of its kind, the kind, 移. Two bodies never have the same.
 */
export function letterWordOf(
  body: Pick<Body, 'code' | 'name' | 'kind'>,
  bodies: readonly Pick<Body, 'code' | 'name' | 'kind'>[],
): string {
  const others = bodies.filter((each) => each.kind === body.kind && each.code !== body.code);
  const letters = [...body.name];
  const lengths = letters.map((_, index) => index + 1);
  const enough = lengths.find(
    (length) => !others.some((other) => other.name.startsWith(letters.slice(0, length).join(''))),
  );
  return `${letters.slice(0, enough).join('')}${KIND_WORDS[body.kind]}移`;
}

/** 示民移〔2026〕12号 */
export function formatLetterNumber(word: string, year: number, number: number): string {
  return `${word}〔${year}〕${number}号`;
}

export const REFERRAL_STATES = {
  'waiting-receipt': '等回执',
  'waiting-feedback': '等反馈',
  returned: '已退回',
  answered: '已反馈',
} as const;
export type ReferralState = keyof typeof REFERRAL_STATES;

type Answers = {
  receivedOn: string | null;
  returnedOn: string | null;
  feedbackOn: string | null;
};

export function referralStateOf({ receivedOn, returnedOn, feedbackOn }: Answers): ReferralState {
  if (feedbackOn) return 'answered';
  if (returnedOn) return 'returned';
  return receivedOn ? 'waiting-feedback' : 'waiting-receipt';
}

/** Something is still to come back. */
export function isAwaited(state: ReferralState): boolean {
  return state === 'waiting-receipt' || state === 'waiting-feedback';
}

/** Neither the result nor the lead itself came back by the day on which the sender is to ask. */
export function isUnanswered(row: Answers & { remindOn: string }, today: string): boolean {
  return !row.feedbackOn && !row.returnedOn && row.remindOn < today;
}
