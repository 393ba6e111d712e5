import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '#api/config.ts';
import { openStore } from '#db/open.ts';
import { DATABASE_NAME, createBackup } from '#services/backup.ts';

const [target] = process.argv.slice(2);
if (!target) {
  console.error('Usage: npm run backup -- FILE   (for example portal-2026-11-20.tar.gz)');
  process.exit(2);
}
const config = readConfig();
const database = join(config.dataDir, DATABASE_NAME);
if (!existsSync(database)) {
  console.error(`${database} does not exist. Set DATA_DIR to the portal's data folder.`);
  process.exit(2);
}
const file = resolve(target);
if (file.startsWith(`${config.dataDir}/`)) {
  console.error('The backup must not stand inside DATA_DIR.');
  process.exit(2);
}

const db = openStore(database);
try {
  const manifest = await createBackup({ db, config, now: Date.now() }, file);
  console.log(`${file}: ${manifest.files.length} files`);
  console.log(`audit head ${manifest.auditHead?.seq ?? 0} ${manifest.auditHead?.hash ?? '-'}`);
  console.log(`Not included, copy apart from ${config.secretsDir}:`);
  for (const name of manifest.secretsNotIncluded) console.log(`  ${name}`);
} finally {
  await db.close();
}
