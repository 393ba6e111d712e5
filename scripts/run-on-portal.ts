import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '#api/config.ts';
import type { Config } from '#api/config.ts';
import { openStore } from '#db/open.ts';
import type { Store } from '#db/store.ts';
import { DATABASE_NAME } from '#services/backup.ts';

/**
 * Runs a command on the portal in DATA_DIR. What an operator can act on (no portal there, a folder that
 * cannot be written, a full disk) is one sentence on standard error: exit 2 where there is no portal, else 1.
 */
export async function runOnPortal(
  work: (portal: { config: Config; db: Store }) => Promise<void>,
): Promise<void> {
  try {
    const config = readConfig();
    const database = join(config.dataDir, DATABASE_NAME);
    if (!existsSync(database)) {
      console.error(`${database} does not exist. Set DATA_DIR to the portal's data folder.`);
      process.exitCode = 2;
      return;
    }
    const db = openStore(database);
    try {
      await work({ config, db });
    } finally {
      await db.close();
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
