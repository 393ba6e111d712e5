import type { Context as RequestContext } from 'hono';
import type { CodedError } from '#api/errors.ts';
import type { PublicReader } from '#rules/publication.ts';
import { isPassedOn } from './body-limits.ts';
import { isForm, readForm, unreadable } from './posted-forms.ts';

/** Calls the API in this process with the visitor's cookies. */
type ApiCall = (path: string, init?: RequestInit) => Promise<Response>;

type Locals = { read: PublicReader; api: ApiCall; now: number; problem?: string };

/** The built site; a page is rendered before it is answered, so that one that throws is a 500. */
export type PageRenderer = {
  renderWhole(request: Request, locals: Locals): Promise<Response>;
};

/** What the API must know of the visitor of a page; everything else stays with the page. */
const FORWARDED = ['cookie', 'origin', 'sec-fetch-site', 'host', 'x-forwarded-for'];

/**
 * Serves a page that is rendered on demand. Pages with personal data are rendered whole, are never
 * cached, and reach data through the API only. Throws `invalid-input` where what is posted is no form.
 */
export function servePage(
  pages: PageRenderer,
  read: PublicReader,
  now: () => number,
  request: (path: string, init?: RequestInit, env?: unknown) => Response | Promise<Response>,
) {
  return async function renderPage(c: RequestContext): Promise<Response> {
    const sent = c.req.method === 'POST' ? await checkForm(c) : c.req.raw;
    const visitor = new Headers();
    for (const name of FORWARDED) {
      const value = c.req.header(name);
      if (value) visitor.set(name, value);
    }
    async function api(path: string, init: RequestInit = {}) {
      const headers = new Headers(init.headers);
      for (const [name, value] of visitor) {
        // A page that has just signed its visitor in says so.
        if (!headers.has(name)) headers.set(name, value);
      }
      // The connection is the visitor's: what is paced is paced for them.
      return request(new URL(path, c.req.url).href, { ...init, headers }, c.env);
    }
    const answer = await pages.renderWhole(sent, { read, api, now: now() });
    const response = new Response(answer.body, answer);
    response.headers.set('cache-control', 'no-store');
    return response;
  };
}

/** What was posted, once it is known to be a form: no page has to answer for one that cannot be read. */
async function checkForm(c: RequestContext): Promise<Request> {
  if (!isForm(c)) throw unreadable();
  const { url, headers } = c.req.raw;
  if (isPassedOn(c)) return c.req.raw;
  const { bytes } = await readForm(c);
  return new Request(url, { method: 'POST', headers, body: bytes });
}

/** The page for a request that failed before or beside its own page. */
export function createErrorPage(pages: PageRenderer, read: PublicReader, now: () => number) {
  return async function renderErrorPage(c: RequestContext, failure: CodedError): Promise<string> {
    const path = failure.code === 'not-found' ? '/404' : '/500';
    const locals: Locals = { read, api: refuseCall, now: now() };
    if (failure.code !== 'internal') locals.problem = failure.message;
    const answer = await pages.renderWhole(new Request(new URL(path, c.req.url)), locals);
    return answer.text();
  };
}

function refuseCall(): never {
  throw new Error('an error page calls nothing');
}
