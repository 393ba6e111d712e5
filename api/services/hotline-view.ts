import type { Actor, Context } from '#api/context.ts';
import { listDutiesFrom, listDutiesOf } from '#db/queries/hotline-duty.ts';
import { listHotlines } from '#db/queries/hotlines.ts';
import type { Hotline } from '#db/queries/hotlines.ts';
import { readPersonNames } from '#db/queries/lead-details.ts';
import { listAreasOn } from '#db/queries/places.ts';
import { listCallsOf, listValidCalls } from '#db/queries/test-calls.ts';
import type { TestCall } from '#db/queries/test-calls.ts';
import { civilDateOf, daysBetween } from '#rules/civil-date.ts';
import { CALL_OUTCOMES, CALL_VERDICTS, needsAttention, testStateOf } from '#rules/hotline-tests.ts';
import { findHotline, readHotlineReach } from './hotline-access.ts';
import type { HotlineReach } from './hotline-access.ts';

/** The hotlines in the actor's reach with how each number was tested, and where the actor may add one. */
export async function listHotlineDesk(context: Pick<Context, 'db' | 'now'>, actor: Actor) {
  const { db } = context;
  const reach = await readHotlineReach(context, actor);
  const places = await listAreasOn(db, reach.today);
  const names = new Map(places.map(({ code, name }) => [code, name]));
  const calls = await listValidCalls(db);
  const duties = await listDutiesFrom(db, reach.today);
  const items = (await listHotlines(db)).filter(reach.maySee).map((hotline) => ({
    ...describeHotline(reach, hotline, calls),
    placeName: names.get(hotline.placeCode) ?? '',
    onDuty: duties
      .filter(({ hotlineId, fromDate }) => hotlineId === hotline.id && fromDate <= reach.today)
      .map(({ hours, who }) => `${hours} ${who}`.trim()),
  }));
  const numbers = items.flatMap((item) => item.numbers.map((each) => ({ ...each, item })));
  return {
    items,
    /** Where the actor may add a hotline, with the unit it usually is. */
    places: places.flatMap(({ code, name, level }) => {
      if (level === 'village') return [];
      const unit = reach.bodyOf({ placeCode: code, level, unit: '' })?.name ?? name;
      const mayAdd = reach.editPost({ placeCode: code, level, unit }) !== undefined;
      return mayAdd ? [{ code, name, unit }] : [];
    }),
    counts: {
      toTest: numbers.filter(
        ({ state, item }) =>
          state !== 'fresh' && ['independent', 'own'].includes(item.testing ?? ''),
      ).length,
      /** Of other units: a superior has to see to it. */
      failing: numbers.filter(({ attention, item }) => attention && !item.isOwn).length,
      own: numbers.filter(({ attention, item }) => attention && item.isOwn).length,
    },
  };
}

/** One hotline with all its test calls and its duty roster. Throws `not-found`. */
export async function readHotlineFile(
  context: Pick<Context, 'db' | 'now'>,
  actor: Actor,
  id: string,
) {
  const { db } = context;
  const { reach, hotline } = await findHotline(context, actor, id);
  const calls = await listCallsOf(db, id);
  const names = await readPersonNames(db);
  const bodies = new Map(reach.bodies.map(({ code, name }) => [code, name]));
  const valid = calls.filter(({ status }) => status === 'valid');
  return {
    ...describeHotline(reach, hotline, valid),
    calls: calls.map((call) => ({
      id: call.id,
      phone: call.phone,
      calledAt: call.calledAt,
      outcome: call.outcome,
      outcomeLabel: CALL_OUTCOMES[call.outcome].label,
      seconds: call.seconds,
      inHours: call.inHours === 1,
      verdict: call.verdict,
      verdictLabel: CALL_VERDICTS[call.verdict].label,
      outsideBody: call.outsideBody,
      ownUnit: call.ownUnit === 1,
      remark: call.remark,
      by: names.get(call.byPersonId) ?? '已删除的人员',
      byBody: bodies.get(call.byBodyCode) ?? '',
      status: call.status,
      isCorrection: call.correctsId !== null,
      reason: call.reason,
    })),
    duty: (await listDutiesOf(db, id)).map((line) => ({
      id: line.id,
      fromDate: line.fromDate,
      toDate: line.toDate,
      hours: line.hours,
      who: line.who,
    })),
  };
}

function describeHotline(reach: HotlineReach, hotline: Hotline, calls: readonly TestCall[]) {
  const { id, placeCode, unit, level, phone, secondPhone, contact, hours } = hotline;
  const { position, revision } = hotline;
  const fields = { id, placeCode, unit, level, phone, secondPhone, contact, hours };
  return {
    ...fields,
    position,
    revision,
    mayEdit: reach.editPost(hotline) !== undefined,
    testing: reach.testingOf(hotline),
    isOwn: reach.isOwn(hotline),
    numbers: [phone, secondPhone].filter(Boolean).map((number) => {
      const own = calls.filter((call) => call.hotlineId === id && call.phone === number);
      const last = own.find(({ verdict }) => CALL_VERDICTS[verdict].isCounted);
      const testedOn = last ? civilDateOf(last.calledAt) : null;
      const known = last && testedOn ? { testedOn, verdict: last.verdict } : null;
      return {
        phone: number,
        testedOn,
        verdict: last?.verdict ?? null,
        seconds: last?.seconds ?? null,
        isOutside: last !== undefined && last.outsideBody !== '',
        days: testedOn ? daysBetween(testedOn, reach.today) : null,
        state: testStateOf(known, reach.today),
        attention: needsAttention(own.map(({ verdict }) => verdict)),
      };
    }),
  };
}
