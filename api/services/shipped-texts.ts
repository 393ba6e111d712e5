import type { Actor, Context } from '#api/context.ts';
import { insertTexts, listAllTexts } from '#db/queries/texts.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { listFirstTextRows } from '#rules/first-texts/list.ts';
import { NO_DOCUMENT } from '#rules/page-texts.ts';
import { appendAudit } from './audit.ts';
import { keepChange } from './directory-history.ts';
import { requireBureauPost } from './list-access.ts';
import { publishSoon } from './publish-in-background.ts';
import { loadSettings } from './settings.ts';
import { textFieldsOf } from './texts.ts';

/**
 * Texts that came with a newer version of the software and that the portal does not have: neither at their address
 * nor under their title. Throws `not-allowed`.
 */
export async function listMissingTexts(context: Context, actor: Actor) {
  await requireBureauPost(context.db, actor, 'directory.edit');
  const missing = await findMissing(context.db, civilDateOf(context.now()));
  return missing.map(({ slug, section, title }) => ({ slug, section, title }));
}

/**
 * Puts them in; answers how many. They stay off the site until an editor has looked at each, save for the pages that
 * every portal has. Throws `not-allowed`.
 */
export async function addMissingTexts(context: Context, actor: Actor): Promise<{ added: number }> {
  const { db } = context;
  const post = await requireBureauPost(db, actor, 'directory.edit');
  const today = civilDateOf(context.now());
  const added = await db.transaction(async (tx) => {
    const missing = await findMissing(tx, today);
    if (missing.length === 0) return [];
    await insertTexts(
      tx,
      missing.map((row) => ({ ...row, hiddenOn: row.section === 'site' ? null : today })),
    );
    const facts = { change: 'add', note: '随软件带来的', onDate: today } as const;
    for (const row of missing) {
      const after = textFieldsOf(row);
      const change = { kind: 'text', subjectId: row.slug, actor, before: null, after } as const;
      await keepChange(tx, { ...facts, ...change });
    }
    const slugs = missing.map((row) => row.slug);
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'text.add-shipped',
      subjectKind: 'text',
      subjectId: slugs.join(' '),
      personId: actor.personId,
      bodyCode: post.bodyCode,
      fields: { slugs },
    });
    return missing;
  });
  if (added.some((row) => row.section === 'site')) {
    void publishSoon(context, actor.personId, 'directory');
  }
  return { added: added.length };
}

/** The overview that a text comes with; empty where it has none. */
export async function readShippedOverview({ db, now }: Context, slug: string): Promise<string> {
  const shipped = await listShipped(db, civilDateOf(now()));
  const row = shipped.find((each) => each.slug === slug);
  return row?.overview ?? '';
}

async function findMissing(db: Reader, today: string) {
  const standing = await listAllTexts(db);
  const isThere = ({ slug, section, title }: { slug: string; section: string; title: string }) =>
    standing.some((row) => row.slug === slug || (row.section === section && row.title === title));
  return (await listShipped(db, today)).filter((row) => !isThere(row));
}

async function listShipped(db: Reader, today: string) {
  const { county_name: countyName, bureau_name: bureauName } = await loadSettings(db);
  const rows = listFirstTextRows({ countyName, bureauName }, today);
  return rows.map((row) => ({ ...NO_DOCUMENT, ...row }));
}
