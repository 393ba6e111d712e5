import type { APIRoute } from 'astro';
import { writeCsv } from '#rules/csv.ts';
import { STATISTICS_COLUMNS } from '#rules/statistics-columns.ts';
import { listStatisticsRows } from '#site/lib/statistics.ts';

export const GET: APIRoute = async ({ locals: { read } }) => {
  const file = (await read('statistics')) ?? { months: [], quarters: [] };
  const rows = listStatisticsRows(file, (await read('site'))?.countyName ?? '');
  const csv = writeCsv([
    STATISTICS_COLUMNS.map((column) => column.heading),
    ...rows.map((row) => STATISTICS_COLUMNS.map(({ key }) => row[key])),
  ]);
  return new Response(csv, { headers: { 'content-type': 'text/csv; charset=utf-8' } });
};
