import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import type { FormState } from '#rules/complaint-steps.ts';
import { UNPROVED } from '#rules/intake-load.ts';
import { SealError, openSealed, pairOf, seal } from '#sealing/age.ts';

/**
 * What a form carries from one page to the next, sealed to the server and good for a limited time.
 * Nothing of it is kept here; after that time nobody can use it.
 */
type Carried = { purpose: Purpose; until: number; value: unknown };
type Purpose = 'draft' | 'answers' | 'receipt' | 'kept-form' | 'upload-ticket';

const LIFETIME_MS: Record<Purpose, number> = {
  draft: 2 * 60 * 60_000,
  answers: 2 * 60 * 60_000,
  receipt: 15 * 60_000,
  'upload-ticket': UNPROVED.ticketLifeMs,
  // As long as a session lasts at most.
  'kept-form': 12 * 60 * 60_000,
};

/** Seconds a carried value can be opened. */
export function lifetimeOf(purpose: Purpose): number {
  return LIFETIME_MS[purpose] / 1000;
}

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
/** A text of two thousand characters fits a cookie, and takes a millisecond. */
const COMPRESSION = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
/** Nobody else can seal what is opened here; the bound is for a slip of our own. */
const LARGEST = { maxOutputLength: 1_000_000 };

/** The value sealed, as text for a hidden field or a cookie. */
export async function carry(context: Context, purpose: Purpose, value: unknown): Promise<string> {
  const { recipient } = await pairOf(context.secrets.identity('draft'));
  const carried: Carried = { purpose, until: context.now() + LIFETIME_MS[purpose], value };
  const json = await compress(JSON.stringify(carried), COMPRESSION);
  return (await seal([recipient], json)).toString('base64url');
}

/** Null where it is too old, was made for something else, or was not made here. */
export async function openCarried(
  context: Context,
  purpose: Purpose,
  text: string,
): Promise<unknown> {
  try {
    const sealed = Buffer.from(text, 'base64url');
    const json = await openSealed(context.secrets.identity('draft'), sealed);
    const carried = JSON.parse((await decompress(json, LARGEST)).toString('utf8')) as Carried;
    return carried.purpose === purpose && carried.until >= context.now() ? carried.value : null;
  } catch (error) {
    if (error instanceof SealError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The form under way. Throws `draft-expired`. */
export async function openForm(context: Context, text: string | undefined): Promise<FormState> {
  const carried = text ? await openCarried(context, 'answers', text) : null;
  if (!carried) throw new CodedError('draft-expired');
  return carried as FormState;
}
