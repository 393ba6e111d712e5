import type { APIRoute } from 'astro';
import { writeCsv } from '#rules/csv.ts';
import { STANDARD_COLUMNS } from '#rules/data-files.ts';
import { listStandardRows } from '#site/lib/standards.ts';

export const GET: APIRoute = async ({ locals: { read } }) => {
  const rows = listStandardRows((await read('standards'))?.items ?? []);
  const csv = writeCsv([
    STANDARD_COLUMNS.map((column) => column.heading),
    ...rows.map((row) =>
      STANDARD_COLUMNS.map(({ key }) =>
        key === 'amountCents' ? (row.amountCents / 100).toFixed(2) : row[key],
      ),
    ),
  ]);
  return new Response(csv, { headers: { 'content-type': 'text/csv; charset=utf-8' } });
};
