import { complaintOfForm } from './complaint-form.ts';
import { LIMITS } from './complaint.ts';

/** What was answered so far, by the names of the form's fields: `subjects.0.role`, `reporter.name`. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** One answer as text; empty where there is none. */
export function answerOf(answers: Answers, name: string): string {
  const value = answers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

export function listOf(answers: Answers, name: string): readonly string[] {
  const value = answers[name];
  return typeof value === 'string' ? [value] : (value ?? []);
}

const ACCUSED_FIELDS = ['role', 'bodyCode', 'name'] as const;
export type AccusedField = (typeof ACCUSED_FIELDS)[number];

/** The name of a field of the accused with this number, from 0. */
export function accusedName(index: number, field: AccusedField): string {
  return `subjects.${index}.${field}`;
}

/** The accused in their order, as typed; numbers that nothing was said of are left out. */
export function listAccused(answers: Answers): Record<AccusedField, string>[] {
  const all = Array.from({ length: LIMITS.subjects }, (_, index) => {
    const [role, bodyCode, name] = ACCUSED_FIELDS.map((field) =>
      answerOf(answers, accusedName(index, field)).trim(),
    );
    return { role: role ?? '', bodyCode: bodyCode ?? '', name: name ?? '' };
  });
  return all.filter(({ role, bodyCode, name }) => role || bodyCode || name);
}

/** The answers with these accused and no others, numbered anew. */
export function withAccused(
  answers: Answers,
  accused: readonly Record<AccusedField, string>[],
): Answers {
  const others = Object.entries(answers).filter(([name]) => !name.startsWith('subjects.'));
  const own = accused.flatMap((each, index) =>
    ACCUSED_FIELDS.map((field) => [accusedName(index, field), each[field]] as const),
  );
  return Object.fromEntries([...others, ...own.filter(([, value]) => value !== '')]);
}

/** The place of the matter: the page's own, or the village, else the township that was chosen. */
export function placeOf(answers: Answers): string {
  const own = answerOf(answers, 'fromPlace');
  const isNotice = answerOf(answers, 'noticeId') !== '';
  if (own && (isNotice || answerOf(answers, 'placeHere') === 'yes')) return own;
  const town = answerOf(answers, 'town');
  if (town === answerOf(answers, 'county')) return town;
  return answerOf(answers, 'village');
}

/** What stands in the text of a complaint under a heading of its own. */
const REMARKS = [
  ['happenedWhen', '时间'],
  ['witnesses', '知情人、线索'],
  ['money', '涉及金额'],
] as const;

/**
 * The answers to the questions in `asked`, as the JSON that `ComplaintInput` takes. What the complaint has no
 * field for is written below its text.
 */
export function complaintOfAnswers(answers: Answers, asked: readonly string[]) {
  const given = (name: string) => (asked.includes(name) ? answerOf(answers, name).trim() : '');
  const text = given('text');
  const hasFiles = asked.includes('evidence') && listOf(answers, 'evidence').length > 0;
  const remarks = REMARKS.flatMap(([name, label]) =>
    given(name) ? `${label}：${given(name)}` : [],
  );
  if (given('behalf') === 'OTHER') remarks.push(`替别人反映：${given('forWhom') || '没有写是谁'}`);
  if (given('behalf') === 'PUBLIC') remarks.push('反映的是大家的事');
  const noticeId = answerOf(answers, 'noticeId');
  const accused = asked.includes('accused') ? listAccused(answers) : [];
  const told = [text, ...remarks].filter(Boolean).join('\n\n');
  const fields = Object.entries({
    queryCode: answerOf(answers, 'queryCode'),
    class: noticeId ? 'NOTICE_OBJ' : given('class'),
    noticeId,
    noticeRow: given('noticeRow'),
    placeCode: placeOf(answers),
    // Beside a recording what else was said is kept; alone it is no complaint.
    text: text || hasFiles ? told : '',
    mode: given('mode'),
    'reporter.name': given('reporter.name'),
    'reporter.contact': given('reporter.contact'),
  });
  const lists = ['problemTypes', 'evidence'].flatMap((name) =>
    asked.includes(name) ? listOf(answers, name).map((value) => [name, value] as const) : [],
  );
  // Somebody without a role is still accused; who asks a question only, has no problem to choose.
  const whole = accused.map((each) => ({
    ...each,
    role: each.role || (each.name ? 'UNKNOWN' : 'UNIT_ONLY'),
  }));
  if (!asked.includes('problemTypes')) lists.push(['problemTypes', 'OTHER']);
  const subjects = Object.entries(withAccused({}, whole)) as [string, string][];
  return complaintOfForm([...fields, ...lists, ...subjects]);
}
