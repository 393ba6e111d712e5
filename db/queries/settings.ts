import { asc } from 'drizzle-orm';
import { recall } from '#db/store.ts';
import type { Reader, Tx } from '#db/store.ts';

/** All settings as one object. */
export async function readSettings(db: Reader): Promise<Record<string, string>> {
  const { setting } = db.t;
  const rows = await recall(db, 'settings', [setting], () =>
    db.select().from(setting).orderBy(asc(setting.key)),
  );
  return Object.fromEntries(rows.map((row) => [row.key, row.value]));
}

export async function upsertSetting(tx: Tx, key: string, value: string): Promise<void> {
  const { setting } = tx.t;
  await tx
    .insert(setting)
    .values({ key, value })
    .onConflictDoUpdate({ target: setting.key, set: { value } });
}
