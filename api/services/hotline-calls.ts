import { randomUUID } from 'node:crypto';
import type { Actor, ActorPost, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import type { Hotline } from '#db/queries/hotlines.ts';
import { insertTestCall, readTestCall, setCallAside } from '#db/queries/test-calls.ts';
import type { TestCall } from '#db/queries/test-calls.ts';
import { isWorkday } from '#rules/calendar.ts';
import { civilDateOf, daysBetween, isDate, startOfDay, weekdayOf } from '#rules/civil-date.ts';
import { isWithinHours } from '#rules/hotline-hours.ts';
import { CALL_OUTCOMES, RECORD_WITHIN_DAYS, judgeCall } from '#rules/hotline-tests.ts';
import type { CallOutcome, CallVerdict } from '#rules/hotline-tests.ts';
import { appendAudit } from './audit.ts';
import { loadCalendars } from './calendars.ts';
import { findHotline } from './hotline-access.ts';
import { publishSoon } from './publish-in-background.ts';

export type CallInput = {
  phone: string;
  calledOn: string;
  /** 09:30 */
  calledAt: string;
  outcome: CallOutcome;
  seconds: number | null;
  /** Asked for where the published hours cannot be understood. */
  inHours: boolean | null;
  /** The outside body that called; empty: the actor. */
  outsideBody: string;
  remark: string;
};

/** Records a call that tried a published number. Throws `own-hotline` for people of the unit tested. */
export async function recordCall(
  context: Context,
  actor: Actor,
  { id, input }: { id: string; input: CallInput },
): Promise<{ id: string; verdict: CallVerdict }> {
  const { hotline, post, isOwn } = await findTestable(context, actor, id);
  const call = await toCall(context, actor, { hotline, post, isOwn, input });
  await context.db.transaction(async (tx) => {
    await insertTestCall(tx, call);
    await appendAudit(tx, context.secrets, context.now(), factOf('hotline.test', actor, call));
  });
  void publishSoon(context, actor.personId, 'directory');
  return { id: call.id, verdict: call.verdict };
}

/** Puts a record right: the old one stays, marked. Throws `state-changed` where it was set aside already. */
export async function correctCall(
  context: Context,
  actor: Actor,
  { id, reason, input }: { id: string; reason: string; input: CallInput },
): Promise<{ id: string; verdict: CallVerdict }> {
  const { old, ...found } = await findCall(context, actor, id);
  const made = await toCall(context, actor, { ...found, input, phones: [old.phone] });
  const call = { ...made, correctsId: old.id };
  await context.db.transaction(async (tx) => {
    const isDone = await setCallAside(tx, id, { status: 'corrected', reason });
    if (!isDone) throw new CodedError('state-changed');
    await insertTestCall(tx, call);
    const fact = factOf('hotline.correct-test', actor, call);
    await appendAudit(tx, context.secrets, context.now(), fact);
  });
  void publishSoon(context, actor.personId, 'directory');
  return { id: call.id, verdict: call.verdict };
}

/** Takes a record back that should not exist; it stays, marked. */
export async function cancelCall(
  context: Context,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const { old } = await findCall(context, actor, id);
  await context.db.transaction(async (tx) => {
    const isDone = await setCallAside(tx, id, { status: 'cancelled', reason });
    if (!isDone) throw new CodedError('state-changed');
    const fact = factOf('hotline.cancel-test', actor, old);
    await appendAudit(tx, context.secrets, context.now(), fact);
  });
  void publishSoon(context, actor.personId, 'directory');
}

async function findTestable(context: Context, actor: Actor, id: string) {
  const { reach, hotline } = await findHotline(context, actor, id);
  const post = reach.testPost(hotline);
  if (!post) throw new CodedError('not-allowed');
  if (reach.testingOf(hotline) === 'refused') throw new CodedError('own-hotline');
  return { hotline, post, isOwn: reach.isOwn(hotline) };
}

async function findCall(context: Context, actor: Actor, id: string) {
  const old = await readTestCall(context.db, id);
  if (!old) throw new CodedError('not-found');
  return { old, ...(await findTestable(context, actor, old.hotlineId)) };
}

type Draft = {
  hotline: Hotline;
  post: ActorPost;
  isOwn: boolean;
  input: CallInput;
  /** Numbers it had, besides those it has. */
  phones?: string[];
};

async function toCall(
  { db, now }: Context,
  actor: Actor,
  { hotline, post, isOwn, input, phones = [] }: Draft,
): Promise<TestCall> {
  const { phone, outcome, calledOn, outsideBody, remark } = input;
  const numbers = [hotline.phone, hotline.secondPhone, ...phones].filter(Boolean);
  if (!numbers.includes(phone)) refuse('phone', '选择拨打的号码。');
  const minute = readMinute(input, now());
  const seconds = CALL_OUTCOMES[outcome].answered ? input.seconds : null;
  if (CALL_OUTCOMES[outcome].answered && seconds === null) {
    refuse('seconds', '填写响铃多少秒后接通，例如 12。');
  }
  const { workday } = isWorkday(calledOn, await loadCalendars(db));
  const day = { weekday: weekdayOf(calledOn), isWorkday: workday };
  const inHours = isWithinHours(hotline.hours, day, minute) ?? input.inHours;
  if (inHours === null) {
    return refuse('inHours', '选择拨打时是不是在公布的接听时间内。');
  }
  return {
    id: randomUUID(),
    hotlineId: hotline.id,
    phone,
    calledAt: startOfDay(calledOn) + minute * 60_000,
    outcome,
    seconds,
    inHours: inHours ? 1 : 0,
    verdict: judgeCall({ outcome, seconds, inHours }),
    outsideBody,
    ownUnit: isOwn && outsideBody === '' ? 1 : 0,
    remark,
    byPersonId: actor.personId,
    byBodyCode: post.bodyCode,
    recordedAt: now(),
    status: 'valid',
    correctsId: null,
    reason: '',
  };
}

/** Minutes from midnight; refuses a moment that lies ahead or too far back. */
function readMinute({ calledOn, calledAt }: CallInput, now: number): number {
  if (!isDate(calledOn)) refuse('calledOn', '填写拨打的日期，例如2026-11-20。');
  const [, hour = '', minute = ''] = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/.exec(calledAt) ?? [];
  if (hour === '') refuse('calledAt', '填写拨打的时间，例如9:30。');
  const minutes = Number(hour) * 60 + Number(minute);
  const moment = startOfDay(calledOn) + minutes * 60_000;
  if (moment > now) refuse('calledOn', '拨打时间不能晚于现在。');
  if (daysBetween(calledOn, civilDateOf(now)) > RECORD_WITHIN_DAYS) {
    refuse('calledOn', `只能补登记${RECORD_WITHIN_DAYS}天以内的拨测。`);
  }
  return minutes;
}

function refuse(field: string, message: string): never {
  throw new CodedError('invalid-input', { [field]: message });
}

function factOf(action: string, actor: Actor, call: TestCall) {
  const { id, hotlineId, calledAt, verdict } = call;
  return {
    action,
    subjectKind: 'hotline',
    subjectId: hotlineId,
    personId: actor.personId,
    bodyCode: call.byBodyCode,
    fields: { id, calledAt, verdict },
  };
}
