import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { openEvidence } from '#services/evidence-access.ts';
import { makeViewCopy } from '#services/evidence-copy.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const params = z.object({
  reference: z
    .string()
    .max(40)
    .transform((text) => text.toUpperCase()),
  number: z.coerce.number().int().min(1).max(10_000),
});
const anyFile = {
  description: 'The file; opening it is logged before its first byte',
  content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
};
const refusals = {
  401: errorResponse('Not signed in'),
  403: errorResponse('The reader’s bodies hold no key of it'),
  404: errorResponse('There is no such lead or file, or not for this person'),
};

const save = createRoute({
  method: 'get',
  path: '/api/staff/leads/{reference}/evidence/{number}',
  request: { params },
  responses: { 200: anyFile, ...refusals },
});
const view = createRoute({
  method: 'get',
  path: '/api/staff/leads/{reference}/evidence/{number}/copy',
  request: { params },
  responses: {
    200: anyFile,
    206: { ...anyFile, description: 'The part that a Range header asked for' },
    ...refusals,
    416: errorResponse('`range-outside`: the file has no such part'),
    422: errorResponse('`file-refused`: cannot be drawn'),
  },
});

/** Whatever a file holds, it can run nothing and reach nothing. */
const LOCKED = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
};
/** The viewers of browsers for PDF and sound do not work in a sandbox. */
const VIEWED = {
  ...LOCKED,
  'content-security-policy':
    "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

/** Files of a lead: the original as a download, and copies to look at. */
export function staffEvidenceRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/leads/:reference/evidence/*', requireActor(context));
  return router
    .openapi(save, async (c) => {
      const wanted = { ...c.req.valid('param'), copy: false };
      const { facts, stream, fileName } = await openEvidence(context, c.var.actor, wanted);
      return c.body(stream as unknown as globalThis.ReadableStream, 200, {
        ...LOCKED,
        'content-type': 'application/octet-stream',
        'content-length': String(facts.bytes),
        'content-disposition': `attachment; filename="${fileName}"`,
      });
    })
    .openapi(view, async (c) => {
      const wanted = { ...c.req.valid('param'), copy: true, range: c.req.header('range') };
      const opened = await openEvidence(context, c.var.actor, wanted);
      const { mime, body } = await makeViewCopy(opened);
      const { facts, part } = opened;
      const isDrawn = body instanceof Uint8Array;
      const headers = isDrawn ? LOCKED : VIEWED;
      const shown = { ...headers, 'content-type': mime, 'content-disposition': 'inline' };
      if (isDrawn) return c.body(body, 200, { ...shown, 'content-length': String(body.length) });
      const stream = body as unknown as globalThis.ReadableStream;
      const { from, to } = part ?? { from: 0, to: facts.bytes - 1 };
      return c.body(stream, part ? 206 : 200, {
        ...shown,
        'accept-ranges': 'bytes',
        'content-length': String(to - from + 1),
        ...(part && { 'content-range': `bytes ${from}-${to}/${facts.bytes}` }),
      });
    });
}
