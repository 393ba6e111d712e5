import type { APIRoute } from 'astro';
import { listStandardRows } from '#site/lib/standards.ts';

export const GET: APIRoute = async ({ locals: { read } }) => {
  const site = await read('site');
  const standards = await read('standards');
  const file = {
    dictionary: `${site?.publicUrl ?? ''}/data/`,
    publisher: standards?.publisher ?? site?.bureauName ?? '',
    updatedOn: standards?.updatedOn ?? null,
    rows: listStandardRows(standards?.items ?? []),
  };
  return new Response(`${JSON.stringify(file)}\n`, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
};
