import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { civilDate, code, count, month, aidType } from '#rules/public-fields.ts';
import { hasCapability, HEALTH_READERS } from '#rules/roles.ts';
import { readSiteHealth } from '#services/site-health.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/health';

const Duty = z.strictObject({
  aidType,
  period: month,
  dueOn: civilDate,
  /** Days since it was due. */
  days: z.number().int(),
  /** A holiday notice it rests on is not loaded. */
  provisional: z.boolean(),
});
const Town = z.strictObject({
  code,
  name: z.string(),
  lastUpdatedOn: civilDate.nullable(),
  runningNotices: count,
  boardsPosted: count,
  boardsDue: count,
  overdue: z.array(Duty),
});
const Job = z.strictObject({
  name: z.string(),
  label: z.string(),
  /** Epoch ms; null: it never ran. */
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  outcome: z.enum(['running', 'done', 'failed']).nullable(),
  isLate: z.boolean(),
});
export const SiteHealth = z
  .strictObject({
    /** Day of the figures of townships; null before the first publication. */
    asOf: civilDate.nullable(),
    towns: z.array(Town),
    waiting: z.strictObject({ gateWarnings: count, takeDowns: count }),
    /** Years whose holiday notice should be loaded by now. */
    missingCalendars: z.array(z.number().int()),
    /** Null: no mail server is set; how many were written to is told to nobody. */
    reminders: z
      .strictObject({
        last: z.strictObject({ onDate: civilDate, allSent: z.boolean() }).nullable(),
      })
      .nullable(),
    jobs: z.array(Job),
    publication: z
      .strictObject({
        status: z.enum(['running', 'live', 'refused']),
        startedAt: z.number(),
        finishedAt: z.number().nullable(),
        pagesChanged: count,
        steps: z.array(z.strictObject({ label: z.string(), ms: z.number().nullable() })),
        findings: z.array(z.string()),
      })
      .nullable(),
  })
  .openapi('SiteHealth');

const read = createRoute({
  method: 'get',
  path: PATH,
  responses: {
    200: jsonResponse('How publishing fares', SiteHealth),
    403: errorResponse('Neither publishes, takes down, audits nor runs the server'),
  },
});

/** How current each township is, what waits, and how timed work runs. */
export function staffHealthRoutes(context: Context) {
  const routes = createRouter<StaffEnv>();
  routes.use(PATH, requireActor(context));
  return routes.openapi(read, async (c) => {
    const roles = c.var.actor.posts.map((post) => post.role);
    if (!HEALTH_READERS.some((capability) => hasCapability(roles, capability))) {
      throw new CodedError('not-allowed');
    }
    return c.json(await readSiteHealth(context), 200);
  });
}
