import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Env } from 'hono';
import type { Actor } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { fieldMessages } from '#rules/field-messages.ts';

/** Variables of a request: `actor` is set on everything below `/api/staff` but signing in. */
export type StaffEnv = { Variables: { actor: Actor } };

/** A router whose validation failures become the one error shape, a message for each field. */
export function createRouter<E extends Env = Env>() {
  return new OpenAPIHono<E>({
    defaultHook(result) {
      if (!result.success) throw new CodedError('invalid-input', fieldMessages(result.error));
    },
  });
}

const ErrorBody = z
  .strictObject({
    error: z.strictObject({
      code: z.string(),
      message: z.string(),
      fields: z.record(z.string(), z.string()),
    }),
  })
  .openapi('Error');

/** A failure in the description of a route. */
export function errorResponse(description: string) {
  return { description, content: { 'application/json': { schema: ErrorBody } } };
}

export function jsonResponse<T extends z.ZodType>(description: string, schema: T) {
  return { description, content: { 'application/json': { schema } } };
}

export function jsonBody<T extends z.ZodType>(schema: T) {
  return { body: { required: true, content: { 'application/json': { schema } } } } as const;
}
