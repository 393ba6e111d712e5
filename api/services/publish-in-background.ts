import { setTimeout } from 'node:timers/promises';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import type { Scope } from '#publishing/export.ts';
import { newPublicationId, publish } from '#publishing/publish.ts';

const RETRY_MS = 500;
const PATIENCE_MS = 15 * 60_000;

/**
 * Starts a publication and answers its id when the first step is done or it has ended; the rest goes on by
 * itself. Throws `publication-running` where another one runs.
 */
export async function startPublishing(
  context: Context,
  personId: string | null,
  scope: Scope = 'approved',
): Promise<string> {
  const id = newPublicationId();
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  const options = { id, startedBy: personId, scope, onStep: () => resolve() };
  const work = publish(context, options).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof CodedError) throw error;
      // Any other failure stands in the publication's own record, for the page that shows it.
    },
  );
  // When it fails after the first step nobody waits for it any more.
  work.catch(() => undefined);
  await Promise.race([work, begun]);
  return id;
}

/** Scopes and persons of which a publication waits for another one to end, by store. */
const waiting = new WeakMap<Context['db'], Set<string>>();

/**
 * Publishes what stands on the site as it reads now, as soon as no other publication runs: something must
 * leave it, or (`directory`) standards, hotlines or texts were edited. A list that waits and would be refused
 * does not stop it.
 */
export async function publishSoon(
  context: Context,
  personId: string | null,
  scope: 'standing' | 'directory' = 'standing',
): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  const here = waiting.get(context.db) ?? new Set<string>();
  waiting.set(context.db, here);
  const wish = `${scope} ${personId}`;
  // What was written until a publication begins goes along with it.
  if (here.has(wish)) return;
  for (;;) {
    here.delete(wish);
    try {
      await startPublishing(context, personId, scope);
      return;
    } catch (error) {
      const isBusy = error instanceof CodedError && error.code === 'publication-running';
      if (!isBusy || performance.now() > until) return;
    }
    if (here.has(wish)) return;
    here.add(wish);
    await setTimeout(RETRY_MS);
  }
}
