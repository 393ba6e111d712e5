import type { z } from 'zod';
import { CaseFile, CasesFile } from './public-case-files.ts';
import {
  BodiesFile,
  FormerPlacesFile,
  HeadFile,
  HotlinesFile,
  PlacesFile,
  SiteFile,
  StandardsFile,
  TextFile,
  TextIndexFile,
} from './public-directory.ts';
import { HotlineCareFile } from './public-hotlines.ts';
import {
  ContactsFile,
  CorrectionsFile,
  CountsFile,
  HealthFile,
  NoticeFile,
  NoticesFile,
  VillageFile,
} from './public-lists.ts';
import { SearchFile } from './public-search.ts';
import { StatisticsFile } from './public-statistics.ts';

/**
 * The airlock: the only shapes that may enter `DATA_DIR/public`. Every object is strict, so a column that
 * is not on the list stops the export. Nothing here may hold a full name, an ID digit, a phone of a person,
 * an address below the village, a cause or a grade (政府信息公开条例 art. 15, 审核确认办法 art. 24).
 */

/** Every kind of public file: where it stands below `public/` and what it may hold. */
export const PUBLIC_FILES = {
  site: { path: () => 'site.json', schema: SiteFile },
  places: { path: () => 'places.json', schema: PlacesFile },
  formerPlaces: { path: () => 'former-places.json', schema: FormerPlacesFile },
  bodies: { path: () => 'bodies.json', schema: BodiesFile },
  standards: { path: () => 'standards.json', schema: StandardsFile },
  hotlines: { path: () => 'hotlines.json', schema: HotlinesFile },
  hotlineCare: { path: () => 'hotline-care.json', schema: HotlineCareFile },
  texts: { path: () => 'texts/index.json', schema: TextIndexFile },
  text: { path: (slug: string) => `texts/${slug}.json`, schema: TextFile },
  counts: { path: (placeCode: string) => `counts/${placeCode}.json`, schema: CountsFile },
  village: { path: (placeCode: string) => `villages/${placeCode}.json`, schema: VillageFile },
  notices: { path: () => 'notices/index.json', schema: NoticesFile },
  notice: { path: (id: string) => `notices/${id}.json`, schema: NoticeFile },
  corrections: { path: () => 'corrections.json', schema: CorrectionsFile },
  statistics: { path: () => 'statistics.json', schema: StatisticsFile },
  health: { path: () => 'health.json', schema: HealthFile },
  contacts: { path: (townCode: string) => `contacts/${townCode}.json`, schema: ContactsFile },
  cases: { path: () => 'cases/index.json', schema: CasesFile },
  case: { path: (id: string) => `cases/${id}.json`, schema: CaseFile },
  search: { path: () => 'search.json', schema: SearchFile },
  head: { path: () => 'head.json', schema: HeadFile },
} as const;
export type PublicFileKind = keyof typeof PUBLIC_FILES;
export type PublicFile<K extends PublicFileKind> = z.infer<(typeof PUBLIC_FILES)[K]['schema']>;

/**
 * Reads one public file; null where it does not exist (a village without a list).
 * This is all the site knows of the world.
 */
export type PublicReader = <K extends PublicFileKind>(
  kind: K,
  code?: string,
) => Promise<PublicFile<K> | null>;
