import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { AUDIT_GROUPS } from '#rules/audit-view.ts';
import { civilDateOf, isDate } from '#rules/civil-date.ts';
import { writeCsv } from '#rules/csv.ts';
import { civilDate } from '#rules/public-fields.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { checkAuditChainNow, readAuditChain } from '#services/audit-chain.ts';
import { exportAudit, listAuditChoices, readAuditPage } from '#services/audit-view.ts';
import type { AuditQuery } from '#services/audit-view.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/audit';

const date = z.string().refine((text) => text === '' || isDate(text), '填写日期，例如 2026-11-20');
/** Empty filters, as a form sends them, ask for everything. */
const Query = z.object({
  from: date.optional(),
  to: date.optional(),
  person: z.string().max(60).optional(),
  body: z.string().max(60).optional(),
  group: z.enum(['', ...codesOf(AUDIT_GROUPS)]).optional(),
  lead: z.string().max(40).optional(),
});
const PageQuery = Query.extend({ after: z.string().max(120).optional() });

const Line = z.strictObject({
  onDate: civilDate,
  /** Epoch ms; null for arrivals. */
  at: z.number().nullable(),
  personName: z.string().nullable(),
  bodyName: z.string().nullable(),
  action: z.string(),
  actionLabel: z.string(),
  kindLabel: z.string(),
  subject: z.string(),
});
const Choice = z.strictObject({ code: z.string(), name: z.string() });
export const AuditPage = z
  .strictObject({
    items: z.array(Line),
    next: z.string().optional(),
    persons: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    bodies: z.array(Choice),
  })
  .openapi('AuditPage');
export const AuditChain = z
  .strictObject({
    head: z.string().nullable(),
    /** The head on the public site. */
    published: z.strictObject({ hash: z.string(), onDate: civilDate }).nullable(),
    checked: z.strictObject({ at: z.number(), holds: z.boolean() }).nullable(),
  })
  .openapi('AuditChain');

const page = createRoute({
  method: 'get',
  path: PATH,
  request: { query: PageQuery },
  responses: {
    200: jsonResponse('Who did and who looked at what, as far as this person may know', AuditPage),
    403: errorResponse('Does not audit'),
    422: errorResponse('A message for each filter'),
  },
});
const file = createRoute({
  method: 'get',
  path: `${PATH}/file`,
  request: { query: Query },
  responses: {
    200: {
      description: 'The same as CSV; each export is logged',
      content: { 'text/csv': { schema: z.string() } },
    },
    403: errorResponse('Does not audit'),
    413: errorResponse('More lines than one file may have'),
  },
});
const chain = createRoute({
  method: 'get',
  path: `${PATH}/chain`,
  responses: { 200: jsonResponse('How the chain of entries stands', AuditChain) },
});
const check = createRoute({
  method: 'post',
  path: `${PATH}/chain`,
  responses: { 200: jsonResponse('The chain, recomputed now', AuditChain) },
});

/** The audit log for auditors. */
export function staffAuditRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));
  router.openapi(page, async (c) => {
    const { actor } = c.var;
    requireCapability(actor, 'audit.read');
    const { after, ...query } = c.req.valid('query');
    const found = await readAuditPage(context, actor, { ...askedFor(query), after });
    return c.json({ ...found, ...(await listAuditChoices(context, actor)) }, 200);
  });
  router.openapi(file, async (c) => {
    requireCapability(c.var.actor, 'audit.read');
    const lines = await exportAudit(context, c.var.actor, askedFor(c.req.valid('query')));
    const name = encodeURIComponent(`操作日志${civilDateOf(context.now())}.csv`);
    return c.body(writeLines(lines), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
    });
  });
  router.openapi(chain, async (c) => {
    requireCapability(c.var.actor, 'audit.read');
    return c.json(await readAuditChain(context), 200);
  });
  router.openapi(check, async (c) => {
    requireCapability(c.var.actor, 'audit.read');
    return c.json(await checkAuditChainNow(context, c.var.actor), 200);
  });
  return router;
}

function askedFor({ group, ...texts }: z.infer<typeof Query>): AuditQuery {
  const given = Object.entries(texts).filter(([, text]) => text !== '');
  return { ...Object.fromEntries(given), ...(group ? { group } : {}) };
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  timeStyle: 'medium',
  hourCycle: 'h23',
});

function writeLines(lines: Awaited<ReturnType<typeof exportAudit>>): string {
  const rows = lines.map((line) => [
    line.onDate,
    line.at === null ? null : clock.format(line.at),
    line.personName ?? '',
    line.bodyName ?? '',
    line.actionLabel,
    line.kindLabel,
    line.subject,
  ]);
  return writeCsv([['日期', '时间', '人员', '单位', '操作', '对象', '编号或名称'], ...rows]);
}
