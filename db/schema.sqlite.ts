import { sqliteKit } from './kit.ts';
import { defineSchema } from './schema.ts';

const tables = defineSchema(sqliteKit);
// drizzle-kit finds tables among a module's exports.
export const {
  place,
  placeAlias,
  body,
  formerName,
  setting,
  standard,
  hotline,
  pageText,
  person,
  post,
  account,
  session,
  bodyKey,
  bodyKeyGrant,
  batch,
  batchProblem,
  listRow,
  sealedFile,
  protectedHousehold,
  nameHash,
  publication,
  lead,
  leadProblem,
  leadSubject,
  leadExclusion,
  leadGrant,
  leadWorker,
  leadEvent,
  leadMessage,
  leadDeadline,
  usedProof,
  auditEntry,
} = tables;
