import { z } from 'zod';
import { listEvents } from '#db/queries/lead-events.ts';
import type { LeadEvent } from '#db/queries/lead-events.ts';
import type { Reader } from '#db/store.ts';
import { openJson } from '#sealing/age.ts';

const EventFields = z.record(z.string(), z.unknown());
export type EventFields = z.infer<typeof EventFields>;

/** An event with what was typed; null where nothing was, or where the reader's bodies hold no key. */
export type OpenedEvent = Omit<LeadEvent, 'sealed'> & { fields: EventFields | null };

/** All events of a lead in order, opened with its content identities by epoch. */
export async function openTimeline(
  db: Reader,
  leadId: string,
  identities: Map<number, string>,
): Promise<OpenedEvent[]> {
  const opened: OpenedEvent[] = [];
  for (const { sealed, ...event } of await listEvents(db, leadId)) {
    const identity = identities.get(event.epoch);
    const fields = sealed && identity ? await openFields(identity, sealed) : null;
    opened.push({ ...event, fields });
  }
  return opened;
}

export async function openFields(identity: string, sealed: Uint8Array): Promise<EventFields> {
  return EventFields.parse(await openJson(identity, sealed));
}
