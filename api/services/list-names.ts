import { listBodies } from '#db/queries/bodies.ts';
import { readPersonNames } from '#db/queries/batches.ts';
import type { Batch } from '#db/queries/batches.ts';
import type { Reader } from '#db/store.ts';
import { readPlaceLookup } from './place-lookup.ts';

/** Names of villages by their codes; with their town where there is more than one. */
export async function readPlaceNames(db: Reader, codes: string[]) {
  const { townOf, nameOf, fullNameOf } = await readPlaceLookup(db);
  return new Set(codes.map((code) => townOf(code)?.code)).size > 1 ? fullNameOf : nameOf;
}

export type ListNames = Awaited<ReturnType<typeof readListNames>>;

/** Names of the bodies and people of some lists. */
export async function readListNames(db: Reader, batches: Batch[]) {
  const deciders = batches.flatMap((batch) => (batch.decidedBy ? [batch.decidedBy] : []));
  const personIds = [...new Set([...batches.map((batch) => batch.uploadedBy), ...deciders])];
  const [bodies, people] = await Promise.all([listBodies(db), readPersonNames(db, personIds)]);
  return { bodies: new Map(bodies.map((body) => [body.code, body.name])), people };
}

/** A list in the words of its heading. */
export function summariseBatch(batch: Batch, names: ListNames) {
  const person = (id: string | null) => (id === null ? null : (names.people.get(id) ?? ''));
  const { id, bodyCode, reviewBodyCode, kind, aidType, period, status } = batch;
  const { uploadedOn, decidedOn, households, persons, amountCents } = batch;
  return {
    id,
    bodyCode,
    reviewBodyCode,
    kind,
    aidType,
    period,
    status,
    uploadedOn,
    decidedOn,
    households,
    persons,
    amountCents,
    body: names.bodies.get(bodyCode) ?? bodyCode,
    reviewBody: names.bodies.get(reviewBodyCode) ?? reviewBodyCode,
    uploadedBy: person(batch.uploadedBy) ?? '',
    decidedBy: person(batch.decidedBy),
  };
}
