import type { Actor, ActorPost, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listDirectoryVersions, readDirectoryVersion } from '#db/queries/directory-versions.ts';
import { insertTexts, listAllTexts, readText, updateText } from '#db/queries/texts.ts';
import type { PageText } from '#db/queries/texts.ts';
import type { Tx } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { TextFields, addressOfText, findPolicyGaps } from '#rules/page-texts.ts';
import type { TextSection } from '#rules/page-texts.ts';
import { appendAudit } from './audit.ts';
import { keepChange } from './directory-history.ts';
import { requireBureauPost } from './list-access.ts';
import { publishSoon } from './publish-in-background.ts';
import { checkText, readKnown } from './text-check.ts';
import { makeSlug } from './text-slug.ts';

/** Every text, those taken off the site too. Throws `not-allowed`. */
export async function listTextDesk({ db }: Context, actor: Actor) {
  await requireBureauPost(db, actor, 'directory.edit');
  return (await listAllTexts(db)).map((row) => ({
    slug: row.slug,
    section: row.section,
    title: row.title,
    position: row.position,
    updatedOn: row.updatedOn,
    hiddenOn: row.hiddenOn,
    effectiveFrom: row.effectiveFrom,
    endedOn: row.endedOn,
  }));
}

/** One text as it stands, or as it stood at an earlier version. Throws `not-allowed`, `not-found`. */
export async function readTextDesk(
  { db }: Context,
  actor: Actor,
  { slug, version }: { slug: string; version?: number | undefined },
) {
  await requireBureauPost(db, actor, 'directory.edit');
  const row = await readText(db, slug);
  if (!row) throw new CodedError('not-found');
  const versions = await listDirectoryVersions(db, 'text', slug);
  return {
    slug,
    section: row.section,
    hiddenOn: row.hiddenOn,
    updatedOn: row.updatedOn,
    /** Of what stands. */
    version: row.version,
    fields: version === undefined ? textFieldsOf(row) : await readOldFields(),
    versions: versions.map(({ version, change, note, onDate, personName }) => ({
      ...{ version, change, note, onDate, personName },
    })),
  };

  async function readOldFields(): Promise<TextFields> {
    const old = await readDirectoryVersion(db, 'text', slug, version ?? 0);
    if (!old) throw new CodedError('not-found');
    return TextFields.parse(JSON.parse(old.content));
  }
}

/** Throws `invalid-input` with what must be changed before the text may be saved. */
export async function judgeText(
  context: Context,
  actor: Actor,
  { section, slug, fields }: { section: TextSection; slug: string; fields: TextFields },
): Promise<void> {
  await requireBureauPost(context.db, actor, 'directory.edit');
  const own = { section, slug: slug || 'new' };
  const known = await readKnown(context.db, own, civilDateOf(context.now()));
  const gaps = section === 'policy' ? findPolicyGaps(fields) : {};
  const messages = { ...checkText(fields, known), ...gaps };
  if (Object.keys(messages).length > 0) throw new CodedError('invalid-input', messages);
}

/** Adds a text and publishes it; answers its address. Throws `not-allowed`, `invalid-input`. */
export async function addText(
  context: Context,
  actor: Actor,
  { section, fields }: { section: TextSection; fields: TextFields },
): Promise<{ slug: string }> {
  const post = await requireBureauPost(context.db, actor, 'directory.edit');
  if (section === 'site') throw new CodedError('invalid-input', { section: '选择放在哪一栏。' });
  const taken = (await listAllTexts(context.db)).map((row) => row.slug);
  const slug = await makeSlug(fields.title, taken);
  await judgeText(context, actor, { section, slug, fields });
  const today = civilDateOf(context.now());
  await context.db.transaction(async (tx) => {
    // The address was free when it was made; a text added meanwhile may have taken it.
    if (await readText(tx, slug)) throw new CodedError('state-changed');
    await insertTexts(tx, [{ ...fields, slug, section, updatedOn: today, addedOn: today }]);
    const change = { change: 'add', note: '', onDate: today } as const;
    await keepChange(tx, {
      ...{ ...change, kind: 'text', subjectId: slug, actor, before: null, after: fields },
    });
    await audit(tx, context, { actor, post, action: 'text.add', slug, fields });
  });
  void publishSoon(context, actor.personId, 'directory');
  return { slug };
}

/**
 * Saves a text and publishes it; `base` is the version it was made from. Throws `state-changed` where somebody
 * else has saved since, `not-allowed`, `not-found`, `invalid-input`.
 */
export async function editText(
  context: Context,
  actor: Actor,
  input: { slug: string; base: number; note: string; fields: TextFields },
): Promise<{ version: number }> {
  const { slug, base, note, fields } = input;
  const post = await requireBureauPost(context.db, actor, 'directory.edit');
  const row = await findText(context, slug, base);
  await judgeText(context, actor, { section: row.section, slug, fields });
  if (JSON.stringify(TextFields.parse(textFieldsOf(row))) === JSON.stringify(fields)) {
    throw new CodedError('invalid-input', { markdown: '与现在的内容一样，没有要保存的改动。' });
  }
  const today = civilDateOf(context.now());
  await context.db.transaction(async (tx) => {
    const change = { ...fields, updatedOn: today };
    if (!(await updateText(tx, { slug, version: base }, change))) {
      throw new CodedError('state-changed');
    }
    await keepChange(tx, {
      ...{ kind: 'text', subjectId: slug, change: 'edit', note, onDate: today, actor },
      before: { version: base, content: textFieldsOf(row) },
      after: fields,
    });
    await audit(tx, context, { actor, post, action: 'text.edit', slug, fields });
  });
  void publishSoon(context, actor.personId, 'directory');
  return { version: base + 1 };
}

/** Takes a text off the site, or puts it back. Throws `not-now` where the site needs it. */
export async function setTextShown(
  context: Context,
  actor: Actor,
  { slug, base, shown }: { slug: string; base: number; shown: boolean },
): Promise<void> {
  const { db } = context;
  const post = await requireBureauPost(db, actor, 'directory.edit');
  const row = await findText(context, slug, base);
  if ((row.hiddenOn === null) === shown) throw new CodedError('state-changed');
  if (!shown) await requireUnneeded(context, row);
  else await judgeText(context, actor, { section: row.section, slug, fields: textFieldsOf(row) });
  const today = civilDateOf(context.now());
  await db.transaction(async (tx) => {
    const hiddenOn = shown ? null : today;
    if (!(await updateText(tx, { slug, version: base }, { hiddenOn }))) {
      throw new CodedError('state-changed');
    }
    const change = shown ? 'show' : 'hide';
    await keepChange(tx, {
      ...{ kind: 'text', subjectId: slug, change, note: '', onDate: today, actor },
      before: { version: base, content: textFieldsOf(row) },
      after: textFieldsOf(row),
    });
    const action = shown ? 'text.show' : 'text.hide';
    await audit(tx, context, { actor, post, action, slug, fields: { shown } });
  });
  void publishSoon(context, actor.personId, 'directory');
}

async function requireUnneeded({ db }: Context, row: PageText): Promise<void> {
  if (row.section === 'site') {
    throw new CodedError('not-now', {}, '每个网站都要有这一页，只能修改，不能停用。');
  }
  const link = `](${addressOfText(row)}`;
  const others = (await listAllTexts(db)).filter(
    (other) =>
      other.hiddenOn === null &&
      other.slug !== row.slug &&
      (other.markdown.includes(link) || other.overview.includes(link)),
  );
  if (others.length === 0) return;
  const titles = others.map((other) => `《${other.title}》`).join('');
  throw new CodedError('not-now', {}, `${titles}里有到这一页的链接，先改那里，再停用。`);
}

async function findText({ db }: Context, slug: string, base: number): Promise<PageText> {
  const row = await readText(db, slug);
  if (!row) throw new CodedError('not-found');
  if (row.version !== base) throw new CodedError('state-changed');
  return row;
}

/** What staff fill in, of a row. */
export function textFieldsOf(row: TextFields): TextFields {
  const { title, overview, markdown, legalBasis, position } = row;
  const { issuer, documentNumber, issuedOn, effectiveFrom, endedOn, sourceUrl } = row;
  const facts = { issuer, documentNumber, issuedOn, effectiveFrom, endedOn, sourceUrl };
  return { title, overview, markdown, legalBasis, position, ...facts };
}

type Entry = { actor: Actor; post: ActorPost; action: string; slug: string; fields: unknown };

async function audit(tx: Tx, context: Context, { actor, post, action, slug, fields }: Entry) {
  await appendAudit(tx, context.secrets, context.now(), {
    action,
    subjectKind: 'text',
    subjectId: slug,
    personId: actor.personId,
    bodyCode: post.bodyCode,
    fields,
  });
}
