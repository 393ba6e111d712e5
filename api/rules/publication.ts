import { z } from 'zod';
import { AID_TYPES, AREA_TYPES, BODY_KINDS, PLACE_LEVELS, codesOf } from './vocabulary.ts';

/**
 * The airlock: the only shapes that may enter `DATA_DIR/public`. Every object is strict, so a column that
 * is not on the list stops the export. Nothing here may hold a full name, an ID digit, a phone of a person,
 * an address below the village, a cause or a grade (政府信息公开条例 art. 15, 审核确认办法 art. 24).
 */

const code = z.string().regex(/^[A-Za-z0-9-]{1,40}$/);
const text = z.string().min(1).max(200);
const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const month = z.string().regex(/^\d{4}-\d{2}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();
const aidType = z.enum(codesOf(AID_TYPES));
const areaType = z.enum(codesOf(AREA_TYPES));

/** Who answers for a page, on what basis, and when it last changed. Stands on every page. */
const provenance = {
  publisher: text,
  legalBasis: z.array(text).min(1),
  updatedOn: civilDate,
};

const SiteFile = z.strictObject({
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
});

export const PlaceEntry = z.strictObject({
  code,
  name: text,
  level: z.enum(codesOf(PLACE_LEVELS)),
  parentCode: code.nullable(),
});
const PlacesFile = z.strictObject({ ...provenance, places: z.array(PlaceEntry) });

const BodyEntry = z.strictObject({
  code,
  name: text,
  kind: z.enum(codesOf(BODY_KINDS)),
  placeCode: code,
});
/** Bodies a complaint may name. */
const BodiesFile = z.strictObject({ bodies: z.array(BodyEntry) });

const StandardEntry = z.strictObject({
  aidType,
  areaType,
  /** Per person and month. */
  amountCents: count,
  effectiveFrom: civilDate,
  documentNumber: text,
});
const StandardsFile = z.strictObject({ ...provenance, items: z.array(StandardEntry) });

const HotlineEntry = z.strictObject({
  placeCode: code,
  unit: text,
  level: z.enum(['district', 'town']),
  phones: z.array(z.string().regex(/^[0-9-]{3,20}$/)).min(1),
  contact: z.string().max(100),
  hours: z.string().max(200),
});
const HotlinesFile = z.strictObject({ ...provenance, items: z.array(HotlineEntry) });

/** A text staff edit: Markdown without HTML. */
export const TextFile = z.strictObject({
  ...provenance,
  slug: code,
  title: text,
  markdown: z.string().min(1).max(60_000),
});
const TextIndexFile = z.strictObject({
  texts: z.array(
    z.strictObject({ slug: code, title: text, section: z.enum(['procedure', 'site']) }),
  ),
});

export const ListRow = z.strictObject({
  /** Serial number within the page, not stable across months. */
  no: z.number().int().positive(),
  maskedName: z
    .string()
    .min(1)
    .max(60)
    .refine((name) => name.includes('*'), 'not masked'),
  /** Persons aided. */
  members: z.number().int().positive(),
  amountCents: count,
  since: month,
});
export const VillageList = z.strictObject({
  ...provenance,
  aidType,
  period: month,
  batch: code,
  /** SHA-256 over salt and rows; anyone who has the page can recompute it. */
  batchHash: hash,
  batchSalt: z.string().min(16).max(64),
  rows: z.array(ListRow),
});
const VillageFile = z.strictObject({ code, lists: z.array(VillageList) });

export const AidCount = z.strictObject({
  aidType,
  period: month,
  /** Households and persons aided, those not shown by name included. */
  households: count,
  persons: count,
  /** Of listed rows only; at county level of all. */
  amountCents: count,
});
/** Counts of a township (per aid type) or of the county, and of what lies directly below. */
const CountsFile = z.strictObject({
  ...provenance,
  code,
  totals: z.array(AidCount),
  children: z.array(z.strictObject({ code, totals: z.array(AidCount) })),
});

/** Last link of the audit chain, so that a copy kept by anyone shows later tampering. */
export const HeadFile = z.strictObject({ seq: count, hash, onDate: civilDate });

/** Every kind of public file: where it stands below `public/` and what it may hold. */
export const PUBLIC_FILES = {
  site: { path: () => 'site.json', schema: SiteFile },
  places: { path: () => 'places.json', schema: PlacesFile },
  bodies: { path: () => 'bodies.json', schema: BodiesFile },
  standards: { path: () => 'standards.json', schema: StandardsFile },
  hotlines: { path: () => 'hotlines.json', schema: HotlinesFile },
  texts: { path: () => 'texts/index.json', schema: TextIndexFile },
  text: { path: (slug: string) => `texts/${slug}.json`, schema: TextFile },
  counts: { path: (placeCode: string) => `counts/${placeCode}.json`, schema: CountsFile },
  village: { path: (placeCode: string) => `villages/${placeCode}.json`, schema: VillageFile },
  head: { path: () => 'head.json', schema: HeadFile },
} as const;
export type PublicFileKind = keyof typeof PUBLIC_FILES;
export type PublicFile<K extends PublicFileKind> = z.infer<(typeof PUBLIC_FILES)[K]['schema']>;
export type ListRow = z.infer<typeof ListRow>;
export type VillageList = z.infer<typeof VillageList>;
export type PlaceEntry = z.infer<typeof PlaceEntry>;
export type AidCount = z.infer<typeof AidCount>;

/**
 * Reads one public file; null where it does not exist (a village without a list).
 * This is all the site knows of the world.
 */
export type PublicReader = <K extends PublicFileKind>(
  kind: K,
  code?: string,
) => Promise<PublicFile<K> | null>;
