import type { APIRoute } from 'astro';
import { readDataFile, writeDataCsv } from '#site/lib/data-files.ts';

export const GET: APIRoute = async ({ locals, params }) => {
  const file = await readDataFile(locals.read, params['code']);
  if (!file) return new Response(null, { status: 404 });
  const { countyCode } = (await locals.read('site')) ?? {};
  return new Response(writeDataCsv(file.rows, file.code === countyCode), {
    headers: { 'content-type': 'text/csv; charset=utf-8' },
  });
};
