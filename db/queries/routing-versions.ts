import { desc, eq } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import { recall } from '#db/store.ts';
import type { Reader, Tx } from '#db/store.ts';

export type RoutingVersion = Schema['routingVersion']['$inferSelect'];

/** The version in force; null: the table that ships. */
export async function findNewestRouting(db: Reader): Promise<RoutingVersion | null> {
  const { routingVersion } = db.t;
  const [newest] = await recall(db, 'newest routing', [routingVersion], () =>
    db.select().from(routingVersion).orderBy(desc(routingVersion.version)).limit(1),
  );
  return newest ?? null;
}

export async function readRoutingVersion(
  db: Reader,
  version: number,
): Promise<RoutingVersion | null> {
  const { routingVersion } = db.t;
  const [row] = await db.select().from(routingVersion).where(eq(routingVersion.version, version));
  return row ?? null;
}

/** Every version with who saved it, the newest first. */
export async function listRoutingVersions(db: Reader) {
  const { person, routingVersion } = db.t;
  const { version, note, onDate } = routingVersion;
  return db
    .select({ version, note, onDate, personName: person.name })
    .from(routingVersion)
    .leftJoin(person, eq(person.id, routingVersion.personId))
    .orderBy(desc(version));
}

export async function insertRoutingVersion(tx: Tx, row: RoutingVersion): Promise<void> {
  await tx.insert(tx.t.routingVersion).values(row);
}
