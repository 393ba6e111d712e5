import { readSettings } from '#db/queries/settings.ts';
import type { Reader } from '#db/store.ts';
import { letterWordOf } from '#rules/referral.ts';
import type { Body } from '#rules/subjects.ts';

/** The setting that holds a body's own word for the numbers of its letters. */
export function letterWordKey(bodyCode: string): string {
  return `letter_word:${bodyCode}`;
}

/** 示民移: as the body has set it, else as its name gives it. `bodies` are all, ended ones too. */
export async function readLetterWord(
  db: Reader,
  body: Pick<Body, 'code' | 'name' | 'kind'>,
  bodies: readonly Pick<Body, 'code' | 'name' | 'kind'>[],
): Promise<string> {
  const own = (await readSettings(db))[letterWordKey(body.code)];
  return own || letterWordOf(body, bodies);
}
