import { z } from 'zod';
import { readSettings } from '#db/queries/settings.ts';
import type { Reader } from '#db/store.ts';
import { USUAL_DUE_DAY } from '#rules/case-months.ts';
import { CASE_TERMS, USUAL_TERM } from '#rules/public-cases.ts';
import { LIST_KINDS, NOTICE_UNITS } from '#rules/list-kinds.ts';
import type { NoticeKind } from '#rules/list-kinds.ts';
import { MASK_STYLES } from '#rules/masking.ts';
import { isNoticeLength } from '#rules/notice-plan.ts';
import type { NoticeDefaults } from '#rules/notice-plan.ts';
import { COUNTS_ONLY_OFF, isCountsOnlyBelow } from '#rules/small-villages.ts';
import { codesOf } from '#rules/vocabulary.ts';

/** Days that a kind of notice runs unless the uploader says otherwise. */
const noticeDays = (kind: NoticeKind) =>
  z
    .string()
    .regex(/^\d{1,2}$/)
    .refine((days) => isNoticeLength(Number(days)))
    .default(String(LIST_KINDS[kind].days));

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
  notice_days_review: noticeDays('REVIEW_NOTICE'),
  notice_days_confirm: noticeDays('CONFIRMATION_NOTICE'),
  notice_days_repeat: noticeDays('REPEAT_NOTICE'),
  /** Whether the days of notices are calendar or working days. */
  notice_unit: z.enum(codesOf(NOTICE_UNITS)).default('calendar'),
  /** Names on the sheets for village boards; the web is masked either way. */
  board_names: z.enum(['masked', 'full']).default('masked'),
  /** A village list with fewer households shows counts only; 0: never. See rules/small-villages. */
  small_village_threshold: z
    .string()
    .regex(/^\d{1,2}$/)
    .refine((value) => isCountsOnlyBelow(Number(value)))
    .default(String(COUNTS_ONLY_OFF)),
  /** Day of the following month by which bodies hand in their cases; see rules/case-months. */
  case_due_day: z
    .string()
    .regex(/^([1-9]|1\d|2[0-8])$/)
    .default(String(USUAL_DUE_DAY)),
  /** Months that a case stands on the site, unless its authors choose otherwise. */
  case_months: z.enum(CASE_TERMS.map(String)).default(String(USUAL_TERM)),
  /** JSON of what full names on boards rest on (services/board-settings); empty while they are masked. */
  board_names_basis: z.string().max(2000).default(''),
  /** Registration lines of the footer; empty ones are not shown. */
  icp_number: z.string().max(60).default(''),
  police_number: z.string().max(60).default(''),
  site_code: z.string().max(60).default(''),
  /** 承办单位, where another body than the bureau runs the site. */
  operator_name: z.string().max(60).default(''),
  /** Address of 政府网站找错, as the office that runs it gave it. */
  fault_report_url: z
    .string()
    .max(300)
    .regex(/^(https:\/\/zfwzzc\.www\.gov\.cn\/\S+)?$/)
    .default(''),
});
export type Settings = z.infer<typeof Settings>;

export async function loadSettings(db: Reader): Promise<Settings> {
  return Settings.parse(await readSettings(db));
}

/** By itself: the export must not stop at another setting that cannot be read. */
export async function readSmallVillageThreshold(db: Reader): Promise<number> {
  const { small_village_threshold: stored } = await readSettings(db);
  return Number(Settings.shape.small_village_threshold.parse(stored));
}

/** When bodies hand in cases, and how long one stands on the site. */
export async function readCaseSettings(db: Reader): Promise<{ dueDay: number; months: number }> {
  const stored = await readSettings(db);
  const { case_due_day: dueDay, case_months: months } = Settings.shape;
  return {
    dueDay: Number(dueDay.parse(stored['case_due_day'])),
    months: Number(months.parse(stored['case_months'])),
  };
}

/** How long notices run in this county. */
export function readNoticeDefaults(settings: Settings): NoticeDefaults {
  return {
    days: {
      REVIEW_NOTICE: Number(settings.notice_days_review),
      CONFIRMATION_NOTICE: Number(settings.notice_days_confirm),
      REPEAT_NOTICE: Number(settings.notice_days_repeat),
    },
    unit: settings.notice_unit,
  };
}
