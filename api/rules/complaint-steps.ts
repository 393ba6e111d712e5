import { answerOf, complaintOfAnswers, listAccused, listOf } from './complaint-answers.ts';
import type { Answers } from './complaint-answers.ts';
import { BEHALF_CHOICES, MODE_CHOICES } from './complaint-choices.ts';
import { QUESTIONS } from './complaint-questions.ts';
import { ComplaintInput, LIMITS } from './complaint.ts';
import { fieldMessages } from './field-messages.ts';
import { countCharacters, isBlank } from './text.ts';

/** The complaint form, one step a page: what each asks, and whom. */
type Step = {
  code: string;
  /** Heading where the step asks more than one thing. */
  title?: string;
  hint?: string;
  /** Names of its fields. `accused` stands for the fields of one accused. */
  asks: readonly string[];
  /** Asked of everybody where absent. */
  isAsked?: (answers: Answers) => boolean;
  /** Steps whose answers fall away where this one's change. */
  resets?: readonly string[];
};

const is = (name: string, ...values: string[]) => {
  return (answers: Answers) => values.includes(answerOf(answers, name));
};
const not = (test: (answers: Answers) => boolean) => (answers: Answers) => !test(answers);
const isObjection = (answers: Answers) => answerOf(answers, 'noticeId') !== '';
const isEnquiry = (answers: Answers) => !isObjection(answers) && is('class', 'ENQUIRY')(answers);
const hasPlace = (answers: Answers) => answerOf(answers, 'fromPlace') !== '';
// A notice that was opened in a village is about that village.
const isElsewhere = (answers: Answers) =>
  !hasPlace(answers) || (!isObjection(answers) && is('placeHere', 'no')(answers));
const isWithoutAccused = (answers: Answers) =>
  !isObjection(answers) && is('class', 'ENQUIRY', 'HELP')(answers);

export const STEPS = [
  { code: 'class', asks: ['class'], isAsked: not(isObjection) },
  { code: 'row', asks: ['noticeRow'], isAsked: isObjection },
  { code: 'problem', asks: ['problemTypes'], isAsked: not(isEnquiry) },
  {
    code: 'here',
    asks: ['placeHere'],
    isAsked: (answers) => hasPlace(answers) && !isObjection(answers),
  },
  { code: 'town', asks: ['town'], isAsked: isElsewhere, resets: ['village'] },
  {
    code: 'village',
    asks: ['village'],
    isAsked: (answers) =>
      isElsewhere(answers) && answerOf(answers, 'town') !== answerOf(answers, 'county'),
  },
  {
    code: 'accused',
    title: '反映的是谁',
    hint: '被反映的人和单位看不到您的反映。没有具体的人或单位，直接按继续。',
    asks: ['accused'],
    isAsked: not(isWithoutAccused),
  },
  {
    code: 'others',
    title: '被反映的人和单位',
    asks: [],
    isAsked: (answers) => !isWithoutAccused(answers) && listAccused(answers).length > 0,
  },
  { code: 'text', asks: ['text'] },
  {
    code: 'details',
    title: '知道的话，再写几样',
    hint: '都可以不写。写得越具体，越容易查清。',
    asks: ['happenedWhen', 'witnesses', 'money'],
    isAsked: not(isEnquiry),
  },
  { code: 'evidence', asks: ['evidence'], isAsked: not(isEnquiry) },
  { code: 'mode', asks: ['mode'] },
  {
    code: 'reporter',
    title: '怎样联系您',
    asks: ['reporter.name', 'reporter.contact'],
    isAsked: is('mode', 'NAMED', 'CONFIDENTIAL'),
  },
  { code: 'behalf', title: '替自己还是替别人反映', asks: ['behalf', 'forWhom'] },
] as const satisfies readonly Step[];
export type StepCode = (typeof STEPS)[number]['code'];

/** A form under way: its answers, and the steps that were passed. */
export type FormState = { answers: Answers; done: readonly StepCode[] };

/** Longest answers. Together they fit the text of a complaint. */
export const FORM_LIMITS: Readonly<Record<string, number>> = {
  text: LIMITS.text - 1000,
  happenedWhen: 200,
  witnesses: 300,
  money: 200,
  forWhom: 200,
};

export function isStepCode(text: string): text is StepCode {
  return STEPS.some(({ code }) => code === text);
}

export function stepOf(code: StepCode): Step & { code: StepCode } {
  const step = STEPS.find((each) => each.code === code);
  if (!step) throw new Error(`no step ${code}`);
  return step;
}

/** The steps to take with these answers, in order. */
export function listSteps(answers: Answers): (Step & { code: StepCode })[] {
  const steps: readonly (Step & { code: StepCode })[] = STEPS;
  return steps.filter((step) => step.isAsked?.(answers) ?? true);
}

/** The complaint of a form, as `ComplaintInput` takes it: answers to what is no longer asked do not count. */
export function complaintOfState({ answers }: FormState) {
  return complaintOfAnswers(
    answers,
    listSteps(answers).flatMap(({ asks }) => asks),
  );
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  placeHere: ['yes', 'no'],
  mode: Object.keys(MODE_CHOICES),
  behalf: Object.keys(BEHALF_CHOICES),
};
/** Nothing was written and a recording may tell it instead: the step that asks for files then asks for one. */
export function needsRecording(answers: Answers): boolean {
  const asksFiles = listSteps(answers).some(({ code }) => code === 'evidence');
  return asksFiles && isBlank(answerOf(answers, 'text'));
}

const questionOf = (name: string) => Object.values(QUESTIONS).find((each) => each.name === name);

/** What is wrong with the answers of a step, by field, in the words of the complaint where these exist. */
export function findErrors(state: FormState, code: StepCode): Record<string, string> {
  const { answers } = state;
  const { asks } = stepOf(code);
  const errors: Record<string, string> = {};
  const parsed = ComplaintInput.safeParse(complaintOfState(state));
  const messages = parsed.success ? {} : fieldMessages(parsed.error);
  for (const [name, message] of Object.entries(messages)) {
    const field = fieldOf(name, asks);
    if (field) errors[field] ??= message;
  }
  if (needsRecording(answers)) {
    delete errors['text'];
    const hasFiles = listOf(answers, 'evidence').length > 0;
    if (code === 'evidence' && !hasFiles) errors['evidence'] = QUESTIONS.evidence.missing;
  }
  for (const name of asks) {
    const value = answerOf(answers, name);
    const limit = FORM_LIMITS[name];
    const isMissing =
      name === 'town' || name === 'village'
        ? value === ''
        : CHOICES[name] && !CHOICES[name].includes(value);
    if (isMissing) errors[name] = questionOf(name)?.missing ?? '';
    if (limit && countCharacters(value) > limit) {
      errors[name] = `最多${limit}个字，现在写了${countCharacters(value)}个字`;
    }
  }
  return errors;
}

/** The field of a step that a message about the complaint belongs to; null where it is another step's. */
function fieldOf(name: string, asks: readonly string[]): string | null {
  if (name.startsWith('subjects')) return asks.includes('accused') ? name : null;
  if (name.startsWith('problemTypes')) return asks.includes('problemTypes') ? 'problemTypes' : null;
  if (name === 'placeCode') return asks.find((each) => each === 'village') ?? null;
  return asks.includes(name) ? name : null;
}

/** The first step that must be taken before the complaint can be sent; null where none is left. */
export function findOpenStep(state: FormState): StepCode | null {
  const open = listSteps(state.answers).find(
    ({ code }) => !state.done.includes(code) || Object.keys(findErrors(state, code)).length > 0,
  );
  return open?.code ?? null;
}

/** Whether the step may be shown: it is asked, and what comes before it was passed. */
export function isReachable(state: FormState, code: StepCode): boolean {
  const codes = listSteps(state.answers).map((step) => step.code);
  const open = findOpenStep(state);
  return codes.includes(code) && (!open || codes.indexOf(code) <= codes.indexOf(open));
}

/** The step before; null at the first one. */
export function stepBefore({ answers }: FormState, code: StepCode): StepCode | null {
  const codes = listSteps(answers).map((step) => step.code);
  return codes[codes.indexOf(code) - 1] ?? null;
}

/** Where a passed step leads. `mending`: straight to what is open, else the next one; null: to the check page. */
export function stepAfter(state: FormState, code: StepCode, mending: boolean): StepCode | null {
  const codes = listSteps(state.answers).map((step) => step.code);
  const next = codes[codes.indexOf(code) + 1];
  return mending || !next ? findOpenStep(state) : next;
}
