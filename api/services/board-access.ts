import type { Actor } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBody } from '#db/queries/bodies.ts';
import { listPlaces } from '#db/queries/places.ts';
import type { Place } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';
import { postsWith } from './list-access.ts';

/** The places whose boards the actor sees to, and how each is named. */
export type BoardPlaces = {
  has: (placeCode: string) => boolean;
  nameOf: (placeCode: string) => string;
  /** The township of a place; the place itself where it is one. */
  townOf: (placeCode: string) => Place | null;
};

/**
 * The place of each body where the actor sees to boards, with all that lies below it: a township pastes
 * what the county publishes too. Throws `not-allowed` where boards are not the actor's work.
 */
export async function readBoardPlaces(db: Reader, actor: Actor): Promise<BoardPlaces> {
  const posts = postsWith(actor, ['boards.manage']);
  if (posts.length === 0) throw new CodedError('not-allowed');
  const bodies = await Promise.all(posts.map((post) => readBody(db, post.bodyCode)));
  const roots = new Set(bodies.map((body) => body?.placeCode));
  const places = new Map((await listPlaces(db)).map((place) => [place.code, place]));
  const parentOf = (code: string) => places.get(code)?.parentCode ?? null;
  return {
    has(placeCode) {
      for (let code: string | null = placeCode; code; code = parentOf(code)) {
        if (roots.has(code)) return true;
      }
      return false;
    },
    nameOf: (placeCode) => places.get(placeCode)?.name ?? placeCode,
    townOf(placeCode) {
      for (let code: string | null = placeCode; code; code = parentOf(code)) {
        const place = places.get(code);
        if (place?.level === 'town') return place;
      }
      return null;
    },
  };
}
