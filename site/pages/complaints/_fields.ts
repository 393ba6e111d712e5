import { accusedName, type Answers } from '#rules/complaint-answers.ts';
import { STEPS, stepOf, type StepCode } from '#rules/complaint-steps.ts';

/** Fields of the pages that are no answers. */
const PAGE_FIELDS = ['step', 'index', 'from', 'go', 'remove', 'draft', 'altcha', 'ticket', 'file'];

/** The answers of a posted page. */
export function readAnswers(posted: FormData): Answers {
  const names = [...new Set(posted.keys())].filter((name) => !PAGE_FIELDS.includes(name));
  return Object.fromEntries(
    names.map((name) => {
      const values = posted.getAll(name).filter((value) => typeof value === 'string');
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** The step that a field of the complaint belongs to. */
export function stepAsking(field: string): StepCode | null {
  if (field.startsWith('subject')) return 'accused';
  const name = field === 'placeCode' ? 'town' : (field.split('.')[0] ?? '');
  const step = STEPS.find(({ asks }) => (asks as readonly string[]).some((each) => each === name));
  return step?.code ?? (name === 'reporter' ? 'reporter' : null);
}

/** The id of a field on a step's page; its first one for what has none there. */
export function fieldOn(code: StepCode, index: number, field: string): string {
  const { asks } = stepOf(code);
  if (code === 'accused') {
    return field.startsWith('subjects.') ? field : accusedName(index, 'role');
  }
  return asks.includes(field) ? field : (asks[0] ?? 'step');
}
