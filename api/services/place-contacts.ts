import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listPlaces, readPlace, updatePlace } from '#db/queries/places.ts';
import { appendAudit } from './audit.ts';

/** Sets whom residents of a village may ask; both empty: nobody is named. Shown from the next publication on. */
export async function setPlaceContact(
  context: Context,
  actor: Actor,
  input: { code: string; contactName: string; contactPhone: string },
): Promise<void> {
  const { code, ...contact } = input;
  await context.db.transaction(async (tx) => {
    const place = await readPlace(tx, code);
    if (place?.level !== 'village') throw new CodedError('not-found');
    if (!(await updatePlace(tx, code, contact))) throw new CodedError('state-changed');
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'place.set-contact',
      subjectKind: 'place',
      subjectId: code,
      personId: actor.personId,
      fields: input,
    });
  });
}

/** The division tree in code order, ended places too. */
export function listAllPlaces({ db }: Context) {
  return listPlaces(db);
}
