import { z } from 'zod';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { upsertSetting } from '#db/queries/settings.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { appendAudit } from './audit.ts';
import { requireSettingsPost } from './list-access.ts';
import { loadSettings } from './settings.ts';

/** What full names on boards rest on: the order, and the review of what is disclosed (政府信息公开条例 art. 17). */
export const NamesBasis = z.strictObject({
  documentNumber: z.string(),
  reviewedOn: z.string(),
  reviewedBy: z.string(),
  setOn: z.string(),
  setBy: z.string(),
});
export type NamesBasis = z.infer<typeof NamesBasis>;

export type NamesChange =
  | { names: 'masked' }
  | ({ names: 'full' } & Pick<NamesBasis, 'documentNumber' | 'reviewedOn' | 'reviewedBy'>);

export async function readBoardSettings({ db }: Context, actor: Actor) {
  await requireSettingsPost(db, actor);
  const settings = await loadSettings(db);
  const { board_names: names, board_names_basis: basis } = settings;
  return { names, basis: basis === '' ? null : NamesBasis.parse(JSON.parse(basis)) };
}

/**
 * Switches the names on boards; the web stays masked. Full names need the order and the review they rest
 * on; back to masked takes nothing. Throws `not-allowed`, `invalid-input`, `state-changed`.
 */
export async function changeBoardNames(
  context: Context,
  actor: Actor,
  change: NamesChange,
): Promise<void> {
  const { db, secrets } = context;
  const now = context.now();
  const today = civilDateOf(now);
  const post = await requireSettingsPost(db, actor);
  if (change.names === 'full' && change.reviewedOn > today) {
    throw new CodedError('invalid-input', { reviewedOn: '公开审查的日期不能晚于今天。' });
  }
  const { names, ...stated } = change;
  const basis = names === 'full' ? { ...stated, setOn: today, setBy: actor.name } : null;
  await db.transaction(async (tx) => {
    const before = (await loadSettings(tx)).board_names;
    if (names === 'masked' && before === 'masked') throw new CodedError('state-changed');
    await upsertSetting(tx, 'board_names', names);
    await upsertSetting(tx, 'board_names_basis', basis ? JSON.stringify(basis) : '');
    await appendAudit(tx, secrets, now, {
      action: `setting.board-names-${names}`,
      subjectKind: 'setting',
      subjectId: 'board_names',
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: stated,
    });
  });
}
