import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { moveSubordinates, readBody, updateBody } from '#db/queries/bodies.ts';
import type { Body } from '#db/queries/bodies.ts';
import { insertFormerName, listFormerNames } from '#db/queries/places.ts';
import type { Reader } from '#db/store.ts';
import type { PlaceLine } from '#rules/place-changes.ts';
import { nameOn } from './places.ts';
import { appendAudit } from './audit.ts';

export type NewBody = Pick<Body, 'code' | 'name' | 'kind' | 'placeCode' | 'superiorCode'>;

/**
 * The bodies of a county: bureau, discipline group above it, a township for each town, a committee for each
 * village. Their codes are made of the place's, so that they last as long.
 */
export function bodiesOf(
  places: readonly PlaceLine[],
  names: { bureau: string; discipline: string },
): NewBody[] {
  return places.flatMap((place): NewBody[] => {
    const { code, name, parentCode } = place;
    if (place.level === 'district') {
      return [
        body('bureau', place, names.bureau, `discipline-${code}`),
        body('discipline', place, names.discipline, null),
      ];
    }
    if (place.level === 'town') {
      const office = name.endsWith('街道') ? '办事处' : '人民政府';
      return [body('township', place, `${name}${office}`, `bureau-${parentCode}`)];
    }
    const committee = /(社区|居委会)$/.test(name) ? '居民委员会' : '村民委员会';
    return [body('village', place, `${name}${committee}`, `township-${parentCode}`)];
  });
}

function body(
  kind: NewBody['kind'],
  place: PlaceLine,
  name: string,
  superiorCode: string | null,
): NewBody {
  return { code: `${kind}-${place.code}`, name, kind, placeCode: place.code, superiorCode };
}

/** A body as it is stored on the day it begins. */
export function toBodyRow(body: NewBody, validFrom: string): Body {
  return { ...body, validFrom, validTo: null, successorCode: null };
}

/** Gives a body a new name from a civil date on; the old one stays known for the time before. */
export async function renameBody(
  context: Context,
  actor: Actor,
  input: { code: string; name: string; from: string },
): Promise<void> {
  const { code, name, from } = input;
  await context.db.transaction(async (tx) => {
    const body = await readBody(tx, code);
    if (!body) throw new CodedError('not-found');
    if (!(await updateBody(tx, code, { name }))) throw new CodedError('state-changed');
    await insertFormerName(tx, { kind: 'body', code, name: body.name, until: from });
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'body.rename',
      subjectKind: 'body',
      subjectId: code,
      personId: actor.personId,
      fields: input,
    });
  });
}

/** Ends a body on a civil date (exclusive); what stood below it stands below its successor. */
export async function reorganiseBody(
  context: Context,
  actor: Actor,
  input: { code: string; successorCode: string; on: string },
): Promise<void> {
  const { code, successorCode, on } = input;
  await context.db.transaction(async (tx) => {
    const successor = await readBody(tx, successorCode);
    if (!successor || successor.validTo || successorCode === code) {
      throw new CodedError('invalid-input', { successorCode: '选择一个现有的单位' });
    }
    if (!(await updateBody(tx, code, { validTo: on, successorCode }))) {
      throw new CodedError('state-changed');
    }
    await moveSubordinates(tx, code, successorCode);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'body.reorganise',
      subjectKind: 'body',
      subjectId: code,
      personId: actor.personId,
      fields: input,
    });
  });
}

/** The name a body had on a civil date; null where it did not exist then. */
export async function bodyNameOn(db: Reader, code: string, on: string): Promise<string | null> {
  const body = await readBody(db, code);
  return body ? nameOn(body, await listFormerNames(db, 'body', code), on) : null;
}
