import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { fieldMessages } from '#rules/field-messages.ts';
import { listUploadOptions, uploadBatch } from '#services/batches.ts';
import { SPREADSHEET_ERRORS } from '#spreadsheets/errors.ts';
import { readMultipart } from './multipart.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { UploadFields, UploadOptions, UploadResult } from './staff-upload-schemas.ts';

const MB = 1024 * 1024;
/** A list, the persons file that belongs to it, and a few short fields. */
const LIMITS = { file: 20 * MB, total: 41 * MB, files: 2, fields: 12 };
const PATH = '/api/staff/batches';

const options = createRoute({
  method: 'get',
  path: `${PATH}/options`,
  responses: { 200: jsonResponse('Bodies to publish for, and who may review', UploadOptions) },
});

/** How a list comes in. Mounted before the routes of single lists, whose path `options` would match. */
export function staffUploadRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  const signedIn = requireActor(context);
  router.use(`${PATH}/options`, signedIn);

  // Described by hand: a validator would read the whole body before the limits are looked at.
  router.openAPIRegistry.registerPath({
    method: 'post',
    path: PATH,
    request: {
      body: {
        content: {
          'multipart/form-data': {
            schema: UploadFields.extend({
              file: z.string().openapi({ format: 'binary' }),
              persons: z.string().openapi({ format: 'binary' }).optional(),
            }),
          },
        },
      },
    },
    responses: {
      201: jsonResponse('Waiting for review', UploadResult),
      422: errorResponse('A field is missing, or the file cannot be read; nothing is stored'),
    },
  });
  router.post(PATH, signedIn, async (c) => {
    const { actor } = c.var;
    requireCapability(actor, 'import.upload');
    const form = await readMultipart(c.req.raw, LIMITS, refuseLarge);
    const file = form.files.get('file');
    const parsed = UploadFields.safeParse(
      Object.fromEntries([...form.fields].filter(([, value]) => value !== '')),
    );
    if (!parsed.success || !file) {
      const missing = parsed.success ? {} : fieldMessages(parsed.error);
      throw new CodedError(
        'invalid-input',
        file ? missing : { ...missing, file: '选择要上传的名单。' },
      );
    }
    const persons = form.files.get('persons') ?? null;
    return c.json(await uploadBatch(context, actor, { ...parsed.data, file, persons }), 201);
  });

  router.openapi(options, async (c) => c.json(await listUploadOptions(context, c.var.actor), 200));
  return router;
}

function refuseLarge(): CodedError {
  const message = SPREADSHEET_ERRORS['file-too-large'];
  return new CodedError('file-refused', { file: message }, message);
}
