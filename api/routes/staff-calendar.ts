import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { isDate } from '#rules/civil-date.ts';
import { civilDate } from '#rules/public-fields.ts';
import { listCalendars, loadCalendarYear } from '#services/calendar-years.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/calendar';

const Year = z.strictObject({
  year: z.number().int(),
  version: z.string(),
  source: z.string(),
  holidays: z.array(z.strictObject({ from: civilDate, to: civilDate })),
  workingWeekends: z.array(civilDate),
});
export const CalendarList = z
  .strictObject({
    /** Years that should be loaded by now. */
    missing: z.array(z.number().int()),
    years: z.array(
      Year.extend({ loadedOn: civilDate.nullable(), loadedBy: z.string().nullable() }),
    ),
  })
  .openapi('CalendarList');
export const CalendarDraft = z
  .strictObject({
    year: Year,
    /** The version it takes the place of. */
    replaces: Year.nullable(),
    problems: z.array(z.string()),
    warnings: z.array(z.string()),
    token: z.string(),
    saved: z.boolean(),
  })
  .openapi('CalendarDraft');

const Notice = z.strictObject({
  year: z.number({ error: '填写年份，例如 2027' }).int(),
  title: z.string().trim().min(6, '填写通知的标题').max(120, '标题太长'),
  noticeOn: z.string().refine(isDate, '填写发文日期，例如 2026-11-04'),
  text: z.string().trim().min(1, '粘贴放假安排').max(8000, '内容太长，只要放假安排的部分'),
  confirm: z.string().max(64).optional(),
});

const list = createRoute({
  method: 'get',
  path: PATH,
  responses: {
    200: jsonResponse('The years whose holiday notice is known', CalendarList),
    403: errorResponse('Does not manage settings'),
  },
});
const load = createRoute({
  method: 'post',
  path: PATH,
  request: jsonBody(Notice),
  responses: {
    200: jsonResponse('What the notice says; loaded where `confirm` is its token', CalendarDraft),
    409: errorResponse('The year was changed meanwhile'),
    422: errorResponse('No such year or date'),
  },
});

/** Holiday notices: what decides which days are working days, and so every deadline. */
export function staffCalendarRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.openapi(list, async (c) => {
    requireCapability(c.var.actor, 'settings.manage');
    return c.json(await listCalendars(context), 200);
  });
  router.openapi(load, async (c) => {
    const draft = await loadCalendarYear(context, c.var.actor, c.req.valid('json'));
    const { described: year, replaces, problems, warnings, token, saved } = draft;
    return c.json({ year, replaces, problems, warnings, token, saved }, 200);
  });
  return router;
}
