import type { Actor } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBody } from '#db/queries/bodies.ts';
import type { Reader } from '#db/store.ts';
import { postsWith } from './list-access.ts';
import { readPlaceLookup } from './place-lookup.ts';
import type { PlaceLookup } from './place-lookup.ts';

/** The places whose boards the actor sees to, and how each is named. */
export type BoardPlaces = Pick<PlaceLookup, 'nameOf' | 'townOf'> & {
  has: (placeCode: string) => boolean;
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
  const { wayUp, nameOf, townOf } = await readPlaceLookup(db);
  return { has: (code) => wayUp(code).some((place) => roots.has(place.code)), nameOf, townOf };
}
