import type { Reader } from '#db/store.ts';
import type { Batch } from '#db/queries/batches.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { listBegunNotices } from '#db/queries/notices.ts';
import { addMonths, civilDateOf, startOfDay } from '#rules/civil-date.ts';
import type { NoticeKind } from '#rules/list-kinds.ts';
import type { NoticeState } from '#rules/public-lists.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { keyOf } from './export-state.ts';

/** How long an ended notice is told of. */
const KEPT_MONTHS = 24;

/** A notice that the site tells of. */
export type CurrentNotice = {
  id: string;
  kind: NoticeKind;
  aidType: AidType;
  publisher: string;
  updatedOn: string;
  /** The township or county whose households it names. */
  placeCode: string;
  salt: string;
  startsAt: number;
  endsAt: number;
  state: NoticeState;
  /** Changes when anything that is public of it does, but for its rows. */
  key: string;
};

/**
 * The notices that the site tells of, the latest first: those that run now, and those of `shown` (told of
 * so far) that have run. `mayStart`: whether one that is not among `shown` may appear. One whose whole term passed
 * without a publication never ran.
 */
export async function listCurrentNotices(
  db: Reader,
  now: number,
  { shown, mayStart }: { shown: ReadonlySet<string>; mayStart: (id: string) => boolean },
): Promise<CurrentNotice[]> {
  const found = await listBegunNotices(db, now, keptSince(now));
  const bodies = new Map((await listBodies(db)).map((body) => [body.code, body]));
  return found.flatMap((batch) => {
    const state = stateOf(batch, now);
    if (!shown.has(batch.id) && !(state === 'running' && mayStart(batch.id))) return [];
    const body = bodies.get(batch.bodyCode);
    const facts = {
      id: batch.id,
      kind: batch.kind as NoticeKind,
      aidType: batch.aidType as AidType,
      publisher: body?.name ?? '',
      updatedOn: lastChangeOf(batch, state),
      placeCode: body?.placeCode ?? '',
      startsAt: batch.startsAt ?? 0,
      endsAt: batch.endsAt ?? 0,
      state,
    };
    return [{ ...facts, salt: batch.salt, key: keyOf(facts) }];
  });
}

function keptSince(now: number): number {
  const today = civilDateOf(now);
  return startOfDay(`${addMonths(today.slice(0, 7), -KEPT_MONTHS)}-01`);
}

function stateOf({ status, endsAt }: Batch, now: number): NoticeState {
  if (status === 'withdrawn') return 'withdrawn';
  return (endsAt ?? 0) > now ? 'running' : 'ended';
}

function lastChangeOf({ decidedOn, uploadedOn, endsAt }: Batch, state: NoticeState): string {
  if (state === 'ended') return civilDateOf((endsAt ?? 0) - 1);
  return decidedOn ?? uploadedOn;
}

/** What stands in files and on pages of a notice and is no number of a citizen: ids, salts, instants. */
export function tokensOf(notices: readonly CurrentNotice[]): string[] {
  return notices.flatMap(({ id, salt, startsAt, endsAt }) => [
    id,
    ...(salt ? [salt] : []),
    String(startsAt),
    String(endsAt),
  ]);
}
