import { z } from 'zod';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { carry, openCarried } from './complaint-drafts.ts';

/**
 * What was typed when a session ended. It waits in the writer's own page, sealed to this server, and is
 * given back to the writer alone once they have signed in again.
 */
const KeptForm = z.strictObject({
  writer: z.string(),
  path: z.string(),
  fields: z.array(z.tuple([z.string(), z.string()])),
});
export type KeptForm = z.infer<typeof KeptForm>;

/** Stands in a person's forms, so that what is typed there is theirs when their session has ended. */
export function writerMark({ secrets }: Context, { personId }: Pick<Actor, 'personId'>): string {
  return secrets.mac('draft', 'writer', personId).mac;
}

export async function keepForm(context: Context, form: KeptForm): Promise<string> {
  return carry(context, 'kept-form', form);
}

/** Throws `not-found` where it is too old, another person's, or of another page. */
export async function openKeptForm(
  context: Context,
  actor: Actor,
  { kept, path }: { kept: string; path: string },
): Promise<KeptForm['fields']> {
  const parsed = KeptForm.safeParse(await openCarried(context, 'kept-form', kept));
  const form = parsed.success ? parsed.data : null;
  if (form?.path !== path || form.writer !== writerMark(context, actor)) {
    throw new CodedError('not-found');
  }
  return form.fields;
}
