import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { deleteCaseMonth, moveCase } from '#db/queries/cases.ts';
import type { StoredCase } from '#db/queries/cases.ts';
import type { CaseText } from '#rules/case-draft.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import {
  CASE_CHECKS,
  CASE_REASONS,
  CASE_STATES,
  caseStepOf,
  endOfTerm,
  isCaseStepOpen,
} from '#rules/public-cases.ts';
import type { CaseCheck, CaseReason, CaseState, CaseStep } from '#rules/public-cases.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { appendAudit } from './audit.ts';
import { allowsStep, authorsOf, findCase, isOwnWork } from './case-access.ts';
import type { CaseReach } from './case-access.ts';
import { createCaseCheck, refusePersonalData } from './case-check.ts';
import { openCaseTexts, sealCaseNote } from './case-text.ts';
import { requireIdentity } from './list-keys.ts';
import { publishSoon } from './publish-in-background.ts';

/** The case as the person saw it who takes a step. */
export type CaseSeen = { from: CaseState; revision: number };
export type CaseStepInput = {
  seen: CaseSeen;
  note?: string | undefined;
  reason?: CaseReason | undefined;
  checks?: readonly CaseCheck[] | undefined;
};
type Change = Partial<Omit<StoredCase, 'id' | 'revision' | 'bodyCode'>>;
type Task = { context: Context; actor: Actor; found: StoredCase; today: string } & CaseStepInput;

/**
 * Takes a step of the table (rules/public-cases): one transaction, conditional on what the person saw, one
 * audit entry. What leaves the site is published without it at once. Throws `not-found`, `not-allowed`,
 * `own-approval`, `state-changed`, `not-now`, `invalid-input`, `personal-data`.
 */
export async function takeCaseStep(
  context: Context,
  actor: Actor,
  id: string,
  step: Exclude<CaseStep, 'edit'>,
  input: CaseStepInput,
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const { found, reach } = await findCase(context, actor, id);
  requireStep(step, found, reach.reachOf(found.bodyCode), actor.personId, input.seen);
  const task = { context, actor, found, today: civilDateOf(now), ...input };
  const { change, fields } = await prepare(step, task);
  const { to } = caseStepOf(step);
  await db.transaction(async (tx) => {
    if (!(await moveCase(tx, found, { ...change, status: to }))) {
      throw new CodedError('state-changed');
    }
    if (CASE_STATES[to].answers) await deleteCaseMonth(tx, found.bodyCode, found.month);
    await appendAudit(tx, secrets, now, {
      action: `case.${step}`,
      subjectKind: 'case',
      subjectId: id,
      personId: actor.personId,
      bodyCode: found.bodyCode,
      fields,
    });
  });
  if (CASE_STATES[found.status].isPublic && !CASE_STATES[to].isPublic) {
    void publishSoon(context, actor.personId);
  }
}

/** Throws unless the table has the step from what the person saw, and it is theirs to take. */
export function requireStep(
  step: CaseStep,
  found: StoredCase,
  reach: CaseReach,
  personId: string,
  { from, revision }: CaseSeen,
): void {
  if (!allowsStep(step, reach)) throw new CodedError('not-allowed');
  if (found.status !== from || found.revision !== revision) throw new CodedError('state-changed');
  if (!isCaseStepOpen(step, found.status)) throw new CodedError('not-now');
  if (isOwnWork(step, found, personId)) throw new CodedError('own-approval');
}

type Prepared = { change: Change; fields: object };
/** What each step writes; a step that only moves the case writes nothing. */
const PREPARE: Partial<Record<CaseStep, (task: Task) => Promise<Prepared> | Prepared>> = {
  'hand-in': handIn,
  discard: () => ({ change: { sealed: null, sealedNote: null, keyIds: '' }, fields: {} }),
  return: giveBack,
  approve,
  withdraw,
  confirm: ({ actor, today }) => ({
    change: { reviewedBy: actor.personId, reviewedOn: today },
    fields: {},
  }),
  restore,
};

function prepare(step: CaseStep, task: Task): Promise<Prepared> | Prepared {
  return PREPARE[step]?.(task) ?? { change: {}, fields: {} };
}

function handIn({ actor, found, today }: Task): Prepared {
  const authors = [...new Set([...authorsOf(found), actor.personId])].join(' ');
  return { change: { submittedOn: today, authors }, fields: {} };
}

async function giveBack({ context, actor, found, today, note = '' }: Task): Promise<Prepared> {
  if (note.trim() === '') throw new CodedError('invalid-input', { note: '写明要改什么。' });
  const sealed = await sealCaseNote(context.db, found.bodyCode, today, note);
  return { change: { ...sealed, decidedBy: actor.personId, decidedOn: today }, fields: { note } };
}

async function approve(task: Task): Promise<Prepared> {
  const { actor, today, checks = [] } = task;
  const wanted = codesOf(CASE_CHECKS);
  if (!wanted.every((check) => checks.includes(check))) {
    throw new CodedError('invalid-input', { checks: '逐项核对并勾选，才能通过。' });
  }
  const text = await openForPublic(task);
  const change = {
    words: wordsOf(text),
    checks: wanted.join(' '),
    decidedBy: actor.personId,
    decidedOn: today,
    publishedOn: today,
    endsOn: endOfTerm(today, text.months),
    sealedNote: null,
  };
  return { change, fields: { checks: wanted, months: text.months } };
}

function withdraw({ actor, today, reason }: Task): Prepared {
  if (!reason || !(reason in CASE_REASONS)) {
    throw new CodedError('invalid-input', { reason: '选择撤下的原因。' });
  }
  const by = { withdrawnBy: actor.personId, withdrawnOn: today, withdrawReason: reason };
  return { change: { ...by, words: null, reviewedBy: null, reviewedOn: null }, fields: { reason } };
}

async function restore(task: Task): Promise<Prepared> {
  const { actor, found, today } = task;
  if (found.endsOn === null || found.endsOn <= today) {
    throw new CodedError('not-now', {}, '公布期限已经过了，不再恢复。');
  }
  const words = wordsOf(await openForPublic(task));
  return { change: { words, reviewedBy: actor.personId, reviewedOn: today }, fields: {} };
}

/** The words, once nothing in them is found that may not be public. */
async function openForPublic({ context, actor, found }: Task): Promise<CaseText> {
  const text = await openCaseTexts(context.db, actor).openText(found);
  if (!text) {
    requireIdentity(null);
    throw new CodedError('not-now');
  }
  const check = await createCaseCheck(context);
  refusePersonalData(check.locate(text));
  if (check.refusesCase(text)) throw new CodedError('personal-data');
  return text;
}

/** What the public may read, as it is kept while the case stands; never the lead. */
function wordsOf({ title, happened, handling, placeCode, caseOn, source }: CaseText): string {
  return JSON.stringify({ title, happened, handling, placeCode, caseOn, source });
}
