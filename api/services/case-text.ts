import type { Actor } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodiesOn } from '#db/queries/bodies.ts';
import { findCurrentBodyKey } from '#db/queries/body-keys.ts';
import type { StoredCase } from '#db/queries/cases.ts';
import type { Reader } from '#db/store.ts';
import { CaseText } from '#rules/case-draft.ts';
import { openJson, openSealed, seal, sealPaddedJson } from '#sealing/age.ts';
import { reviewersOf } from './case-access.ts';
import { identitiesOf } from './list-keys.ts';

/** A length would tell what is in it. */
const PADDED_TO = 1024;

/** The words of a case, for the body that writes it and those that review it. Throws `not-allowed`. */
export async function sealCaseText(
  db: Reader,
  bodyCode: string,
  today: string,
  text: CaseText,
): Promise<{ sealed: Buffer; keyIds: string }> {
  const keys = await readCaseKeys(db, bodyCode, today);
  const recipients = keys.map((key) => key.recipient);
  return { sealed: await sealPaddedJson(recipients, text, PADDED_TO), keyIds: idsOf(keys) };
}

/** What a reviewer writes to the authors. */
export async function sealCaseNote(db: Reader, bodyCode: string, today: string, note: string) {
  const keys = await readCaseKeys(db, bodyCode, today);
  const recipients = keys.map((key) => key.recipient);
  return { sealedNote: await seal(recipients, note), noteKeyIds: idsOf(keys) };
}

async function readCaseKeys(db: Reader, bodyCode: string, today: string) {
  const bodies = await listBodiesOn(db, today);
  const own = bodies.find((body) => body.code === bodyCode);
  const reviewers = bodies.filter(({ kind }) => reviewersOf(own).includes(kind));
  const codes = [...new Set([bodyCode, ...reviewers.map(({ code }) => code)])];
  const keys = await Promise.all(codes.map((code) => findCurrentBodyKey(db, code)));
  if (!keys[0]) {
    throw new CodedError('not-allowed', {}, '本单位还没有密钥，在“单位密钥”里生成后再填写。');
  }
  return keys.filter((key) => key !== null);
}

function idsOf(keys: { id: string }[]): string {
  return keys.map((key) => key.id).join(' ');
}

/** Opens the words of cases; null where the actor holds none of the keys, or they are gone. */
export function openCaseTexts(db: Reader, actor: Actor) {
  const findIdentity = identitiesOf(db, actor);
  async function openText({ sealed, keyIds }: StoredCase): Promise<CaseText | null> {
    const identity = sealed && (await findIdentity(keyIds));
    return sealed && identity ? CaseText.parse(await openJson(identity, sealed)) : null;
  }
  async function openNote({ sealedNote, noteKeyIds }: StoredCase): Promise<string | null> {
    const identity = sealedNote && (await findIdentity(noteKeyIds));
    if (!sealedNote || !identity) return null;
    return (await openSealed(identity, sealedNote)).toString('utf8');
  }
  return { openText, openNote };
}
