import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  insertCase,
  insertCaseMonth,
  listCaseFacts,
  moveCase,
  readFirstDay,
} from '#db/queries/cases.ts';
import type { StoredCase } from '#db/queries/cases.ts';
import { listPlacesOn } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';
import type { CaseDraft, CaseText } from '#rules/case-draft.ts';
import { listCaseMonths } from '#rules/case-months.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { CASE_STEPS } from '#rules/public-cases.ts';
import { appendAudit } from './audit.ts';
import { authorsOf, findCase, isAnswer, readCaseReach } from './case-access.ts';
import { cleanCaseText, locateCaseSpots, refusePersonalData } from './case-check.ts';
import { requireStep } from './case-steps.ts';
import type { CaseSeen } from './case-steps.ts';
import { openCaseTexts, sealCaseText } from './case-text.ts';
import { findVisibleLead } from './lead-access.ts';

/**
 * Begins a case at one of the actor's bodies. Nothing is stored in which a number of a citizen stands, and the
 * words are sealed to the body and its reviewers. Throws `not-allowed`, `personal-data`, `invalid-input`.
 */
export async function createCase(
  context: Context,
  actor: Actor,
  { bodyCode, month, text }: CaseDraft,
): Promise<string> {
  const { db, secrets } = context;
  const now = context.now();
  const today = civilDateOf(now);
  await requireMonth(context, actor, bodyCode, month);
  const clean = await prepareText(context, actor, text, null);
  const id = randomUUID();
  const added: StoredCase = {
    ...NEW,
    ...(await sealCaseText(db, bodyCode, today, clean)),
    id,
    bodyCode,
    month,
    authors: actor.personId,
    createdOn: today,
  };
  await db.transaction(async (tx) => {
    await insertCase(tx, added);
    await appendAudit(tx, secrets, now, {
      action: 'case.create',
      subjectKind: 'case',
      subjectId: id,
      personId: actor.personId,
      bodyCode,
      fields: { month },
    });
  });
  return id;
}

/** Other words for a case that nobody approves now. Throws as `createCase` and `takeCaseStep`. */
export async function editCase(
  context: Context,
  actor: Actor,
  id: string,
  { seen, text }: { seen: CaseSeen; text: CaseText },
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const { found, reach } = await findCase(context, actor, id);
  requireStep('edit', found, reach.reachOf(found.bodyCode), actor.personId, seen);
  const before = await openCaseTexts(db, actor).openText(found);
  const clean = await prepareText(context, actor, text, before);
  const sealed = await sealCaseText(db, found.bodyCode, civilDateOf(now), clean);
  const authors = [...new Set([...authorsOf(found), actor.personId])].join(' ');
  await db.transaction(async (tx) => {
    const change = { ...sealed, authors, status: CASE_STEPS.edit.to };
    if (!(await moveCase(tx, found, change))) throw new CodedError('state-changed');
    await appendAudit(tx, secrets, now, {
      action: 'case.edit',
      subjectKind: 'case',
      subjectId: id,
      personId: actor.personId,
      bodyCode: found.bodyCode,
    });
  });
}

/** Says that a body had no case in a month. Throws `not-allowed`, `not-now` where it handed one in. */
export async function reportNoCase(
  context: Context,
  actor: Actor,
  { bodyCode, month }: Pick<CaseDraft, 'bodyCode' | 'month'>,
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  await requireMonth(context, actor, bodyCode, month);
  await db.transaction(async (tx) => {
    const facts = await listCaseFacts(tx, [month]);
    if (facts.some((each) => each.bodyCode === bodyCode && isAnswer(each))) {
      throw new CodedError('not-now', {}, '这个月已经报送过案例，不能再填“本月无”。');
    }
    const said = { bodyCode, month, byPersonId: actor.personId, onDate: civilDateOf(now) };
    if (!(await insertCaseMonth(tx, said))) throw new CodedError('state-changed');
    await appendAudit(tx, secrets, now, {
      action: 'case.report-none',
      subjectKind: 'body',
      subjectId: bodyCode,
      personId: actor.personId,
      bodyCode,
      fields: { month },
    });
  });
}

/** The months that can be answered, the newest first. */
export async function readCaseMonths(db: Reader, now: number): Promise<string[]> {
  const today = civilDateOf(now);
  return listCaseMonths(today, (await readFirstDay(db)) ?? today);
}

async function requireMonth(
  { db, now }: Context,
  actor: Actor,
  bodyCode: string,
  month: string,
): Promise<void> {
  const { reachOf } = await readCaseReach(db, actor);
  if (!reachOf(bodyCode).writes) throw new CodedError('not-allowed');
  if (!(await readCaseMonths(db, now())).includes(month)) {
    throw new CodedError('invalid-input', { month: '选择表里的月份。' });
  }
}

/** What the form cannot know: whether the place exists, the day has come and the lead is theirs to name. */
async function prepareText(
  context: Context,
  actor: Actor,
  typed: CaseText,
  before: CaseText | null,
): Promise<CaseText> {
  const { db } = context;
  const today = civilDateOf(context.now());
  const text = cleanCaseText(typed);
  if (text.caseOn > today) {
    throw new CodedError('invalid-input', { caseOn: '处理日期不能晚于今天。' });
  }
  const places = text.placeCode === null ? [] : await listPlacesOn(db, today);
  if (text.placeCode !== null && !places.some(({ code }) => code === text.placeCode)) {
    throw new CodedError('invalid-input', { placeCode: '选择现有的地方。' });
  }
  refusePersonalData(await locateCaseSpots(db, text));
  return { ...text, lead: await chooseLead(context, actor, text.lead, before?.lead ?? null) };
}

/** The reference as it is kept: one that the actor may not see stays as it was, for the form hid it. */
async function chooseLead(
  context: Context,
  actor: Actor,
  typed: string | null,
  before: string | null,
): Promise<string | null> {
  const wanted = typed?.trim().toUpperCase();
  if (wanted) {
    const lead = await readVisibleReference(context, actor, wanted);
    if (lead) return lead;
    throw new CodedError('invalid-input', { lead: '没有找到这件线索，或者您无权查看。' });
  }
  return before && !(await readVisibleReference(context, actor, before)) ? before : null;
}

/** The reference of a lead that the actor may know of; null for any other, and for none. */
export async function readVisibleReference(
  context: Context,
  actor: Actor,
  reference: string,
): Promise<string | null> {
  try {
    return (await findVisibleLead(context, actor, reference)).lead.reference;
  } catch (error) {
    if (error instanceof CodedError) return null;
    throw error;
  }
}

const NEW = {
  status: 'draft',
  revision: 1,
  sealedNote: null,
  noteKeyIds: '',
  submittedOn: null,
  decidedBy: null,
  decidedOn: null,
  checks: '',
  words: null,
  publishedOn: null,
  endsOn: null,
  withdrawnBy: null,
  withdrawnOn: null,
  withdrawReason: null,
  reviewedBy: null,
  reviewedOn: null,
} as const satisfies Partial<StoredCase>;
