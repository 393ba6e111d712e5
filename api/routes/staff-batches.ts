import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { fieldMessages } from '#rules/field-messages.ts';
import { decideBatch } from '#services/batch-review.ts';
import { listBatchSummaries, readBatchView } from '#services/batch-view.ts';
import { listUploadOptions, uploadBatch } from '#services/batches.ts';
import { SPREADSHEET_ERRORS } from '#spreadsheets/errors.ts';
import { readMultipart } from './multipart.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import {
  BatchList,
  BatchView,
  Decision,
  UploadFields,
  UploadOptions,
  UploadResult,
} from './staff-batch-schemas.ts';

const MB = 1024 * 1024;
/** A list, the persons file that belongs to it, and a few short fields. */
const LIMITS = { file: 20 * MB, total: 41 * MB, files: 2, fields: 8 };
const PATH = '/api/staff/batches';
const params = z.object({ id: z.string().max(40) });

const options = createRoute({
  method: 'get',
  path: `${PATH}/options`,
  responses: { 200: jsonResponse('Bodies to publish for, and who may review', UploadOptions) },
});
const list = createRoute({
  method: 'get',
  path: PATH,
  responses: { 200: jsonResponse('Lists within reach, the newest first', BatchList) },
});
const read = createRoute({
  method: 'get',
  path: `${PATH}/{id}`,
  request: { params, query: z.object({ place: z.string().max(40).optional() }) },
  responses: {
    200: jsonResponse('A list, its problems, and what it changes', BatchView),
    404: errorResponse('Not there, or not within reach'),
  },
});
const decide = createRoute({
  method: 'post',
  path: `${PATH}/{id}/decision`,
  request: { params, ...jsonBody(Decision) },
  responses: {
    204: { description: 'Decided; the sealed spreadsheet is destroyed' },
    403: errorResponse('Not a reviewer, or the person who uploaded it'),
    409: errorResponse('Decided meanwhile'),
  },
});

/** Lists: upload, what a reviewer sees of them, and the decision. */
export function staffBatchRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));

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
  router.post(PATH, async (c) => {
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

  router.openapi(options, async (c) =>
    c.json({ bodies: await listUploadOptions(context, c.var.actor) }, 200),
  );
  router.openapi(list, async (c) => {
    const items = await listBatchSummaries(context, c.var.actor);
    return c.json({ items, total: items.length }, 200);
  });
  router.openapi(read, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(await readBatchView(context, c.var.actor, id, c.req.valid('query').place), 200);
  });
  router.openapi(decide, async (c) => {
    await decideBatch(context, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
    return c.body(null, 204);
  });
  return router;
}

function refuseLarge(): CodedError {
  const message = SPREADSHEET_ERRORS['file-too-large'];
  return new CodedError('file-refused', { file: message }, message);
}
