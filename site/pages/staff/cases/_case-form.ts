import { textOf } from '#site/lib/api.ts';
import type { Case } from './_words.ts';

/** The fields of the words of a case, as the form names them. */
const WORDS = ['title', 'happened', 'handling', 'placeCode', 'caseOn', 'source', 'months', 'lead'];
export const CASE_FORM_FIELDS = [...WORDS, 'bodyCode', 'month'];

/** The words as `POST /api/staff/cases` takes them. */
export function wordsOf(form: FormData) {
  const chosen = (name: string) => textOf(form, name) || undefined;
  return {
    // A form sends line breaks as CR LF.
    title: textOf(form, 'title'),
    happened: textOf(form, 'happened').replaceAll('\r\n', '\n'),
    handling: textOf(form, 'handling').replaceAll('\r\n', '\n'),
    placeCode: chosen('placeCode') ?? null,
    caseOn: chosen('caseOn'),
    source: chosen('source'),
    months: Number(textOf(form, 'months')) || undefined,
    lead: chosen('lead')?.trim() || null,
  };
}

/** Where on the page a refused field of the API stands. */
export function fieldOf(field: string): string | null {
  const name = field.replace(/^text\./, '');
  return CASE_FORM_FIELDS.includes(name) ? name : null;
}

export type Typed = ReadonlyMap<string, string>;

export function typedOf(form: FormData): Typed {
  return new Map(CASE_FORM_FIELDS.map((name) => [name, textOf(form, name)]));
}

/** What stands in the form when a case is changed. */
export function typedOfCase({ text, bodyCode, month }: Case): Typed {
  const words = Object.entries(text ?? {}).map(([name, value]) => [name, String(value ?? '')]);
  return new Map([...words, ['bodyCode', bodyCode], ['month', month]] as [string, string][]);
}
