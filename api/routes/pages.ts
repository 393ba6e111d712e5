import type { Context as RequestContext } from 'hono';
import type { PublicReader } from '#rules/publication.ts';

/** Calls the API in this process with the visitor's cookies. */
export type ApiCall = (path: string, init?: RequestInit) => Promise<Response>;

type Locals = { read: PublicReader; api: ApiCall; now: number };

/** The built site: `dist/server/entry.mjs`. */
export type PageRenderer = {
  render(request: Request, locals: Locals): Promise<Response>;
  renderWhole(request: Request, locals: Locals): Promise<Response>;
};

/** What the API must know of the visitor of a page; everything else stays with the page. */
const FORWARDED = ['cookie', 'origin', 'sec-fetch-site', 'host'];

/**
 * Serves a page that is rendered on demand. Pages with personal data are rendered whole, are never
 * cached, and reach data through the API only.
 */
export function servePage(
  pages: PageRenderer,
  read: PublicReader,
  now: () => number,
  request: (path: string, init?: RequestInit) => Response | Promise<Response>,
) {
  return async function renderPage(c: RequestContext): Promise<Response> {
    const visitor = new Headers();
    for (const name of FORWARDED) {
      const value = c.req.header(name);
      if (value) visitor.set(name, value);
    }
    async function api(path: string, init: RequestInit = {}) {
      const headers = new Headers(init.headers);
      for (const [name, value] of visitor) headers.set(name, value);
      return request(new URL(path, c.req.url).href, { ...init, headers });
    }
    const answer = await pages.renderWhole(c.req.raw, { read, api, now: now() });
    const response = new Response(answer.body, answer);
    response.headers.set('cache-control', 'no-store');
    return response;
  };
}
