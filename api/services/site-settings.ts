import { createHash } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readSettings, upsertSetting } from '#db/queries/settings.ts';
import type { Reader } from '#db/store.ts';
import { SITE_KEYS, TERM_KEYS } from '#rules/site-settings.ts';
import type { SiteFields, TermFields } from '#rules/site-settings.ts';
import { appendAudit } from './audit.ts';
import { requireSettingsPost } from './list-access.ts';
import { publishSoon } from './publish-in-background.ts';
import { loadSettings } from './settings.ts';

/** What the county set, with a token of it: who saves names the one they read. Throws `not-allowed`. */
export async function readSiteSettings({ db }: Context, actor: Actor) {
  await requireSettingsPost(db, actor);
  const [site, terms] = [await readGroup(db, SITE_KEYS), await readGroup(db, TERM_KEYS)];
  return {
    site: { fields: site as SiteFields, token: tokenOf(site) },
    terms: { fields: terms as TermFields, token: tokenOf(terms) },
  };
}

/** Sets what stands on every page and publishes it. Throws `not-allowed`, `state-changed`, `invalid-input`. */
export async function changeSite(
  context: Context,
  actor: Actor,
  { token, fields }: { token: string; fields: SiteFields },
): Promise<void> {
  await change(context, actor, { keys: SITE_KEYS, token, fields, action: 'setting.site' });
  void publishSoon(context, actor.personId, 'directory');
}

/** Sets how lists are published from now on; those that were uploaded stay as they are. Throws the same. */
export async function changeTerms(
  context: Context,
  actor: Actor,
  { token, fields }: { token: string; fields: TermFields },
): Promise<void> {
  await change(context, actor, { keys: TERM_KEYS, token, fields, action: 'setting.terms' });
}

type Change = {
  keys: Record<string, string>;
  token: string;
  fields: Record<string, string>;
  action: 'setting.site' | 'setting.terms';
};

async function change(context: Context, actor: Actor, { keys, token, fields, action }: Change) {
  const { db, secrets } = context;
  const post = await requireSettingsPost(db, actor);
  await db.transaction(async (tx) => {
    const before = await readGroup(tx, keys);
    if (tokenOf(before) !== token) throw new CodedError('state-changed');
    const changed = Object.keys(keys).filter((name) => before[name] !== fields[name]);
    if (changed.length === 0) {
      throw new CodedError('invalid-input', { [Object.keys(keys)[0] ?? '']: '没有要保存的改动。' });
    }
    for (const name of changed) await upsertSetting(tx, keys[name] ?? '', fields[name] ?? '');
    await appendAudit(tx, secrets, context.now(), {
      action,
      subjectKind: 'setting',
      subjectId: action,
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { before, fields },
    });
  });
}

/** The values of some keys, defaults where nothing is set. */
async function readGroup(db: Reader, keys: Record<string, string>) {
  // A value that cannot be read must not keep its own page from mending it.
  const stored = await readSettings(db);
  const known: Record<string, string> = await loadSettings(db).catch(() => ({}));
  return Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [name, known[key] ?? stored[key] ?? '']),
  );
}

function tokenOf(values: Record<string, string>): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32);
}
