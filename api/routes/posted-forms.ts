import type { Context as RequestContext } from 'hono';
import { CodedError } from '#api/errors.ts';

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/;
const MULTIPART = /^multipart\/form-data\b/;

/** Whether a browser's form was sent, and not JSON. */
export function isForm(c: RequestContext): boolean {
  return FORM.test(c.req.header('content-type') ?? '');
}

/** Whether it is one that can carry files. */
export function isFormWithFiles(c: RequestContext): boolean {
  return MULTIPART.test(c.req.header('content-type') ?? '');
}

/**
 * The form that was sent, and its bytes for whoever reads it again. Throws `invalid-input` where it cannot be
 * read, by its own fault or because the rest of it never came.
 */
export async function readForm(c: RequestContext): Promise<{ form: FormData; bytes: ArrayBuffer }> {
  const headers = { 'content-type': c.req.header('content-type') ?? '' };
  try {
    const bytes = await c.req.arrayBuffer();
    return { form: await new Response(bytes, { headers }).formData(), bytes };
  } catch {
    throw unreadable();
  }
}

export function unreadable(): CodedError {
  const message = '发来的内容不完整，没有收下。返回上一页，再提交一次。';
  return new CodedError('invalid-input', {}, message);
}
