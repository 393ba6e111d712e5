import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { isDate } from '#rules/civil-date.ts';
import { LEDGERS } from '#rules/ledgers.ts';
import { ALL_STATES } from '#rules/lifecycle-states.ts';
import { PETITION_CLASSES, codesOf } from '#rules/vocabulary.ts';
import { nameLedgerFile, writeLedgerFile } from '#services/ledger-file.ts';
import { prepareExport, readLedgerPage } from '#services/ledgers.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/ledgers/{ledger}';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const params = z.object({ ledger: z.enum(codesOf(LEDGERS), '没有这种台账') });
const date = z.string('填写日期').refine(isDate, '填写日期，例如 2026-11-20');

/** An empty choice of a form is no choice. */
function choice<T extends z.ZodType>(type: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), type.optional());
}

const Filters = z.object({
  from: date,
  to: date,
  place: choice(z.string().max(20)),
  state: choice(z.enum(['open', ...ALL_STATES], '没有这个状态')),
  class: choice(z.enum(codesOf(PETITION_CLASSES), '没有这种性质')),
  body: choice(z.string().max(40)),
  hotFrom: choice(z.coerce.number('填写件数').int('填写件数').min(2, '至少2件').max(1000)),
});
// A date that is none has its own message.
const inOrder = ({ from, to }: { from: string; to: string }) =>
  !isDate(from) || !isDate(to) || from <= to;
const outOfOrder = { message: '截止日期不能早于开始日期', path: ['to'] };
const PageQuery = Filters.extend({ after: choice(z.string().max(80)) }).refine(inOrder, outOfOrder);
const ExportQuery = Filters.refine(inOrder, outOfOrder);

const Named = z.strictObject({ code: z.string(), name: z.string() });
export const LedgerBody = z
  .strictObject({
    columns: z.array(
      z.strictObject({
        key: z.string(),
        label: z.string(),
        width: z.number(),
        align: z.enum(['center', 'end']).optional(),
      }),
    ),
    rows: z.array(z.record(z.string(), z.string())),
    total: z.number(),
    next: z.string().optional(),
    tooMany: z.string().nullable(),
    towns: z.array(Named),
    bodies: z.array(Named),
  })
  .openapi('Ledger');
export type LedgerBody = z.infer<typeof LedgerBody>;

const page = createRoute({
  method: 'get',
  path: PATH,
  request: { params, query: PageQuery },
  responses: {
    200: jsonResponse('Lines of a ledger as it would be printed; each look is logged', LedgerBody),
    403: errorResponse('Ledgers are not the work of this post'),
    422: errorResponse('A message for each filter'),
  },
});

/** Ledgers of leads: looked at by the page, printed whole. */
export function staffLedgerRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/ledgers/*', requireActor(context));
  router.openapi(page, async (c) => {
    const { ledger } = c.req.valid('param');
    const query = { ledger, ...c.req.valid('query') };
    return c.json(await readLedgerPage(context, c.var.actor, query), 200);
  });

  const exported = createRoute({
    method: 'get',
    path: `${PATH}/export`,
    request: { params, query: ExportQuery },
    responses: {
      200: {
        description: 'The ledger as an .xlsx; each export is logged',
        content: { [XLSX]: { schema: z.string().openapi({ format: 'binary' }) } },
      },
      403: errorResponse('Ledgers are not the work of this post'),
      422: errorResponse('More lines than one file may have'),
    },
  });
  router.openapi(exported, async (c) => {
    const query = { ...c.req.valid('param'), ...c.req.valid('query') };
    const { actor } = c.var;
    const prepared = await prepareExport(context, actor, query);
    const ending = new AbortController();
    // The answer begins at once, so that the browser shows a download while leads are being opened.
    const file = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(await writeLedgerFile(context, actor, prepared, ending.signal));
        controller.close();
      },
      cancel: () => ending.abort(),
    });
    return c.body(file, 200, {
      'content-type': XLSX,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(nameLedgerFile(prepared))}`,
    });
  });
  return router;
}
