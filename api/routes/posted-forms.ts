import type { Context as RequestContext } from 'hono';

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
