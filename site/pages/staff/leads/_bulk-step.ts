import type { AstroGlobal } from 'astro';
import type { z } from 'zod';
import type { BulkAnswer } from '#routes/staff-lead-desk.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { postJson, readRefusal, textOf } from '#site/lib/api.ts';
import type { FieldError } from '#site/lib/fields.ts';

/** What was done and what was not, or what is wrong with what was typed. */
export type BulkPosted =
  | { done: number; refused: z.infer<typeof BulkAnswer>['refused'] }
  | { status: number; errors: FieldError[]; ticked: string[]; reason: string };

/** Takes the step whose button was pressed on the leads that were ticked, all of them in `state`. */
export async function takeBulkStep(
  { locals, request }: Pick<AstroGlobal, 'locals' | 'request'>,
  state: string,
): Promise<BulkPosted> {
  const form = await request.formData();
  const ticked = form.getAll('lead').filter((value) => typeof value === 'string');
  const reason = textOf(form, 'reason').trim();
  const event = textOf(form, 'event');
  if (ticked.length === 0) {
    const errors = [{ field: 'queue', message: '先勾选线索。' }];
    return { status: 422, errors, ticked, reason };
  }
  const rule = TRANSITIONS.find((each) => each.event === event);
  const answer = await postJson(locals.api, '/api/staff/lead-steps', {
    event,
    fields: rule?.fields.length ? { reason } : {},
    leads: ticked.map((reference) => ({ reference, from: state })),
  });
  if (!answer.ok) return { ...(await readRefusal(answer, 'queue')), ticked, reason };
  const { done, refused } = (await answer.json()) as z.infer<typeof BulkAnswer>;
  return { done: done.length, refused };
}

/** Passes on what is left at bodies that were merged into others. */
export async function passOn({ locals }: Pick<AstroGlobal, 'locals'>): Promise<BulkPosted> {
  const answer = await postJson(locals.api, '/api/staff/lead-succession', {});
  if (!answer.ok) return { ...(await readRefusal(answer, 'queue')), ticked: [], reason: '' };
  const { done, refused } = (await answer.json()) as z.infer<typeof BulkAnswer>;
  return { done: done.length, refused };
}
