import { z } from 'zod';
import { hasPrivateNumber } from './private-numbers.ts';
import { CASE_SOURCES } from './public-cases.ts';
import { civilDate, code, provenance, text } from './public-fields.ts';
import { codesOf } from './vocabulary.ts';

/** Exposed cases as they may enter `DATA_DIR/public`: what was done wrong and what followed, for a term. */

/** Paragraphs without a number of a citizen. */
const paragraphs = z
  .string()
  .min(1)
  .max(4000)
  .refine((words) => !hasPrivateNumber(words), 'private number');

const facts = {
  case: code,
  title: text.refine((words) => !hasPrivateNumber(words), 'private number'),
  /** Who hands the case to the public. */
  publisher: text,
  placeCode: code.nullable(),
  caseOn: civilDate,
  source: z.enum(codesOf(CASE_SOURCES)),
  publishedOn: civilDate,
  /** The first day on which it no longer stands on the site. */
  endsOn: civilDate,
};

const CaseSummary = z.strictObject(facts);
export type CaseSummary = z.infer<typeof CaseSummary>;
/** The newest first. */
export const CasesFile = z.strictObject({ ...provenance, cases: z.array(CaseSummary) });
export const CaseFile = z.strictObject({
  ...provenance,
  ...facts,
  happened: paragraphs,
  handling: paragraphs,
});
