import { z } from 'zod';
import type { Actor } from '#api/context.ts';
import type { Relative } from '#db/queries/relatives.ts';
import type { Reader } from '#db/store.ts';
import type { RelativeEntry } from '#rules/relatives.ts';
import { openJson } from '#sealing/age.ts';
import { identitiesOf } from './list-keys.ts';

const Entry = z.strictObject({
  staffName: z.string(),
  unit: z.string(),
  position: z.string(),
  relativeName: z.string(),
  relation: z.string(),
  idNumber: z.string(),
}) satisfies z.ZodType<RelativeEntry>;

type Openers = ReturnType<typeof identitiesOf>;

/** The discipline keys the actor holds, each opened once. */
export function openersOf(db: Reader, actor: Actor): Openers {
  return identitiesOf(db, actor);
}

/** An entry in clear, its ID number masked; null where it was sealed to another body. */
export async function openEntry(findIdentity: Openers, row: Relative) {
  const identity = await findIdentity(row.keyId);
  if (!identity) return null;
  const { idNumber, ...entry } = Entry.parse(await openJson(identity, row.sealed));
  return { ...entry, maskedId: `${idNumber.slice(0, 3)}${'*'.repeat(14)}${idNumber.slice(-1)}` };
}
