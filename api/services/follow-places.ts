import { insertBodies, moveSubordinates, readBody, updateBody } from '#db/queries/bodies.ts';
import { endPostsAt } from '#db/queries/people.ts';
import { insertFormerName } from '#db/queries/places.ts';
import type { Place } from '#db/queries/places.ts';
import type { Tx } from '#db/store.ts';
import type { PlaceChange } from '#rules/place-changes.ts';
import { localBodyOf, toBodyRow } from './bodies.ts';

/**
 * Lets the body of a town or village follow a change of its place: one is formed, moved, ended in favour of the
 * successor's, or renamed where its name is made of the place's. `place` is as the change has left it.
 */
export async function followPlace(
  tx: Tx,
  { kind, from, to }: PlaceChange,
  place: Place,
  on: string,
): Promise<void> {
  if (place.level === 'district') return;
  const wanted = localBodyOf(place);
  const body = await readBody(tx, wanted.code);
  if (!body) {
    if (kind === 'added') await insertBodies(tx, [toBodyRow(wanted, on)]);
    return;
  }
  if (kind === 'moved') await updateBody(tx, body.code, { superiorCode: wanted.superiorCode });
  if (kind === 'renamed' && body.name === localBodyOf({ ...place, name: from }).name) {
    await updateBody(tx, body.code, { name: wanted.name });
    await insertFormerName(tx, { kind: 'body', code: body.code, name: body.name, until: on });
  }
  const successor =
    kind === 'merged' && (await readBody(tx, localBodyOf({ ...place, code: to }).code));
  if (successor && successor.validTo === null) {
    await updateBody(tx, body.code, { validTo: on, successorCode: successor.code });
    await moveSubordinates(tx, body.code, successor.code);
    // Who goes on at the successor is given a post there, and what the old body kept from them stays so.
    await endPostsAt(tx, body.code, on);
  }
}
