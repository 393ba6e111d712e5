import { asc } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import type { Reader, Tx } from '#db/store.ts';

export type PageText = Schema['pageText']['$inferSelect'];

/** The editable texts in the order they are shown. */
export async function listTexts(db: Reader): Promise<PageText[]> {
  const { pageText } = db.t;
  return db.select().from(pageText).orderBy(asc(pageText.position), asc(pageText.slug));
}

export async function insertTexts(tx: Tx, texts: PageText[]): Promise<void> {
  if (texts.length > 0) await tx.insert(tx.t.pageText).values(texts);
}
