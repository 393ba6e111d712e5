import type { Context } from '#api/context.ts';
import { readBatch } from '#db/queries/batches.ts';
import { listStaff } from '#db/queries/complaints.ts';
import { mentionedStaff } from '#rules/recusal.ts';
import type { LeadContent } from './lead-content.ts';
import { findRelatedStaff } from './relative-names.ts';

type Told = Pick<LeadContent, 'subjects' | 'text' | 'noticeId'>;

/**
 * Staff who should not know of a complaint though nobody accuses them in so many words: near relatives of
 * an accused or of the reporter by the register, whoever the text names (accused, witness, who knows), and
 * of an objection those who uploaded or approved the list. Guesses: they may not leave nobody to receive it.
 */
export async function findPersonsNear(
  { db, secrets }: Context,
  { subjects, text, noticeId }: Told,
  reporterName: string | null,
): Promise<string[]> {
  const named = [...subjects, { name: reporterName, bodyCode: null }];
  const related = await findRelatedStaff(db, secrets, named);
  const inText = mentionedStaff([{ name: text }], await listStaff(db));
  const notice = noticeId ? await readBatch(db, noticeId) : null;
  const ofList = notice ? [notice.uploadedBy, notice.decidedBy] : [];
  return [...new Set([...related, ...inText, ...ofList.flatMap((person) => person ?? [])])];
}
