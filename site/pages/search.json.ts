import type { APIRoute } from 'astro';

/** What the search knows, for the browser. */
export const GET: APIRoute = async ({ locals }) => {
  const file = (await locals.read('search')) ?? { readings: {}, areas: [], entries: [] };
  return new Response(`${JSON.stringify(file)}\n`, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
};
