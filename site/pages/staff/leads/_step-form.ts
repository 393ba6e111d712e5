/** A step open to the reader, as the API describes it. */
export type Step = {
  event: string;
  label: string;
  kind: 'do' | 'propose' | 'approve';
  toLabel: string;
  needsApproval: boolean;
  fields: StepField[];
};
export type StepField = {
  name: string;
  label: string;
  hint?: string | undefined;
  kind: string;
  required: boolean;
  options?: Record<string, string> | undefined;
  maxLength?: number | undefined;
  minLength?: number | undefined;
  of?: readonly StepField[] | undefined;
};
type Typed = string | boolean | string[] | Typed[] | { [name: string]: Typed };

const BESIDE: readonly string[] = [
  'extend',
  'ask-question',
  'reply',
  'supervise',
  'report-back',
  'record-acknowledgement',
  'report-superior',
  'declare-interest',
  'decide-recusal',
];

/** Open nearly always and moving nothing on: it stands below the steps that do. */
export function isBeside({ event, kind }: Pick<Step, 'event' | 'kind'>): boolean {
  return kind !== 'approve' && BESIDE.includes(event);
}

const MANY = ['choices', 'persons'];
/** Rows of a list that one form offers. */
export const LIST_ROWS = 5;

/**
 * Fields of one step out of a form. Several forms stand on the page, so the name of an input is that of
 * the step and the field: `report.evidence.0.item`.
 */
export function readStep(form: FormData, step: Pick<Step, 'event' | 'fields'>) {
  return readFields(form, step.fields, step.event);
}

function readFields(form: FormData, fields: readonly StepField[], prefix: string) {
  return Object.fromEntries(
    fields.map((field) => [field.name, readField(form, field, `${prefix}.${field.name}`)]),
  );
}

function readField(form: FormData, field: StepField, name: string): Typed {
  if (field.kind === 'checkbox') return form.get(name) === 'on';
  if (MANY.includes(field.kind)) return form.getAll(name).map(String);
  if (field.kind !== 'list') {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  }
  const rows = Array.from({ length: LIST_ROWS }, (_, row) =>
    readFields(form, field.of ?? [], `${name}.${row}`),
  );
  return rows.filter((row) => Object.values(row).some(isFilled));
}

function isFilled(value: Typed): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== '' && value !== false;
}

/** What was typed, as flat texts by the names of the inputs, to be shown again. */
export function flatten(prefix: string, value: unknown, into: Map<string, string[]>): void {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    into.set(prefix, value);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) flatten(`${prefix}.${key}`, inner, into);
  } else if (typeof value === 'string' || value === true) {
    into.set(prefix, [value === true ? 'on' : value]);
  }
}

/** What is known already stands in the form; a person confirms or changes it. */
export function prefill(
  lead: {
    class: string;
    problems: readonly { code: string }[];
    subjects: readonly { role: string }[];
    transitions: readonly Step[];
    suggestion: { kind: string } | null;
  },
  into: Map<string, string[]>,
): void {
  const known: Record<string, string[]> = {
    class: [lead.class],
    problemTypes: lead.problems.map((problem) => problem.code),
    subjectRoles: lead.subjects.map((subject) => subject.role),
  };
  if (lead.suggestion) into.set('supervise.kind', [lead.suggestion.kind]);
  for (const { event, fields } of lead.transitions) {
    for (const { name } of fields) {
      const value = known[name];
      if (value) into.set(`${event}.${name}`, value);
    }
  }
}
