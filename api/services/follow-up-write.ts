import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findLastMessage, insertMessage, listMessages } from '#db/queries/complaints.ts';
import { insertRating } from '#db/queries/statistics.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { NOT_NOW, wordsOfWish } from '#rules/follow-up.ts';
import type { Rating, Wish } from '#rules/follow-up.ts';
import { describeUploads, openUploads, sealEvidence, takeUploads } from './evidence.ts';
import { openByCode } from './follow-up-code.ts';
import { hasOpenQuestion, isRepeated } from './follow-up-messages.ts';
import { findAsking, readTerms, ruleForWish, ruleForWriting } from './follow-up-rules.ts';
import { listParts } from './lead-family.ts';
import { sealMessage } from './lead-keys.ts';
import { prepareTakeIn, writeTakeIn } from './take-in.ts';
import { prepareUnattended, readPlainFacts, writeUnattended } from './unattended-step.ts';

/**
 * An answer where a question is open, on the lead or a part of it, else a supplement. The same text as the
 * last one again (a double click, a reload) changes nothing. Throws `code-mistyped`, `code-unknown`, `evidence-gone` and
 * `state-changed`.
 */
export async function writeToStaff(
  context: Context,
  input: {
    queryCode: string;
    text: string;
    wish?: Wish | undefined;
    rating?: Rating | undefined;
    evidence?: string[] | undefined;
  },
): Promise<void> {
  const { lead, identities } = await openByCode(context, input.queryCode);
  const { db } = context;
  const parts = await listParts(db, lead.id);
  const { wish } = input;
  const uploadIds = [...new Set(input.evidence ?? [])];
  const said = wordsOfWish(wish, input.text, input.rating);
  const text = said || `补充附件${uploadIds.length}个。`;
  const target = (wish ? null : await findAsking(db, lead, parts)) ?? lead;
  const rows = await listMessages(db, target.id);
  const now = context.now();
  const today = civilDateOf(now);
  for (const { id } of [lead, ...parts]) {
    const last = (await listMessages(db, id)).at(-1);
    // A second reminder says the same; on the same day it is the same.
    const isToday = wish !== 'remind' || last?.onDate === today;
    const isSaid = isToday && (await isRepeated(last, identities, text));
    if (isSaid && (await describeUploads(context, uploadIds)).length === 0) return;
  }
  const facts = await readPlainFacts(db, target);
  const rule = wish
    ? ruleForWish(facts, await readTerms(context, lead), wish)
    : ruleForWriting(facts);
  if (!rule) throw new CodedError('state-changed', {}, NOT_NOW[wish ?? 'write']);
  const isAnswer = hasOpenQuestion(rows) || rule.effects?.includes('post-answer');
  const kind = isAnswer && !wish ? 'answer' : 'supplement';
  const files = await openUploads(context, uploadIds);
  const sealed = await sealMessage(target, text);
  const step = await prepareUnattended(db, target, facts, rule);
  const { contentRecipient } = target;
  const at = { origin: 'supplement', onDate: today } as const;
  const taken = await sealEvidence(files, { contentRecipient, epoch: step.epoch }, at);
  const passed = await prepareTakeIn(db, lead, text, { files, onDate: today });
  await db.transaction(async (tx) => {
    if ((await findLastMessage(tx, target.id)) !== (rows.at(-1)?.seq ?? 0)) {
      throw new CodedError('state-changed', {}, '刚有新的消息，这次写的没有发出，看过以后再发送。');
    }
    const { epoch } = step;
    await takeUploads(tx, target.id, taken);
    await insertMessage(tx, { leadId: target.id, kind, onDate: today, epoch, sealed });
    await writeUnattended(tx, context, step, now, { fields: { kind }, dateOnly: true });
    if (input.rating && lead.secrecy !== 'sealed') {
      await insertRating(tx, { leadId: lead.id, rating: input.rating, onDate: today });
    }
    if (passed) await writeTakeIn(tx, passed, today);
  });
}
