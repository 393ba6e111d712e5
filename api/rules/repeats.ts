import { normaliseName } from './recusal.ts';
import type { PetitionClass, ProblemCode, ReporterMode, SubjectRole } from './vocabulary.ts';

/**
 * When two leads may speak of the same matter (初件、重件). A person confirms it; every reporter is answered
 * all the same.
 */

export const REPEAT_KINDS = {
  reporter: '同一反映人反映同类问题',
  accused: '反映同一单位或人员的同类问题',
  notice: '对同一份公示的同一户有异议',
} as const;
export type RepeatKind = keyof typeof REPEAT_KINDS;

type Told = {
  class: PetitionClass;
  mode: ReporterMode;
  problemTypes: readonly ProblemCode[];
  subjects: readonly { role: SubjectRole; bodyCode: string | null; name: string | null }[];
  noticeId: string | null;
  noticeRow: number | null;
  /** The place and those it lies in, the nearest first. */
  placePath: readonly string[];
};

/** What is hashed: a kind and the words that have to agree. */
export type RepeatMark = { kind: RepeatKind; words: string[] };

/** Leads that share one of these marks may be the same. Who wished to be nobody is not recognised. */
export function marksOf(
  told: Told,
  reporter: { name: string | null; contact: string | null } | null,
): RepeatMark[] {
  const [place = ''] = told.placePath;
  const town = told.placePath.at(-2) ?? place;
  const isKnown = told.mode !== 'ANONYMOUS';
  const contact = isKnown ? plainContact(reporter?.contact ?? '') : '';
  const name = isKnown ? normaliseName(reporter?.name ?? '') : '';
  const marks: RepeatMark[] = told.problemTypes.flatMap((problem) => [
    ...(contact ? [mark('reporter', 'contact', contact, town, problem)] : []),
    ...(name ? [mark('reporter', 'name', name, place, problem)] : []),
    ...told.subjects.flatMap(({ role, bodyCode, name: accused }) => {
      const called = normaliseName(accused ?? '');
      if (called) return mark('accused', 'name', called, town, problem);
      // A role alone is half the county.
      return bodyCode ? mark('accused', 'body', bodyCode, role, place, problem) : [];
    }),
  ]);
  const { noticeId, noticeRow } = told;
  if (noticeId) marks.push(mark('notice', noticeId, String(noticeRow ?? ''), place));
  return marks;
}

function mark(kind: RepeatKind, ...words: string[]): RepeatMark {
  return { kind, words };
}

/** For comparing only: 138 0000-0000 and 13800000000 are one. */
function plainContact(contact: string): string {
  return contact
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}@.]/gu, '');
}
