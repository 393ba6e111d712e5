import type { FieldError } from '#site/lib/fields.ts';

/** What pages on demand do with the API: post a form's answers to it and show what it refuses. */
export type Api = App.Locals['api'];

/** A refusal of the API: what to show beside the fields and in the summary. */
export type Refusal = { status: number; code: string; errors: FieldError[] };

export async function postJson(api: Api, path: string, body: unknown): Promise<Response> {
  return api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export async function postForm(
  api: Api,
  path: string,
  fields: Record<string, string>,
): Promise<Response> {
  return api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
}

/**
 * Reads a refusal. `idOf` maps the API's field names to ids on the page, null where the page has no such
 * field; what then stands at no field stands as one message at `fallback`.
 */
export async function readRefusal(
  answer: Response,
  fallback: string,
  idOf: (field: string) => string | null = (field) => field,
): Promise<Refusal> {
  const { error } = (await answer.json()) as {
    error: { code: string; message: string; fields: Record<string, string> };
  };
  const errors = Object.entries(error.fields).flatMap(([name, message]) => {
    const field = idOf(name);
    return field === null ? [] : [{ field, message }];
  });
  if (errors.length === 0) errors.push({ field: fallback, message: error.message });
  return { status: answer.status, code: error.code, errors };
}

/** For `readRefusal`: the page has these fields and no others. */
export function onlyFields(...names: string[]) {
  return (field: string) => (names.includes(field) ? field : null);
}

/** The text of a form field; empty where it was not sent. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
