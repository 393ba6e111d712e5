import type { Context as RequestContext } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { StoreError } from '#db/errors.ts';
import { CodedError, ERRORS, serialiseError } from './errors.ts';

/** How a failure looks to somebody who asked for a page. */
export type ErrorPage = (c: RequestContext, failure: CodedError) => Promise<string>;

/**
 * A failed page is a page; every other failure is the one JSON shape. What is not expected is logged by its name and place only: a
 * message may carry what a citizen typed.
 */
export async function answerError(
  error: Error,
  c: RequestContext,
  page: ErrorPage | null = null,
): Promise<Response> {
  const coded = toCoded(error);
  const { status } = ERRORS[coded.code];
  if (coded.code === 'internal') logUnexpected(error);
  if (page && !c.req.path.startsWith('/api/')) return c.html(await page(c, coded), status);
  return c.json(serialiseError(coded), status);
}

function toCoded(error: Error): CodedError {
  if (error instanceof CodedError) return error;
  if (error instanceof StoreError && error.code === 'full') return new CodedError('storage-full');
  if (error instanceof HTTPException && error.status === 400)
    return new CodedError('invalid-input');
  if (error instanceof HTTPException && error.status === 413) return new CodedError('too-large');
  if (error instanceof HTTPException && error.status === 415)
    return new CodedError('unsupported-type');
  return new CodedError('internal');
}

function logUnexpected(error: Error) {
  const code = error instanceof StoreError ? ` ${error.code}` : '';
  // The stack begins with the message: what a citizen typed may look like a frame.
  const stack = (error.stack ?? '').replace(error.message, '');
  const frames = stack.split('\n').filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  console.error([`unexpected ${error.name}${code}`, ...frames.slice(0, 8)].join('\n'));
}
