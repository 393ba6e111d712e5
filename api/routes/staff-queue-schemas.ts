import { z } from '@hono/zod-openapi';
import { civilDate, status } from './staff-lead-schemas.ts';

const QueueItem = z.strictObject({
  reference: z.string(),
  status,
  statusLabel: z.string(),
  publicStatus: z.string(),
  class: z.string().nullable(),
  mode: z.string().nullable(),
  placeCode: z.string().nullable(),
  placeName: z.string().nullable(),
  problemTypes: z.array(z.string()),
  receivedOn: civilDate,
  dueOn: civilDate.nullable(),
  overdue: z.boolean(),
  bodyCode: z.string(),
  bodyName: z.string(),
  secrecy: z.string(),
  supervised: z.boolean(),
  major: z.boolean(),
  repeats: z.number(),
  unassigned: z.boolean(),
});

export const QueueBody = z
  .strictObject({
    items: z.array(QueueItem),
    total: z.number(),
    /** There are more than were counted. */
    isMore: z.boolean(),
    next: z.string().optional(),
  })
  .openapi('LeadQueue');

export type QueueBody = z.infer<typeof QueueBody>;

export const SearchBody = z
  .strictObject({ items: z.array(QueueItem), searched: z.number(), isMore: z.boolean() })
  .openapi('LeadSearch');
