import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '#api/config.ts';
import { openStore } from '#db/open.ts';
import { publishingPaths } from '#publishing/paths.ts';
import { DATABASE_NAME } from '#services/backup.ts';
import { readPublishedHead, verifyPublic } from '#services/verify-public.ts';
import { BrokenChainError, verifyAuditChain } from '#services/verify.ts';

const config = readConfig();
const database = join(config.dataDir, DATABASE_NAME);
if (!existsSync(database)) {
  console.error(`${database} does not exist. Set DATA_DIR to the portal's data folder.`);
  process.exit(2);
}

const { public: folder } = publishingPaths(config.dataDir);
const db = openStore(database);
try {
  const head = await verifyAuditChain(db, await readPublishedHead(folder));
  console.log(`audit chain holds: ${head?.seq ?? 0} entries, head ${head?.hash ?? '-'}`);
  const published = await verifyPublic(folder);
  console.log(`publications hold: ${published?.seq ?? 0}, head ${published?.hash ?? '-'}`);
} catch (error) {
  if (!(error instanceof BrokenChainError)) throw error;
  console.error(`broken at ${error.seq}: ${error.message}`);
  process.exitCode = 1;
} finally {
  await db.close();
}
