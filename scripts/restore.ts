import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '#api/config.ts';
import { RestoreError, restoreBackup } from '#services/restore.ts';

const [source] = process.argv.slice(2);
if (!source) {
  console.error('Usage: npm run restore -- FILE   (into an empty DATA_DIR)');
  process.exit(2);
}
const config = readConfig();
try {
  const manifest = await restoreBackup(resolve(source), config.dataDir);
  console.log(
    `${config.dataDir}: ${manifest.files.length} files, each with the hash it was saved with`,
  );
  console.log(`audit head ${manifest.auditHead?.seq ?? 0} ${manifest.auditHead?.hash ?? '-'}`);
  const missing = manifest.secretsNotIncluded.filter(
    (name) => !existsSync(join(config.secretsDir, name)),
  );
  if (missing.length > 0) {
    console.log(`Put back into ${config.secretsDir}: ${missing.join(', ')}`);
  }
  console.log('Next: npm run verify, then npm run publish (renders the site again), npm start.');
} catch (error) {
  if (!(error instanceof RestoreError)) throw error;
  console.error(error.message);
  process.exit(1);
}
