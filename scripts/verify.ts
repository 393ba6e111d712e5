import { publishingPaths } from '#publishing/paths.ts';
import { readPublishedHead, verifyPublic } from '#services/verify-public.ts';
import { verifyEvidence } from '#services/verify-evidence.ts';
import { BrokenChainError, verifyAuditChain } from '#services/verify.ts';
import { runOnPortal } from './run-on-portal.ts';

await runOnPortal(async ({ config, db }) => {
  const { public: folder, site } = publishingPaths(config.dataDir);
  try {
    const head = await verifyAuditChain(db, await readPublishedHead(folder));
    console.log(`audit chain holds: ${head?.seq ?? 0} entries, head ${head?.hash ?? '-'}`);
    const published = await verifyPublic(folder, site);
    console.log(`publications hold: ${published?.seq ?? 0}, head ${published?.hash ?? '-'}`);
    console.log(`files of complaints hold: ${await verifyEvidence(db, config.dataDir)}`);
  } catch (error) {
    if (!(error instanceof BrokenChainError)) throw error;
    throw new Error(`broken at ${error.seq}: ${error.message}`, { cause: error });
  }
});
