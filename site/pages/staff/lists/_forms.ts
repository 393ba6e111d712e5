import type { AstroGlobal } from 'astro';
import type { FieldError } from '#site/lib/fields.ts';

type Refusal = { error: { code: string; message: string; fields: Record<string, string> } };

/** The messages of a refusal; one that names no field of the page stands at `fallback`. */
export async function readErrors(
  answer: Response,
  fallback: string,
  known: readonly string[],
): Promise<FieldError[]> {
  const { error } = (await answer.json()) as Refusal;
  const named = Object.entries(error.fields)
    .filter(([field]) => known.includes(field))
    .map(([field, message]) => ({ field, message }));
  return named.length > 0 ? named : [{ field: fallback, message: error.message }];
}

export async function postJson(astro: AstroGlobal, path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return astro.locals.api(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** A text field of a form, trimmed; undefined where it is empty or absent. */
export function textOf(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
