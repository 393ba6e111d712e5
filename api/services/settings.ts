import { z } from 'zod';
import { readSettings } from '#db/queries/settings.ts';
import type { Reader } from '#db/store.ts';
import { MASK_STYLES } from '#rules/masking.ts';
import { codesOf } from '#rules/vocabulary.ts';

/** What the county says of itself and how it wants things done; every key with its default. */
export const Settings = z.object({
  /** 示范区 */
  county_name: z.string().min(1).max(60),
  /** 示范区民政局 */
  bureau_name: z.string().min(1).max(60),
  /** Shows 演示数据 on every page. */
  demo: z.enum(['0', '1']).default('0'),
  /** Who confirms grants: decides where appeals go. */
  confirmed_by: z.enum(['county', 'township']).default('county'),
  /** Style of masked names. */
  name_mask: z.enum(codesOf(MASK_STYLES)).default('keep-length'),
  /** Registration lines of the footer; empty ones are not shown. */
  icp_number: z.string().max(60).default(''),
  police_number: z.string().max(60).default(''),
  site_code: z.string().max(60).default(''),
});
export type Settings = z.infer<typeof Settings>;

export async function loadSettings(db: Reader): Promise<Settings> {
  return Settings.parse(await readSettings(db));
}
