import { eq, isNull } from 'drizzle-orm';
import type { Reader } from '#db/store.ts';

/** What waits for a second look. */
export async function countWaiting(
  db: Reader,
): Promise<{ gateWarnings: number; takeDowns: number }> {
  const { gateWarning, takeDown } = db.t;
  return {
    gateWarnings: await db.$count(gateWarning, isNull(gateWarning.clearedOn)),
    takeDowns: await db.$count(takeDown, eq(takeDown.status, 'pending')),
  };
}
