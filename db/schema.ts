import type { Kit } from './kit.ts';
import { defineAccess } from './schema/access.ts';
import { defineAudit } from './schema/audit.ts';
import { defineCases } from './schema/cases.ts';
import { defineDirectory } from './schema/directory.ts';
import { defineEvidence } from './schema/evidence.ts';
import { defineHotlineCare } from './schema/hotline-care.ts';
import { defineLeadCare } from './schema/lead-care.ts';
import { defineLeadHistory } from './schema/lead-history.ts';
import { defineLeadRepeats } from './schema/lead-repeats.ts';
import { defineLeads } from './schema/leads.ts';
import { defineListReview } from './schema/list-review.ts';
import { definePlaces } from './schema/places.ts';
import { definePublication } from './schema/publication.ts';
import { defineSiteCare } from './schema/site-care.ts';
import { defineStatistics } from './schema/statistics.ts';

/** All tables, in the columns of one dialect. */
export function defineSchema(kit: Kit) {
  const leads = defineLeads(kit);
  return {
    ...definePlaces(kit),
    ...defineDirectory(kit),
    ...defineAccess(kit),
    ...defineHotlineCare(kit),
    ...definePublication(kit),
    ...defineListReview(kit),
    ...defineSiteCare(kit),
    ...defineCases(kit),
    ...leads,
    ...defineLeadHistory(kit, leads),
    ...defineEvidence(kit, leads),
    ...defineLeadRepeats(kit, leads),
    ...defineLeadCare(kit),
    ...defineStatistics(kit, leads),
    ...defineAudit(kit),
  };
}
export type Schema = ReturnType<typeof defineSchema>;
