import { answerOf, listAccused, withAccused } from './complaint-answers.ts';
import type { Answers } from './complaint-answers.ts';
import { stepOf } from './complaint-steps.ts';
import type { FormState, StepCode } from './complaint-steps.ts';

/** What a form knows before anything is asked: its code, and the page it was opened from. */
export const GIVEN_FIELDS = ['county', 'fromPlace', 'noticeId', 'noticeRow'] as const;

export function startState(queryCode: string, formId: string, given: Answers): FormState {
  const entries = GIVEN_FIELDS.map((name) => [name, answerOf(given, name)] as const);
  const answers = Object.fromEntries(entries.filter(([, value]) => value !== ''));
  return { answers: { ...answers, queryCode, formId }, done: [] };
}

/**
 * The form with what was posted on a step's page: the step's own fields and no others. What the page did not
 * send is unanswered (a box without its tick), except of accused, who are sent one at a time.
 */
export function answerStep(state: FormState, code: StepCode, posted: Answers): FormState {
  const step = stepOf(code);
  const isAccused = step.asks.includes('accused');
  const isOwn = (name: string) =>
    isAccused ? name.startsWith('subjects.') : step.asks.includes(name);
  const kept = Object.entries(state.answers).filter(([name]) => isAccused || !isOwn(name));
  const own = Object.entries(posted).filter(([name, value]) => isOwn(name) && value.length > 0);
  let answers: Answers = Object.fromEntries([...kept, ...own]);
  if (isAccused) {
    const unnamed = Object.entries(posted).filter(([name, value]) => isOwn(name) && value === '');
    answers = { ...answers, ...Object.fromEntries(unnamed) };
    answers = withAccused(answers, listAccused(answers));
  }
  const changed = step.asks.some(
    (name) => answerOf(state.answers, name) !== answerOf(answers, name),
  );
  return changed ? resetSteps({ ...state, answers }, step.resets ?? []) : { ...state, answers };
}

function resetSteps({ answers, done }: FormState, codes: readonly string[]): FormState {
  const fallen = codes.flatMap((code) => stepOf(code as StepCode).asks);
  const kept = Object.entries(answers).filter(([name]) => !fallen.includes(name));
  return { answers: Object.fromEntries(kept), done: done.filter((code) => !codes.includes(code)) };
}

export function passStep(state: FormState, code: StepCode): FormState {
  return { ...state, done: [...new Set([...state.done, code])] };
}

/** The form as if this step had not been passed. */
export function reopenStep(state: FormState, code: StepCode): FormState {
  return { ...state, done: state.done.filter((each) => each !== code) };
}

export function removeAccused(state: FormState, index: number): FormState {
  const others = listAccused(state.answers).filter((_, each) => each !== index);
  return { ...state, answers: withAccused(state.answers, others) };
}
