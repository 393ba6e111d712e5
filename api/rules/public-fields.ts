import { z } from 'zod';
import { AID_TYPES, AREA_TYPES, codesOf } from './vocabulary.ts';

/** Fields that the public files share. */

export const code = z.string().regex(/^[A-Za-z0-9-]{1,40}$/);
export const text = z.string().min(1).max(200);
export const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const month = z.string().regex(/^\d{4}-\d{2}$/);
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const count = z.number().int().nonnegative();
export const aidType = z.enum(codesOf(AID_TYPES));
export const areaType = z.enum(codesOf(AREA_TYPES));

/** Who answers for a page, on what basis, and when it last changed. Stands on every page. */
export const provenance = {
  publisher: text,
  legalBasis: z.array(text).min(1),
  updatedOn: civilDate,
};
/** Epoch milliseconds. */
export const instant = z.number().int().positive();
