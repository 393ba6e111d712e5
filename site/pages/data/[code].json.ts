import type { APIRoute } from 'astro';
import { readDataFile } from '#site/lib/data-files.ts';

export const GET: APIRoute = async ({ locals, params }) => {
  const file = await readDataFile(locals.read, params['code']);
  if (!file) return new Response(null, { status: 404 });
  return new Response(`${JSON.stringify(file)}\n`, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
};
