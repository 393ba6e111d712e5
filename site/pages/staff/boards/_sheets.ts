import type { AstroGlobal } from 'astro';
import type { z } from 'zod';
import type { BoardSheet, BoardSheets } from '#routes/staff-board-schemas.ts';
import { onlyFields, postJson, readRefusal } from '#site/lib/api.ts';
import type { FieldError } from '#site/lib/fields.ts';

export type SheetAnswer = {
  status: number;
  sheets: BoardSheet[];
  mayOpenNames: boolean;
  errors: FieldError[];
};

/** The sheets of some villages: masked, and with full names where the page's form asked for them. */
export async function readSheets(
  { locals, request }: Pick<AstroGlobal, 'locals' | 'request'>,
  batch: string,
  places: readonly string[],
): Promise<SheetAnswer> {
  const path = `/api/staff/boards/${encodeURIComponent(batch)}`;
  const query = new URLSearchParams(places.map((place) => ['place', place]));
  const answer =
    request.method === 'POST'
      ? await postJson(locals.api, `${path}/names`, { place: places })
      : await locals.api(`${path}/sheets?${query}`);
  if (!answer.ok) {
    const { errors } = await readRefusal(answer, 'sheets', onlyFields());
    return { status: answer.status, sheets: [], mayOpenNames: false, errors };
  }
  const found = (await answer.json()) as z.infer<typeof BoardSheets>;
  return { status: 200, ...found, errors: [] };
}
