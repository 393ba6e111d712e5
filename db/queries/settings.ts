import { asc, eq } from 'drizzle-orm';
import type { Reader, Tx } from '#db/store.ts';

/** All settings as one object. */
export async function readSettings(db: Reader): Promise<Record<string, string>> {
  const rows = await db.select().from(db.t.setting).orderBy(asc(db.t.setting.key));
  return Object.fromEntries(rows.map((row) => [row.key, row.value]));
}

export async function readSettingValue(db: Reader, key: string): Promise<string | null> {
  const [found] = await db.select().from(db.t.setting).where(eq(db.t.setting.key, key));
  return found?.value ?? null;
}

export async function upsertSetting(tx: Tx, key: string, value: string): Promise<void> {
  const { setting } = tx.t;
  await tx
    .insert(setting)
    .values({ key, value })
    .onConflictDoUpdate({ target: setting.key, set: { value } });
}
