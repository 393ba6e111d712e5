import type { Reader } from '#db/store.ts';
import { listDutiesFrom } from '#db/queries/hotline-duty.ts';
import { listHotlines } from '#db/queries/hotlines.ts';
import { listValidCalls } from '#db/queries/test-calls.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { CALL_VERDICTS, isStaleTest } from '#rules/hotline-tests.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import type { PublicFile } from '#rules/publication.ts';
import type { Sink } from './export-sink.ts';
import { BASIS_OF_DIRECTORY } from './legal-basis.ts';

type Origin = { db: Reader; publisher: string; today: string };
type Care = PublicFile<'hotlineCare'>;

/** Exports the last test of each published number, and who is on duty from today on. */
export async function exportHotlineCare(
  { db, publisher, today }: Origin,
  sink: Sink,
): Promise<Care> {
  const hotlines = await listHotlines(db);
  const calls = await listValidCalls(db);
  const phoneOf = new Map(hotlines.map(({ id, phone }) => [id, phone]));
  const placeOf = new Map(hotlines.map(({ id, placeCode }) => [id, placeCode]));
  const tests = hotlines
    .flatMap(({ id, phone, secondPhone }) => [phone, secondPhone].map((each) => ({ id, each })))
    .flatMap(({ id, each }) => {
      const last = calls.find(
        (call) =>
          call.hotlineId === id && call.phone === each && CALL_VERDICTS[call.verdict].isCounted,
      );
      if (!last) return [];
      const { phone, calledAt, verdict, seconds, outsideBody } = last;
      const testedOn = civilDateOf(calledAt);
      return [{ phone, testedOn, verdict, seconds, isOutside: outsideBody !== '' }];
    });
  const duties = (await listDutiesFrom(db, today)).filter(({ hotlineId }) =>
    phoneOf.has(hotlineId),
  );
  const duty = duties.map(({ hotlineId, fromDate, toDate, hours, who }) => ({
    placeCode: placeOf.get(hotlineId) ?? '',
    phone: phoneOf.get(hotlineId) ?? '',
    from: fromDate,
    to: toDate,
    hours,
    who,
  }));
  const dates = [
    ...hotlines.map((row) => row.updatedOn),
    ...duties.map((row) => row.updatedOn),
    ...tests.map((test) => test.testedOn),
  ];
  const care: Care = {
    publisher,
    legalBasis: BASIS_OF_DIRECTORY,
    updatedOn: dates.toSorted().at(-1) ?? today,
    tests,
    duty,
  };
  await sink.put({ kind: 'hotlineCare' }, care);
  return care;
}

/** The file where it reads differently today than on the day `since`: a test grew old, a duty began or ended. */
export function listDueCare(
  care: Pick<Care, 'tests' | 'duty'> | null,
  since: string | null,
  today: string,
): string[] {
  if (!care || since === null || since >= today) return [];
  const grewOld = care.tests.some(
    ({ testedOn }) => isStaleTest(testedOn, today) && !isStaleTest(testedOn, since),
  );
  const changed = care.duty.some(
    ({ from, to }) => (from > since && from <= today) || (to >= since && to < today),
  );
  return grewOld || changed ? [PUBLIC_FILES.hotlineCare.path()] : [];
}
