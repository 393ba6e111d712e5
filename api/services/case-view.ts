import type { Actor, Context } from '#api/context.ts';
import { listCaseFacts, listCaseMonths, listCases } from '#db/queries/cases.ts';
import type { StoredCase } from '#db/queries/cases.ts';
import { readPersonNames } from '#db/queries/lead-details.ts';
import { readPlace } from '#db/queries/places.ts';
import { ANSWERING } from '#rules/public-cases.ts';
import type { CaseReason } from '#rules/public-cases.ts';
import { answerOf, caseDueOn } from '#rules/case-months.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { findCase, isAnswer, isOwnWork, listOpenSteps, readCaseReach } from './case-access.ts';
import { createCaseCheck, locateCaseSpots } from './case-check.ts';
import { openCaseTexts } from './case-text.ts';
import { readCaseMonths, readVisibleReference } from './cases.ts';
import { readCaseSettings } from './settings.ts';

/** Months beside each other in the table of answers. */
const MONTHS_SHOWN = 3;

/** Who has answered for the last months, and the cases within reach; of one month where it is asked for. */
export async function listCasesFor(
  context: Context,
  actor: Actor,
  { month, titles }: { month?: string | undefined; titles?: 'none' | undefined },
) {
  const { db } = context;
  const now = context.now();
  const reach = await readCaseReach(db, actor);
  const bodies = [...reach.bodies.values()];
  const codes = bodies.map(({ code }) => code);
  const seen = (await listCases(db, codes, { month })).filter(reach.sees);
  const { openText } = openCaseTexts(db, actor);
  const items = [];
  for (const each of seen) {
    const { id, bodyCode, status, createdOn, submittedOn, decidedOn, endsOn } = each;
    const steps = listOpenSteps(each, reach.reachOf(bodyCode), actor.personId);
    const dates = { createdOn, submittedOn, decidedOn, endsOn };
    const title = titles ? null : ((await openText(each))?.title ?? null);
    const body = reach.bodies.get(bodyCode)?.name ?? bodyCode;
    items.push({ id, title, body, bodyCode, month: each.month, status, ...dates, steps });
  }
  const months = await readCaseMonths(db, now);
  const from = month === undefined ? 0 : Math.max(0, months.indexOf(month));
  return {
    items,
    months,
    answers: await listAnswers(context, reach, months.slice(from, from + MONTHS_SHOWN)),
    writes: bodies
      .filter(({ code, validTo }) => validTo === null && reach.reachOf(code).writes)
      .map(({ code, name }) => ({ code, name })),
  };
}
type Reach = Awaited<ReturnType<typeof readCaseReach>>;

/** How each body that answers stands to each month: those the actor writes for or reviews. */
async function listAnswers({ db, now }: Context, reach: Reach, months: string[]) {
  const today = civilDateOf(now());
  const { dueDay } = await readCaseSettings(db);
  const facts = (await listCaseFacts(db, months)).filter(isAnswer);
  const none = await listCaseMonths(db, months);
  const answering = [...reach.bodies.values()].filter(({ code, kind, validTo }) => {
    const { writes, reviews } = reach.reachOf(code);
    return validTo === null && ANSWERING.includes(kind) && (writes || reviews);
  });
  const bodies = answering.map(({ code, name, validFrom }) => {
    // A body owes nothing for the months before it began.
    const owed = months.filter((month) => month >= validFrom.slice(0, 7));
    const said = owed.map((month) => {
      const isOf = (each: { bodyCode: string; month: string }) =>
        each.bodyCode === code && each.month === month;
      const cases = facts.filter(isOf).length;
      const isNone = none.some(isOf);
      return { month, cases, answer: answerOf({ cases, isNone }, { month, dueDay, today }) };
    });
    return { code, name, mayAnswer: reach.reachOf(code).writes, months: said };
  });
  return { months: months.map((month) => ({ month, dueOn: caseDueOn(month, dueDay) })), bodies };
}

/** A case, its spots and what this person may do; the words are null without a key. Throws `not-found`. */
export async function readCaseView(context: Context, actor: Actor, id: string) {
  const { db } = context;
  const { found, reach } = await findCase(context, actor, id);
  const { openText, openNote } = openCaseTexts(db, actor);
  const text = await openText(found);
  const own = reach.reachOf(found.bodyCode);
  const steps = listOpenSteps(found, own, actor.personId);
  const decides = steps.includes('approve') || steps.includes('restore');
  const locate = async (words: NonNullable<typeof text>) =>
    decides ? (await createCaseCheck(context)).locate(words) : locateCaseSpots(db, words);
  const names = await readPersonNames(db);
  const nameOf = (person: string | null) => (person ? (names.get(person) ?? null) : null);
  const lead = text?.lead ? await readVisibleReference(context, actor, text.lead) : null;
  return {
    id,
    revision: found.revision,
    status: found.status,
    month: found.month,
    bodyCode: found.bodyCode,
    body: reach.bodies.get(found.bodyCode)?.name ?? found.bodyCode,
    text: text && { ...text, lead },
    place: text?.placeCode ? ((await readPlace(db, text.placeCode))?.name ?? null) : null,
    spots: text && (await locate(text)),
    note: await openNote(found),
    ...datesOf(found),
    authors: found.authors.split(' ').flatMap((person) => nameOf(person) ?? []),
    decidedBy: nameOf(found.decidedBy),
    withdrawnBy: nameOf(found.withdrawnBy),
    withdrawReason: found.withdrawReason as CaseReason | null,
    reviewedBy: nameOf(found.reviewedBy),
    steps,
    /** A step is open to a second person only, and this one is the first. */
    isOwn:
      (own.reviews && isOwnWork('approve', found, actor.personId)) ||
      isOwnWork('confirm', found, actor.personId),
  };
}

function datesOf(found: StoredCase) {
  const { createdOn, submittedOn, decidedOn, publishedOn, endsOn, withdrawnOn, reviewedOn } = found;
  return { createdOn, submittedOn, decidedOn, publishedOn, endsOn, withdrawnOn, reviewedOn };
}
