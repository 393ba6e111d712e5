import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import { readSettings, upsertSetting } from '#db/queries/settings.ts';
import type { Reader } from '#db/store.ts';
import { letterWordOf } from '#rules/referral.ts';
import type { Body } from '#rules/subjects.ts';
import { appendAudit } from './audit.ts';
import { postsWith, requirePostAt } from './list-access.ts';

type Named = Pick<Body, 'code' | 'name' | 'kind'>;

/** 示民移: as the body has set it, else as its name gives it. `bodies` are all, ended ones too. */
export async function readLetterWord(
  db: Reader,
  body: Named,
  bodies: readonly Named[],
): Promise<string> {
  return wordOf(body, bodies, await readSettings(db));
}

/** The words of the bodies whose settings the actor manages. Throws `not-allowed`. */
export async function listLetterWords({ db }: Context, actor: Actor) {
  const own = new Set(postsWith(actor, ['settings.manage']).map((post) => post.bodyCode));
  if (own.size === 0) throw new CodedError('not-allowed');
  const bodies = await listBodies(db);
  const settings = await readSettings(db);
  return bodies
    .filter(({ code }) => own.has(code))
    .map((body) => ({ body: body.code, name: body.name, word: wordOf(body, bodies, settings) }));
}

/**
 * Sets what stands before the year on a body's letters from now on. Throws `not-allowed`, and
 * `invalid-input` where another body's letters bear it.
 */
export async function setLetterWord(
  context: Context,
  actor: Actor,
  { body, word }: { body: string; word: string },
): Promise<void> {
  const post = requirePostAt(actor, 'settings.manage', body);
  await context.db.transaction(async (tx) => {
    const bodies = await listBodies(tx);
    const settings = await readSettings(tx);
    const others = bodies.filter(({ code }) => code !== body);
    if (others.some((other) => wordOf(other, bodies, settings) === word)) {
      throw new CodedError('invalid-input', { word: '别的单位已经用这个字号，换一个' });
    }
    await upsertSetting(tx, keyOf(body), word);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'setting.letter-word',
      subjectKind: 'setting',
      subjectId: keyOf(body),
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { word },
    });
  });
}

function wordOf(body: Named, bodies: readonly Named[], settings: Record<string, string>): string {
  return settings[keyOf(body.code)] ?? letterWordOf(body, bodies);
}

function keyOf(bodyCode: string): string {
  return `letter_word:${bodyCode}`;
}
