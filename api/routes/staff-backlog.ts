import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { ERRORS } from '#api/errors.ts';
import { readBacklogTask } from '#services/backlog-task.ts';
import { takeBacklog } from '#services/backlog.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/ledgers/backlog';
/** Bytes of a request: a thousand cases are well below a megabyte, a third more in base64. */
export const BACKLOG_LIMIT = 6 * 1024 * 1024;

const File = z.strictObject({
  /** The .xlsx or .csv file, base64. */
  file: z.base64({ error: '选择要录入的台账。' }).min(1, '选择要录入的台账。'),
  name: z.string().max(200).default(''),
  /** The token of the preview that the person has seen; absent: only a preview. */
  confirm: z.string().max(64).optional(),
});
export const BacklogBody = z
  .strictObject({
    total: z.number(),
    errors: z.number(),
    problems: z.array(
      z.strictObject({
        kind: z.enum(['error', 'remark']),
        words: z.string(),
        sheet: z.string(),
        line: z.number(),
        column: z.string().nullable(),
      }),
    ),
    unknown: z.array(z.string()),
    items: z.array(
      z.strictObject({
        line: z.number(),
        receivedOn: z.string(),
        source: z.string(),
        place: z.string(),
        problems: z.string(),
        accused: z.string(),
        state: z.string(),
      }),
    ),
    token: z.string(),
    taken: z.number().nullable(),
    /** The intake goes on by itself: `GET …/progress` tells how far it is. */
    running: z.boolean(),
  })
  .openapi('Backlog');
export type BacklogBody = z.infer<typeof BacklogBody>;

const take = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(File),
  responses: {
    200: jsonResponse('What the file holds; taken in where `confirm` is its token', BacklogBody),
    403: errorResponse('Registering is not the work of this post'),
    409: errorResponse('Taken in before, or another file than was confirmed'),
    422: errorResponse('The file cannot be read'),
  },
});

export const BacklogTask = z
  .strictObject({
    total: z.number(),
    done: z.number(),
    state: z.enum(['running', 'taken', 'failed']),
    /** Why it failed, in words. */
    message: z.string().nullable(),
  })
  .openapi('BacklogTask');
export type BacklogTask = z.infer<typeof BacklogTask>;

const progress = createRoute({
  method: 'get',
  path: `${PATH}/progress`,
  request: { query: z.strictObject({ token: z.string().min(1).max(64) }) },
  responses: {
    200: jsonResponse('How far the intake is', BacklogTask),
    404: errorResponse('Not started by this person, or ended with the process'),
  },
});

/** Cases of earlier years, from the ledger an office kept by hand. */
export function staffBacklogRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));
  router.openapi(progress, (c) => {
    const task = readBacklogTask(context, c.var.actor, c.req.valid('query').token);
    const { error, ...rest } = task;
    return c.json({ ...rest, message: error && ERRORS[error].message }, 200);
  });
  router.openapi(take, async (c) => {
    const { file, name, confirm } = c.req.valid('json');
    const given = { bytes: Buffer.from(file, 'base64'), name };
    return c.json(await takeBacklog(context, c.var.actor, given, confirm), 200);
  });
  return router;
}
