import { asc, eq } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type PageText = Schema['pageText']['$inferSelect'];

export async function listTexts(db: Reader): Promise<PageText[]> {
  const { pageText } = db.t;
  return db.select().from(pageText).orderBy(asc(pageText.position), asc(pageText.slug));
}

export async function readText(db: Reader, slug: string): Promise<PageText | null> {
  const [found] = await db.select().from(db.t.pageText).where(eq(db.t.pageText.slug, slug));
  return found ?? null;
}

export async function insertTexts(tx: Tx, texts: PageText[]): Promise<void> {
  if (texts.length > 0) await tx.insert(tx.t.pageText).values(texts);
}
