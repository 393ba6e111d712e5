import type { AstroGlobal } from 'astro';
import { postJson, readRefusal, textOf } from './api.ts';
import { openDesk, type Desk } from './desk.ts';
import { readFormWithFiles } from './evidence.ts';
import type { FieldError } from './fields.ts';

/** A form whose session had ended waits sealed in the page until its writer has signed in again. */
export type Waiting = { kept: string; login: string; errors: FieldError[] };

/** A page whose form outlives the session of its writer: somebody at the desk, or a form that waits for them. */
export type KeptDesk = {
  person: Desk | null;
  waiting: Waiting | null;
  /** What was typed before the session ended, once its writer has signed in again. */
  refilled: Map<string, string[]> | null;
  /** The form that was sent to be acted on. */
  posted: FormData | null;
  /** Files that came with it and were refused. */
  fileErrors: FieldError[];
};

/** Opens the desk for such a page; a Response where there is neither a session nor a form to keep. */
export async function openKeptDesk(astro: AstroGlobal): Promise<KeptDesk | Response> {
  const isSent = astro.request.method === 'POST';
  const sent = isSent ? await readFormWithFiles(astro.locals.api, astro.request) : null;
  const { form = null, errors: fileErrors = [] } = sent ?? {};
  const signed = form?.has('kept') ? await signInAgain(astro, form) : null;
  if (signed && 'kept' in signed) {
    return { person: null, waiting: signed, refilled: null, posted: null, fileErrors };
  }
  const refilled = signed?.typed ?? null;
  const desk = await openDesk(astro);
  if (!(desk instanceof Response)) {
    return { person: desk, waiting: null, refilled, posted: signed ? null : form, fileErrors };
  }
  const waiting = form && (await keepTyped(astro, form));
  return waiting ? { person: null, waiting, refilled, posted: null, fileErrors } : desk;
}

/** Seals what was typed on this page; null where it cannot be kept. */
async function keepTyped(astro: AstroGlobal, form: FormData): Promise<Waiting | null> {
  const fields = [...form].flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'writer' ? [[name, value]] : [],
  );
  const writer = textOf(form, 'writer');
  const path = astro.url.pathname;
  const answer = await postJson(astro.locals.api, '/api/staff/kept-forms', {
    writer,
    path,
    fields,
  });
  if (!answer.ok) return null;
  const { kept } = (await answer.json()) as { kept: string };
  return { kept, login: '', errors: [] };
}

/**
 * Signs in on the page itself: what follows in this request is done as that person. Answers what was typed
 * (empty where it is another person's or too old), or the form again with what was wrong.
 */
async function signInAgain(
  astro: AstroGlobal,
  form: FormData,
): Promise<{ typed: Map<string, string[]> } | Waiting> {
  const { api } = astro.locals;
  const [kept, login] = [textOf(form, 'kept'), textOf(form, 'login')];
  const [password, totp] = [textOf(form, 'password'), textOf(form, 'totp')];
  const answer = await postJson(api, '/api/staff/session', { login, password, totp });
  if (!answer.ok) {
    const { errors } = await readRefusal(answer, 'login');
    astro.response.status = answer.status;
    return { kept, login, errors };
  }
  const cookies = answer.headers.getSetCookie();
  for (const cookie of cookies) astro.response.headers.append('set-cookie', cookie);
  const cookie = cookies.map((each) => each.split(';')[0]).join('; ');
  astro.locals.api = async (path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', cookie);
    return api(path, { ...init, headers });
  };
  const opened = await postJson(astro.locals.api, '/api/staff/kept-forms/open', {
    kept,
    path: astro.url.pathname,
  });
  const typed = new Map<string, string[]>();
  if (!opened.ok) return { typed };
  const { fields } = (await opened.json()) as { fields: [string, string][] };
  for (const [name, value] of fields) typed.set(name, [...(typed.get(name) ?? []), value]);
  return { typed };
}
