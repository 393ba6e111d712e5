import { z } from 'zod';
import {
  PETITION_CLASSES,
  PROBLEM_TYPES,
  REPORTER_MODES,
  SOURCES,
  SUBJECT_ROLES,
  codesOf,
} from '#rules/vocabulary.ts';
import { openJson, sealPaddedJson } from '#sealing/age.ts';

/**
 * All that was said in a complaint, sealed to the lead's content identity. Of a sealed lead this is the
 * only place where class, place, problems and accused stand.
 */
export const LeadContent = z.strictObject({
  source: z.enum(codesOf(SOURCES)),
  class: z.enum(codesOf(PETITION_CLASSES)),
  mode: z.enum(codesOf(REPORTER_MODES)),
  placeCode: z.string(),
  problemTypes: z.array(z.enum(codesOf(PROBLEM_TYPES))),
  subjects: z.array(
    z.strictObject({
      role: z.enum(codesOf(SUBJECT_ROLES)),
      bodyCode: z.string().nullable(),
      name: z.string().nullable(),
    }),
  ),
  text: z.string(),
  noticeId: z.string().nullable(),
  noticeRow: z.number().int().nullable(),
});
export type LeadContent = z.infer<typeof LeadContent>;

/** Who complained, sealed to the lead's reporter identity; none where nothing was left. */
export const ReporterContent = z.strictObject({
  name: z.string().nullable(),
  contact: z.string().nullable(),
});
export type ReporterContent = z.infer<typeof ReporterContent>;

/** Sealed in a sealed lead where nothing was left: that it is missing would tell an anonymous complaint. */
export const NO_REPORTER: ReporterContent = { name: null, contact: null };

/** Class, place and a name or two make a few hundred bytes: they do not show in the length. */
const PADDED_TO = 1024;

export async function sealContent(recipient: string, content: LeadContent): Promise<Buffer> {
  return sealPaddedJson([recipient], content, PADDED_TO);
}

export async function openContent(identity: string, sealed: Uint8Array): Promise<LeadContent> {
  return LeadContent.parse(await openJson(identity, sealed));
}

export async function sealReporter(recipient: string, reporter: ReporterContent): Promise<Buffer> {
  return sealPaddedJson([recipient], reporter, PADDED_TO);
}

export async function openReporter(identity: string, sealed: Uint8Array): Promise<ReporterContent> {
  return ReporterContent.parse(await openJson(identity, sealed));
}
