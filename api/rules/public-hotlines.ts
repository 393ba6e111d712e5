import { z } from 'zod';
import { CALL_VERDICTS } from './hotline-tests.ts';
import { civilDate, code, provenance, text } from './public-fields.ts';
import { codesOf } from './vocabulary.ts';

const phone = z.string().regex(/^[0-9-]{3,20}$/);

/** The last test call that counts, of each number that had one. Who called and why stays inside. */
const LastTest = z.strictObject({
  phone,
  testedOn: civilDate,
  verdict: z.enum(codesOf(CALL_VERDICTS)),
  /** Until somebody answered; null where nobody did. */
  seconds: z.number().int().nonnegative().nullable(),
  /** Made by a body outside the county's own. */
  isOutside: z.boolean(),
});
/** A line of a duty roster; both dates count. */
const DutyLine = z.strictObject({
  placeCode: code,
  /** The first number of the hotline. */
  phone,
  from: civilDate,
  to: civilDate,
  hours: z.string().max(100),
  who: text,
});

/**
 * How hotlines are kept: apart from the numbers themselves, which stand on every page, so that a test call
 * renders one page anew.
 */
export const HotlineCareFile = z.strictObject({
  ...provenance,
  tests: z.array(LastTest),
  duty: z.array(DutyLine),
});
export type LastTest = z.infer<typeof LastTest>;
export type DutyLine = z.infer<typeof DutyLine>;
