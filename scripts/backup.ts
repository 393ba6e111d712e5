import { resolve } from 'node:path';
import { createBackup } from '#services/backup.ts';
import { runOnPortal } from './run-on-portal.ts';

const [target] = process.argv.slice(2);
if (!target) {
  console.error('Usage: npm run backup -- FILE   (for example portal-2026-11-20.tar.gz)');
  process.exit(2);
}
const file = resolve(target);

await runOnPortal(async ({ config, db }) => {
  if (file.startsWith(`${config.dataDir}/`)) {
    throw new Error('The backup must not stand inside DATA_DIR.');
  }
  const manifest = await createBackup({ db, config, now: Date.now() }, file);
  console.log(`${file}: ${manifest.files.length} files`);
  console.log(`audit head ${manifest.auditHead?.seq ?? 0} ${manifest.auditHead?.hash ?? '-'}`);
  console.log(`Not included, copy apart from ${config.secretsDir}:`);
  for (const name of manifest.secretsNotIncluded) console.log(`  ${name}`);
});
