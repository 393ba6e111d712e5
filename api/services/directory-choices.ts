import type { Context } from '#api/context.ts';
import { listBodiesOn } from '#db/queries/bodies.ts';
import { listPlaces } from '#db/queries/places.ts';
import { civilDateOf } from '#rules/civil-date.ts';

/** Places and bodies that exist today. */
export async function listDirectoryChoices({ db, now }: Context) {
  const today = civilDateOf(now());
  const places = (await listPlaces(db)).filter(
    ({ validTo }) => validTo === null || validTo > today,
  );
  const bodies = await listBodiesOn(db, today);
  return {
    places: places.map(({ code, name, level, parentCode }) => ({ code, name, level, parentCode })),
    bodies: bodies.map(({ code, name, kind, placeCode }) => ({ code, name, kind, placeCode })),
  };
}
