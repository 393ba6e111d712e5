import { setImmediate as giveWay } from 'node:timers/promises';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { takeStep } from './transitions.ts';

/** The steps that may be taken on many leads at once: nothing about one of them has to be written. */
const BULK_STEPS = TRANSITIONS.filter((rule) => rule.inBulk);

export type BulkInput = {
  event: string;
  fields: Record<string, unknown>;
  /** References, each with the state in which it was read. */
  leads: readonly { reference: string; from: string }[];
};
export type BulkResult = { done: string[]; refused: { reference: string; message: string }[] };

/** Takes one step on each lead by itself: what is refused for one is done for the others. */
export async function takeSteps(
  context: Context,
  actor: Actor,
  { event, fields, leads }: BulkInput,
): Promise<BulkResult> {
  if (!BULK_STEPS.some((rule) => rule.event === event)) throw new CodedError('not-now');
  const done: string[] = [];
  const refused: BulkResult['refused'] = [];
  for (const { reference, from } of leads) {
    try {
      await takeStep(context, actor, { reference, from, event, fields });
      done.push(reference);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      // A field that is missing is missing for all of them; once something was done, that must be told.
      if (error.code === 'invalid-input' && done.length === 0) throw error;
      refused.push({ reference, message: error.message });
    }
    await giveWay();
  }
  return { done, refused };
}
