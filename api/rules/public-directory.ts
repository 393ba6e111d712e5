import { z } from 'zod';
import { TEXT_SECTIONS } from './page-texts.ts';
import {
  aidType,
  areaType,
  civilDate,
  code,
  count,
  hash,
  provenance,
  text,
} from './public-fields.ts';
import { BODY_KINDS, PLACE_LEVELS, codesOf } from './vocabulary.ts';

/** What the county says of itself, its places and its rules, as it may enter `DATA_DIR/public`. */

export const SiteFile = z.strictObject({
  countyCode: code,
  /** 示范区 */
  countyName: text,
  /** 示范区民政局 */
  bureauName: text,
  demo: z.boolean(),
  /** Without a trailing slash; null until PUBLIC_URL is set. */
  publicUrl: z.string().nullable(),
  /** Registration lines of the footer; empty ones are not shown. */
  icpNumber: z.string().max(60),
  policeNumber: z.string().max(60),
  siteCode: z.string().max(60),
  operatorName: z.string().max(60),
  faultReportUrl: z.string().max(300),
});

export const PlaceEntry = z.strictObject({
  code,
  name: text,
  level: z.enum(codesOf(PLACE_LEVELS)),
  parentCode: code.nullable(),
});
export const PlacesFile = z.strictObject({ ...provenance, places: z.array(PlaceEntry) });

/** Places merged into another, which old addresses and boards still name. */
export const FormerPlacesFile = z.strictObject({
  places: z.array(z.strictObject({ code, name: text, endedOn: civilDate, successorCode: code })),
});

const BodyEntry = z.strictObject({
  code,
  name: text,
  kind: z.enum(codesOf(BODY_KINDS)),
  placeCode: code,
});
/** Bodies a complaint may name. */
export const BodiesFile = z.strictObject({ bodies: z.array(BodyEntry) });

const StandardEntry = z.strictObject({
  aidType,
  areaType,
  /** Per person and month. */
  amountCents: count,
  effectiveFrom: civilDate,
  documentNumber: text,
});
export const StandardsFile = z.strictObject({ ...provenance, items: z.array(StandardEntry) });

const HotlineEntry = z.strictObject({
  placeCode: code,
  unit: text,
  level: z.enum(['district', 'town']),
  phones: z.array(z.string().regex(/^[0-9-]{3,20}$/)).min(1),
  contact: z.string().max(100),
  hours: z.string().max(200),
});
export const HotlinesFile = z.strictObject({ ...provenance, items: z.array(HotlineEntry) });

/** Empty where there is no such day. */
const maybeDate = civilDate.or(z.literal(''));
/** A text staff edit: Markdown without HTML. */
export const TextFile = z.strictObject({
  ...provenance,
  slug: code,
  title: text,
  markdown: z.string().min(1).max(60_000),
  /** What stands at its top: 办理时限, 收费; Markdown in a line. */
  overview: z.array(
    z.strictObject({ label: z.string().min(1).max(40), text: z.string().min(1).max(400) }),
  ),
  /** Of a policy: what document it is. Null of other texts. */
  document: z
    .strictObject({
      issuer: text,
      documentNumber: z.string().max(200),
      issuedOn: maybeDate,
      effectiveFrom: civilDate,
      endedOn: maybeDate,
      sourceUrl: z
        .string()
        .max(300)
        .regex(/^(https?:\/\/\S+)?$/),
    })
    .nullable(),
});
export const TextIndexFile = z.strictObject({
  texts: z.array(
    z.strictObject({
      slug: code,
      title: text,
      section: z.enum(codesOf(TEXT_SECTIONS)),
      /** Null: the portal began with it. */
      addedOn: civilDate.nullable(),
      documentNumber: z.string().max(200),
      effectiveFrom: maybeDate,
      endedOn: maybeDate,
    }),
  ),
});

/** Last link of the audit chain, so that a copy kept by anyone shows later tampering. */
export const HeadFile = z.strictObject({ seq: count, hash, onDate: civilDate });
export type PlaceEntry = z.infer<typeof PlaceEntry>;
