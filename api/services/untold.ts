import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findLeadByLookup } from '#db/queries/complaints.ts';
import { isVoidCode } from '#db/queries/lead-codes.ts';
import { answerOf, listOf } from '#rules/complaint-answers.ts';
import { QUESTIONS } from '#rules/complaint-questions.ts';
import { needsRecording } from '#rules/complaint-steps.ts';
import type { FormState } from '#rules/complaint-steps.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import { hasRecording } from './evidence.ts';

/**
 * Nothing was written of what happened, and no recording tells it. Remarks on when, who and how much are no
 * such words, though they stand in the complaint's text beside files.
 */
export async function isUntold(context: Context, { answers }: FormState): Promise<boolean> {
  return needsRecording(answers) && !(await hasRecording(context, listOf(answers, 'evidence')));
}

/** As `refuseUntold`, save where the complaint is here already: it has taken its files. */
export async function refuseUntoldUnlessFiled(context: Context, state: FormState): Promise<void> {
  if (!(await isUntold(context, state))) return;
  const { db, secrets } = context;
  const { lookup } = await deriveCodeKeys(secrets, answerOf(state.answers, 'queryCode'));
  const isFiled = (await findLeadByLookup(db, lookup)) || (await isVoidCode(db, lookup));
  if (!isFiled) throw untold();
}

/** Throws `invalid-input` for the page of the files. */
export async function refuseUntold(context: Context, state: FormState): Promise<void> {
  if (await isUntold(context, state)) throw untold();
}

function untold(): CodedError {
  return new CodedError('invalid-input', { evidence: QUESTIONS.evidence.missing });
}
