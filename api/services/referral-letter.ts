import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listHotlines } from '#db/queries/hotlines.ts';
import { readPersonNames } from '#db/queries/lead-details.ts';
import { findReferral } from '#db/queries/referrals.ts';
import type { Referral } from '#db/queries/referrals.ts';
import { letterLines, writeLetter } from '#rules/referral-letter.ts';
import type { Letter, LetterFacts } from '#rules/referral-letter.ts';
import { isUnanswered, referralStateOf } from '#rules/referral.ts';
import { hasCapability } from '#rules/roles.ts';
import { isDiscipline } from '#rules/subjects.ts';
import { isRecipient, sealPieces } from '#sealing/age.ts';
import { appendAudit } from './audit.ts';
import { bodyNameOn } from './bodies.ts';
import { loadCase } from './lead-case.ts';
import type { LeadCase } from './lead-case.ts';
import { openReporterOf } from './reporter-access.ts';

type Opened = {
  referral: Referral;
  leadCase: LeadCase;
  facts: LetterFacts;
  mayNameReporter: boolean;
};

/**
 * Opens a letter to read or print; each opening is in the audit log. `reason`: with who complained, for a
 * discipline organ only. Throws `not-found` as for a letter that does not exist, `not-allowed`, and `not-now`
 * where a second person has to agree first.
 */
export async function openLetter(
  context: Context,
  actor: Actor,
  id: string,
  reason: string | null,
) {
  const opened = await readLetter(context, actor, id);
  const letter = await finishLetter(context, opened, reason, 'lead.referral-letter');
  const { referral, leadCase, mayNameReporter } = opened;
  const { number, sentOn, receivedOn, returnedOn, feedbackOn, remindOn, reminders } = referral;
  return {
    letter,
    referral: {
      id,
      number,
      reference: leadCase.lead.reference,
      sentOn,
      receivedOn,
      returnedOn,
      feedbackOn,
      remindOn,
      reminders,
      state: referralStateOf(referral),
      overdue: isUnanswered(referral, leadCase.day),
    },
    outside: referral.toBody === null,
    mayNameReporter,
  };
}

/**
 * The letter as an age file that only the receiver's own key opens; nothing of it touches the disk. Throws
 * as `openLetter`, and `invalid-input` where the recipient is none.
 */
export async function sealLetter(
  context: Context,
  actor: Actor,
  id: string,
  { recipient, reason }: { recipient: string; reason: string | null },
): Promise<{ name: string; content: ReadableStream<Uint8Array> }> {
  const opened = await readLetter(context, actor, id);
  if (opened.referral.toBody !== null) {
    throw new CodedError('not-now', {}, '接收机关在本系统内，登录就能看到，不用加密文件。');
  }
  if (!isRecipient(recipient)) {
    throw new CodedError('invalid-input', {
      recipient: '公钥不对：要以 age1 开头，从接收机关给您的原文里整行复制',
    });
  }
  const letter = await finishLetter(context, opened, reason, 'lead.referral-file', { recipient });
  return {
    name: `移交函-${opened.referral.number}.txt.age`,
    content: Readable.toWeb(Readable.from(sealPieces(recipient, linesOf(letterLines(letter))))),
  };
}

async function readLetter(context: Context, actor: Actor, id: string): Promise<Opened> {
  const { db } = context;
  const found = await findReferral(db, id);
  // No letter, no reference: then no lead is found, with the same work.
  const leadCase = await loadCase(context, actor, found?.reference ?? '');
  if (!found) throw new CodedError('not-found');
  const { referral } = found;
  const event = leadCase.events.find(({ seq }) => seq === referral.seq);
  if (!event?.fields || !leadCase.content) {
    throw new CodedError('not-allowed', {}, '您的单位没有这件线索的密钥，不能打开移交函。');
  }
  const { outside, outsideKind, summary, materials, cadres } = event.fields;
  const bodies = await listBodies(db);
  const sender = bodies.find(({ code }) => code === referral.fromBody);
  const hotline = (await listHotlines(db)).find(
    ({ placeCode, unit }) => placeCode === sender?.placeCode && unit === sender.name,
  );
  const toDiscipline = referral.toBody
    ? isDiscipline(referral.toBody, bodies)
    : outsideKind === 'DISCIPLINE';
  const names = await readPersonNames(db);
  const anonymous = leadCase.facts.mode === 'ANONYMOUS';
  const facts: LetterFacts = {
    number: referral.number,
    reference: found.reference,
    from: (await nameOf(context, referral.fromBody, referral.sentOn)) ?? referral.fromBody,
    to: referral.toBody
      ? ((await nameOf(context, referral.toBody, referral.sentOn)) ?? referral.toBody)
      : textOf(outside),
    toDiscipline,
    sentOn: referral.sentOn,
    remindOn: referral.remindOn,
    summary: textOf(summary),
    materials: textOf(materials),
    cadres: Number(cadres),
    anonymous,
    contactName: names.get(event.personId ?? '') ?? '',
    contactPhone: hotline?.phone ?? '',
    text: leadCase.content.text,
    reporter: null,
  };
  const mayNameReporter =
    toDiscipline && !anonymous && hasCapability(leadCase.roles, 'reporter.open');
  return { referral, leadCase, facts, mayNameReporter };
}

async function finishLetter(
  context: Context,
  { referral, leadCase, facts, mayNameReporter }: Opened,
  reason: string | null,
  action: string,
  extra: Record<string, string> = {},
): Promise<Letter> {
  const { actor, lead, roles } = leadCase;
  if (reason !== null && !mayNameReporter) {
    throw new CodedError('not-allowed', {}, '只有给纪检监察机关的移交函可以附反映人身份。');
  }
  const reporter =
    reason === null ? null : await openReporterOf(context, actor, lead.reference, reason);
  if (reporter?.waiting) {
    throw new CodedError('not-now', {}, '已经申请查看反映人身份，另一位人员同意后再来打开这一份。');
  }
  await context.db.transaction(async (tx) => {
    await appendAudit(tx, context.secrets, context.now(), {
      action,
      subjectKind: 'lead',
      subjectId: lead.id,
      personId: actor.personId,
      bodyCode: actor.posts.find((post) => roles.includes(post.role))?.bodyCode ?? null,
      fields: { referral: referral.id, withReporter: reporter !== null, ...extra },
    });
  });
  return writeLetter({ ...facts, reporter });
}

async function nameOf({ db }: Context, bodyCode: string, on: string): Promise<string | null> {
  return bodyNameOn(db, bodyCode, on);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** With a byte order mark and CRLF, so that the editors of old machines show it as it is. */
async function* linesOf(lines: readonly string[]): AsyncGenerator<Buffer> {
  let mark = '\uFEFF';
  for (const line of lines) {
    yield Buffer.from(`${mark}${line}\r\n`);
    mark = '';
  }
}
