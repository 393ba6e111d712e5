import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type PageText = Schema['pageText']['$inferSelect'];
export type NewPageText = Schema['pageText']['$inferInsert'];

/** The texts that are shown, in their order. */
export async function listTexts(db: Reader): Promise<PageText[]> {
  const { pageText } = db.t;
  return db
    .select()
    .from(pageText)
    .where(isNull(pageText.hiddenOn))
    .orderBy(asc(pageText.position), asc(pageText.slug));
}

/** Those taken off the site too. */
export async function listAllTexts(db: Reader): Promise<PageText[]> {
  const { pageText } = db.t;
  return db.select().from(pageText).orderBy(asc(pageText.position), asc(pageText.slug));
}

export async function readText(db: Reader, slug: string): Promise<PageText | null> {
  const { pageText } = db.t;
  const [row] = await db.select().from(pageText).where(eq(pageText.slug, slug));
  return row ?? null;
}

export async function insertTexts(tx: Tx, texts: NewPageText[]): Promise<void> {
  if (texts.length > 0) await tx.insert(tx.t.pageText).values(texts);
}

/** Changes a text whose version is still the one that was read; false where it is not. */
export async function updateText(
  tx: Tx,
  { slug, version }: Pick<PageText, 'slug' | 'version'>,
  change: Partial<PageText>,
): Promise<boolean> {
  const { pageText } = tx.t;
  const rows = await tx
    .update(pageText)
    .set({ ...change, version: version + 1 })
    .where(and(eq(pageText.slug, slug), eq(pageText.version, version)))
    .returning({ slug: pageText.slug });
  return rows.length === 1;
}
