import type { Kit } from './kit.ts';
import { defineAccess } from './schema/access.ts';
import { defineAudit } from './schema/audit.ts';
import { defineLeads } from './schema/leads.ts';
import { definePlaces } from './schema/places.ts';
import { definePublication } from './schema/publication.ts';

/** All tables, in the columns of one dialect. */
export function defineSchema(kit: Kit) {
  return {
    ...definePlaces(kit),
    ...defineAccess(kit),
    ...definePublication(kit),
    ...defineLeads(kit),
    ...defineAudit(kit),
  };
}
export type Schema = ReturnType<typeof defineSchema>;
