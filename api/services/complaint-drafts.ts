import type { Context } from '#api/context.ts';
import { SealError, openJson, pairOf, sealJson } from '#sealing/age.ts';

/**
 * What a form carries from one page to the next, sealed to the server and good for a limited time.
 * Nothing of it is kept here; after that time nobody can use it.
 */
type Carried = { purpose: Purpose; until: number; value: unknown };
type Purpose = 'draft' | 'receipt' | 'kept-form' | 'upload-ticket';

const LIFETIME_MS: Record<Purpose, number> = {
  draft: 2 * 60 * 60_000,
  receipt: 15 * 60_000,
  // As a draft: the page with the file input may wait as long.
  'upload-ticket': 2 * 60 * 60_000,
  // As long as a session lasts at most.
  'kept-form': 12 * 60 * 60_000,
};

/** Seconds a carried value can be opened. */
export function lifetimeOf(purpose: Purpose): number {
  return LIFETIME_MS[purpose] / 1000;
}

/** The value sealed, as text for a hidden field or a cookie. */
export async function carry(context: Context, purpose: Purpose, value: unknown): Promise<string> {
  const { recipient } = await pairOf(context.secrets.identity('draft'));
  const carried: Carried = { purpose, until: context.now() + LIFETIME_MS[purpose], value };
  return (await sealJson([recipient], carried)).toString('base64url');
}

/** Null where it is too old, was made for something else, or was not made here. */
export async function openCarried(
  context: Context,
  purpose: Purpose,
  text: string,
): Promise<unknown> {
  try {
    const sealed = Buffer.from(text, 'base64url');
    const carried = (await openJson(context.secrets.identity('draft'), sealed)) as Carried;
    return carried.purpose === purpose && carried.until >= context.now() ? carried.value : null;
  } catch (error) {
    if (error instanceof SealError || error instanceof SyntaxError) return null;
    throw error;
  }
}
