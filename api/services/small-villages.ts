import type { Actor, Context } from '#api/context.ts';
import { upsertSetting } from '#db/queries/settings.ts';
import { isCountsOnlyBelow } from '#rules/small-villages.ts';
import { CodedError } from '#api/errors.ts';
import { appendAudit } from './audit.ts';
import { requireSettingsPost } from './list-access.ts';
import { publishSoon } from './publish-in-background.ts';
import { readSmallVillageThreshold } from './settings.ts';

export async function readSmallVillages({ db }: Context, actor: Actor): Promise<{ below: number }> {
  await requireSettingsPost(db, actor);
  return { below: await readSmallVillageThreshold(db) };
}

/**
 * Sets below how many households a village's list shows counts only; 0: never. More hidden is published at
 * once; what comes to be shown again waits for the next publication by a person, like anything new. Throws
 * `not-allowed`, `invalid-input`, `state-changed`.
 */
export async function changeSmallVillages(
  context: Context,
  actor: Actor,
  below: number,
): Promise<void> {
  const { db, secrets } = context;
  const post = await requireSettingsPost(db, actor);
  if (!isCountsOnlyBelow(below)) throw new CodedError('invalid-input', { below: '选择一个户数。' });
  const hidesMore = await db.transaction(async (tx) => {
    const before = await readSmallVillageThreshold(tx);
    if (before === below) throw new CodedError('state-changed');
    await upsertSetting(tx, 'small_village_threshold', String(below));
    await appendAudit(tx, secrets, context.now(), {
      action: 'setting.small-villages',
      subjectKind: 'setting',
      subjectId: 'small_village_threshold',
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { before, below },
    });
    return below > before;
  });
  if (hidesMore) void publishSoon(context, actor.personId);
}
