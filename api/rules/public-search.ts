import { z } from 'zod';
import { code, text } from './public-fields.ts';
import { SEARCH_KINDS } from './search-kinds.ts';
import { codesOf } from './vocabulary.ts';

/** What the search of the public site knows: places and what the county says, never a person. */

/**
 * A county or township and the places directly below it; `/places/<code>/` is the page of each. Codes stand
 * apart from names and without what they have in common: together they would take twice as many bytes.
 */
const SearchArea = z
  .strictObject({
    code,
    name: text,
    /** With each of `codes`, the code of a place. */
    prefix: z.string().regex(/^[A-Za-z0-9-]{0,40}$/),
    codes: z.array(z.string().regex(/^[A-Za-z0-9-]{0,40}$/)),
    names: z.array(text),
  })
  .refine(({ codes, names }) => codes.length === names.length, 'codes without names');

export const SearchFile = z.strictObject({
  /** Han characters of all names and titles with their readings, separated by spaces. */
  readings: z.record(
    z.string().regex(/^\p{Script=Han}$/u),
    z.string().regex(/^[a-z]{1,6}( [a-z]{1,6})*$/),
  ),
  areas: z.array(SearchArea),
  entries: z.array(
    z.strictObject({
      kind: z.enum(codesOf(SEARCH_KINDS)),
      title: text,
      href: z.string().regex(/^\/[\w\-/]*(#[\w-]+)?$/),
      /** A number or amount to be recognised by: a telephone, 680.00元. */
      note: z.string().max(200),
    }),
  ),
});
export type SearchFile = z.infer<typeof SearchFile>;
