import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { ALL_STATES } from '#rules/lifecycle-states.ts';
import { cleanText } from '#rules/text.ts';
import { PROBLEM_TYPES, codesOf } from '#rules/vocabulary.ts';
import { openLead, readLeadAfterStep } from '#services/lead-view.ts';
import { listLeads } from '#services/leads.ts';
import { openReporterOf } from '#services/reporter-access.ts';
import { pullUp, takeStep } from '#services/transitions.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import { LeadBody } from './staff-lead-schemas.ts';
import { QueueBody } from './staff-queue-schemas.ts';

const reference = z
  .string()
  .max(40)
  .transform((text) => text.toUpperCase());
const params = z.object({ reference });

const flag = z
  .enum(['1'])
  .transform(() => true)
  .optional();
const QueueParameters = z.object({
  state: z.enum(['open', ...ALL_STATES], '没有这个状态').optional(),
  place: z.string().max(20).optional(),
  problem: z.enum(codesOf(PROBLEM_TYPES), '没有这种问题').optional(),
  body: z.string().max(60).optional(),
  due: z.enum(['overdue', 'soon'], '没有这种期限').optional(),
  supervised: flag,
  repeated: flag,
  mine: flag,
  spam: flag,
  sample: flag,
  order: z.enum(['due', 'received'], '没有这种排列').optional(),
  after: z.string().max(80).optional(),
});

const queue = createRoute({
  method: 'get',
  path: '/api/staff/leads',
  request: { query: QueueParameters },
  responses: {
    200: jsonResponse('What the person signed in may see, those due first first', QueueBody),
    401: errorResponse('Not signed in'),
    403: errorResponse('No post that reads leads'),
  },
});

const open = createRoute({
  method: 'get',
  path: '/api/staff/leads/{reference}',
  request: { params },
  responses: {
    200: jsonResponse('The opened lead with the steps open to the reader', LeadBody),
    401: errorResponse('Not signed in'),
    404: errorResponse('There is no such lead, or not for this person'),
  },
});

const StepBody = z
  .strictObject({
    event: z.string().max(40).optional(),
    to: z.string().max(40).optional(),
    from: z.string('写明看到时的状态').max(40),
    fields: z.record(z.string().max(40), z.unknown()).default({}),
  })
  .refine((body) => body.event !== undefined || body.to !== undefined, {
    message: '写明要办理的事项',
    path: ['event'],
  })
  .openapi('LeadStep');

const step = createRoute({
  method: 'post',
  path: '/api/staff/leads/{reference}/transitions',
  request: { params, ...jsonBody(StepBody) },
  responses: {
    200: jsonResponse(
      'Done, proposed or approved; `lead` is null where it left the person’s sight',
      z.strictObject({
        event: z.string(),
        kind: z.enum(['do', 'propose', 'approve']),
        lead: LeadBody.nullable(),
      }),
    ),
    401: errorResponse('Not signed in'),
    403: errorResponse('Another role or another person has to do it'),
    404: errorResponse('There is no such lead, or not for this person'),
    409: errorResponse('The lead has moved on, or something must be done first'),
    422: errorResponse('A message for each field'),
  },
});

const pullingUp = createRoute({
  method: 'post',
  path: '/api/staff/leads/{reference}/pull-up',
  request: {
    params,
    ...jsonBody(z.strictObject({ fields: z.record(z.string().max(40), z.unknown()) })),
  },
  responses: {
    204: { description: 'Taken over by a body above that held it in reserve' },
    401: errorResponse('Not signed in'),
    404: errorResponse('No body of this person holds such a lead in reserve'),
    409: errorResponse('Somebody acted at the same time'),
    422: errorResponse('A message for each field'),
  },
});

const ReasonBody = z.strictObject({
  reason: z
    .string('写明为什么要查看')
    .transform((text) => cleanText(text).trim())
    .refine((text) => text.length >= 2, '写明为什么要查看')
    .refine((text) => text.length <= 500, '理由最多500个字'),
});

const reporter = createRoute({
  method: 'post',
  path: '/api/staff/leads/{reference}/reporter',
  request: { params, ...jsonBody(ReasonBody) },
  responses: {
    200: jsonResponse(
      'Who complained, as far as it was told',
      z.strictObject({
        name: z.string().nullable(),
        contact: z.string().nullable(),
        /** A second person was asked and has to agree first. */
        waiting: z.boolean(),
      }),
    ),
    401: errorResponse('Not signed in'),
    403: errorResponse('Not for this role or body'),
    404: errorResponse('There is no such lead, or not for this person'),
    422: errorResponse('A reason is missing'),
  },
});

/** The queue, the lead, its steps, and who complained. */
export function staffLeadRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use('/api/staff/leads', requireActor(context));
  router.use('/api/staff/leads/*', requireActor(context));
  return router
    .openapi(queue, async (c) => {
      const found = await listLeads(context, c.var.actor, c.req.valid('query'));
      return c.json(found, 200);
    })
    .openapi(open, async (c) =>
      c.json(await openLead(context, c.var.actor, c.req.valid('param').reference), 200),
    )
    .openapi(step, async (c) => {
      const input = { ...c.req.valid('json'), ...c.req.valid('param') };
      const taken = await takeStep(context, c.var.actor, input);
      const lead = await readLeadAfterStep(context, c.var.actor, input.reference);
      return c.json({ ...taken, lead }, 200);
    })
    .openapi(pullingUp, async (c) => {
      await pullUp(context, c.var.actor, { ...c.req.valid('json'), ...c.req.valid('param') });
      return c.body(null, 204);
    })
    .openapi(reporter, async (c) => {
      const { reason } = c.req.valid('json');
      const { reference: wanted } = c.req.valid('param');
      return c.json(await openReporterOf(context, c.var.actor, wanted, reason), 200);
    });
}
