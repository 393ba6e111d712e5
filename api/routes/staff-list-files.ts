import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { PROBLEM_KINDS } from '#rules/import-reasons.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { markUpload, readProblems } from '#services/list-problems.ts';
import { rereadBatch } from '#services/reread-batch.ts';
import { confirmSpellings, readSpellings } from '#services/village-spellings.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { UploadResult } from './staff-upload-schemas.ts';

const PATH = '/api/staff/batches/{id}';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const params = z.object({ id: z.string().max(40) });
const whichFile = z.enum(['households', 'persons']);
const FileQuery = z.object({ file: whichFile.default('households') });

export const ProblemList = z.strictObject({
  groups: z.array(
    z.strictObject({
      kind: z.enum(codesOf(PROBLEM_KINDS)),
      /** `items` are the first of them. */
      total: z.number(),
      items: z.array(
        z.strictObject({
          seq: z.number(),
          file: whichFile,
          sheet: z.string().nullable(),
          line: z.number(),
          column: z.string().nullable(),
          words: z.string(),
        }),
      ),
    }),
  ),
  files: z.array(whichFile),
});

export const SpellingList = z.strictObject({
  items: z.array(
    z.strictObject({
      town: z.string(),
      written: z.string(),
      lines: z.number(),
      /** What it was taken for; null where it was not recognised. */
      placeCode: z.string().nullable(),
      place: z.string().nullable(),
      /** Null where the file names no town, or one that the portal does not know. */
      townCode: z.string().nullable(),
      confirmed: z.string().nullable(),
      confirmedPlace: z.string().nullable(),
      /** The person's name. */
      confirmedBy: z.string().nullable(),
      confirmedOn: z.string().nullable(),
    }),
  ),
  villages: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      townCode: z.string(),
      town: z.string(),
    }),
  ),
  isStale: z.boolean(),
  may: z.strictObject({ confirm: z.boolean() }),
});
const Confirmation = z.strictObject({
  spellings: z
    .array(
      z.strictObject({
        town: z.string().max(40),
        written: z.string().min(1).max(40),
        placeCode: z.string().max(40),
      }),
    )
    .min(1, '至少选择一个写法对应的村（社区）。')
    .max(2000),
});

const problems = createRoute({
  method: 'get',
  path: `${PATH}/problems`,
  request: { params, query: z.object({ kind: z.enum(codesOf(PROBLEM_KINDS)).optional() }) },
  responses: { 200: jsonResponse('What stands out in the file, line by line', ProblemList) },
});
const spellings = createRoute({
  method: 'get',
  path: `${PATH}/spellings`,
  request: { params },
  responses: { 200: jsonResponse('How the file writes its villages', SpellingList) },
});
const confirm = createRoute({
  method: 'post',
  path: `${PATH}/spellings`,
  request: { params, ...jsonBody(Confirmation) },
  responses: {
    204: { description: 'Remembered for this list and all later ones' },
    409: errorResponse('Decided meanwhile'),
  },
});
const reread = createRoute({
  method: 'post',
  path: `${PATH}/reread`,
  request: { params },
  responses: {
    200: jsonResponse('Read anew by the spellings confirmed since', UploadResult),
    404: errorResponse('Not within reach, or the file is destroyed already'),
    409: errorResponse('Decided meanwhile'),
  },
});

/** What was said of the file of a list: problems, the file with them marked, spellings of villages. */
export function staffListFileRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  const signedIn = requireActor(context);
  for (const part of ['problems', 'problems.xlsx', 'spellings', 'reread']) {
    router.use(`/api/staff/batches/:id/${part}`, signedIn);
  }
  router.openapi(problems, async (c) => {
    const { kind } = c.req.valid('query');
    return c.json(await readProblems(context, c.var.actor, c.req.valid('param').id, kind), 200);
  });
  router.openapi(spellings, async (c) =>
    c.json(await readSpellings(context, c.var.actor, c.req.valid('param').id), 200),
  );
  router.openapi(confirm, async (c) => {
    const { spellings: chosen } = c.req.valid('json');
    await confirmSpellings(context, c.var.actor, c.req.valid('param').id, chosen);
    return c.body(null, 204);
  });
  router.openapi(reread, async (c) =>
    c.json(await rereadBatch(context, c.var.actor, c.req.valid('param').id), 200),
  );

  // Described by hand: what is answered is a file.
  router.openAPIRegistry.registerPath({
    method: 'get',
    path: `${PATH}/problems.xlsx`,
    request: { params, query: FileQuery },
    responses: {
      200: {
        description: 'The uploaded file with its problems marked; every download is logged',
        content: { [XLSX]: { schema: z.string().openapi({ format: 'binary' }) } },
      },
      404: errorResponse('Not within reach, or the file is destroyed already'),
    },
  });
  router.get('/api/staff/batches/:id/problems.xlsx', async (c) => {
    const { file } = FileQuery.catch({ file: 'households' }).parse(c.req.query());
    const { name, bytes } = await markUpload(context, c.var.actor, c.req.param('id'), file);
    return c.body(bytes, 200, {
      'content-type': XLSX,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  });
  return router;
}
