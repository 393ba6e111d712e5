import { complaintOfForm } from '#rules/complaint-form.ts';
import { textOf } from '#site/lib/api.ts';

/** Lines for accused on the form; who names more writes them into the text. */
export const ACCUSED_LINES = [0, 1, 2] as const;

const OF_COMPLAINT = [
  'class',
  'problemTypes',
  'placeCode',
  'text',
  'mode',
  'evidence',
  'noticeId',
  'noticeRow',
  'reporter.name',
  'reporter.contact',
];

/** The posted form as `POST /api/staff/registrations` takes it. */
export function registrationOf(form: FormData) {
  const given = [...form].flatMap(([name, value]) =>
    typeof value === 'string' && OF_COMPLAINT.includes(name) ? [[name, value] as const] : [],
  );
  const subjects = linesOf(form).map(({ role, bodyCode, name }) => ({
    role: role || (name ? 'UNKNOWN' : 'UNIT_ONLY'),
    bodyCode,
    name,
  }));
  const word = (name: string) => textOf(form, name).trim() || undefined;
  return {
    token: textOf(form, 'token'),
    source: word('source'),
    receivedOn: word('receivedOn'),
    level: word('level'),
    sender: word('sender'),
    number: word('number'),
    dueOn: word('dueOn'),
    acknowledgedOn: word('acknowledgedOn'),
    handsCode: textOf(form, 'handsCode') === 'yes',
    complaint: { ...complaintOfForm(given), ...(subjects.length > 0 && { subjects }) },
  };
}

/** The lines for accused in which something stands. */
function linesOf(form: FormData) {
  return ACCUSED_LINES.map((at) => ({
    at,
    role: textOf(form, `accused${at}.role`),
    bodyCode: textOf(form, `accused${at}.bodyCode`),
    name: textOf(form, `accused${at}.name`).trim(),
  })).filter(({ role, bodyCode, name }) => role || bodyCode || name);
}

/** Where on the page a refused field of the API stands. */
export function fieldOf(form: FormData): (field: string) => string {
  const lines = linesOf(form);
  return (field) => {
    const inner = field.replace(/^complaint\.?/, '');
    const [, index, part] = /^subjects\.(\d+)(?:\.(\w+))?$/.exec(inner) ?? [];
    if (index) return `accused${lines[Number(index)]?.at ?? 0}.${part ?? 'role'}`;
    if (inner === 'subjectBody') return `accused${lines[0]?.at ?? 0}.bodyCode`;
    if (inner.startsWith('problemTypes')) return 'problemTypes';
    return inner === '' || inner === 'token' ? 'source' : inner;
  };
}
