import type { APIRoute } from 'astro';
import { listStatisticsRows } from '#site/lib/statistics.ts';

export const GET: APIRoute = async ({ locals: { read } }) => {
  const site = await read('site');
  const statistics = await read('statistics');
  const file = {
    dictionary: `${site?.publicUrl ?? ''}/data/`,
    publisher: statistics?.publisher ?? site?.bureauName ?? '',
    updatedOn: statistics?.updatedOn ?? null,
    rows: listStatisticsRows(statistics ?? { months: [], quarters: [] }, site?.countyName ?? ''),
  };
  return new Response(`${JSON.stringify(file)}\n`, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
};
