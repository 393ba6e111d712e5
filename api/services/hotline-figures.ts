import type { Actor, Context } from '#api/context.ts';
import { listHotlineLevels } from '#db/queries/hotlines.ts';
import { listValidCalls } from '#db/queries/test-calls.ts';
import { addMonths, civilDateOf, startOfDay } from '#rules/civil-date.ts';
import { sumCalls } from '#rules/hotline-figures.ts';
import type { CallFigures } from '#rules/hotline-figures.ts';
import { readHotlineReach } from './hotline-access.ts';

const MONTHS = 12;

/** How hotlines in the actor's reach were answered, by month and level, over twelve months. */
export async function readCallFigures(
  context: Pick<Context, 'db' | 'now'>,
  actor: Actor,
): Promise<CallFigures[]> {
  const { db } = context;
  const reach = await readHotlineReach(context, actor);
  const first = addMonths(reach.today.slice(0, 7), 1 - MONTHS);
  const hotlines = new Map(
    (await listHotlineLevels(db)).filter(reach.maySee).map(({ id, level }) => [id, level]),
  );
  const calls = await listValidCalls(db, startOfDay(`${first}-01`));
  return sumCalls(
    calls.flatMap(({ hotlineId, calledAt, outcome, verdict, outsideBody }) => {
      const level = hotlines.get(hotlineId);
      const month = civilDateOf(calledAt).slice(0, 7);
      return level ? [{ month, level, outcome, verdict, isOutside: outsideBody !== '' }] : [];
    }),
  );
}
