import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { publishingPaths } from '#publishing/paths.ts';
import { readBuild } from '#publishing/site-build.ts';
import { ReceiptFile } from '#rules/receipt-file.ts';
import { findRepeatedField } from '#rules/repeated-field.ts';
import { publicKeyOf } from '#sealing/sign.ts';
import { openSecrets } from '#services/portal-secrets.ts';
import { refuseReceipt } from '#services/receipts.ts';
import { verifyLive } from '#services/verify-live.ts';
import { readPublishedHead } from '#services/verify-public.ts';
import { verifyEvidence, verifyReceived } from '#services/verify-evidence.ts';
import { BrokenChainError, verifyAuditChain } from '#services/verify.ts';
import { runOnPortal } from './run-on-portal.ts';

/** Editors of Windows put it before a file that they save. */
const BOM = /^\uFEFF/;

/**
 * `npm run verify`: the chains of this portal. `-- --receipt FILE`: a receipt against the portal's key and
 * its chain; with `--key FILE` against that public key, without any portal. Exit 1 where something does not
 * hold, 2 where there is nothing to check.
 */
const values = readOptions();

if (!values) {
  console.error('Usage: npm run verify, or npm run verify -- --receipt FILE [--key FILE]');
  process.exitCode = 2;
} else if (values.receipt && values.key) checkReceipt(values.receipt, readKey(values.key));
else await verifyPortal(values.receipt);

function readOptions() {
  try {
    const options = { receipt: { type: 'string' }, key: { type: 'string' } } as const;
    return parseArgs({ options, allowPositionals: true }).values;
  } catch {
    return null;
  }
}

async function verifyPortal(receiptFile: string | undefined): Promise<void> {
  await runOnPortal(async ({ config, db }) => {
    const receipt = receiptFile
      ? checkReceipt(receiptFile, publicKeyOf(openSecrets(config)))
      : null;
    if (receiptFile && !receipt) return;
    const { public: folder } = publishingPaths(config.dataDir);
    try {
      const published = await readPublishedHead(folder);
      if (receipt) {
        // The link a receipt carries is as good as one that was published.
        await verifyAuditChain(db, receipt.auditHead);
        console.log(`the audit chain still holds entry ${receipt.auditHead.seq}`);
        const { files = [] } = receipt;
        await verifyReceived(db, config.dataDir, files);
        if (files.length > 0) console.log(`files as they came: ${files.length}`);
        return;
      }
      const head = await verifyAuditChain(db, published);
      console.log(`audit chain holds: ${head?.seq ?? 0} entries, head ${head?.hash ?? '-'}`);
      const pages = await verifyLive(config.dataDir, await readBuild());
      console.log(`publications hold: ${pages?.seq ?? 0}, head ${pages?.hash ?? '-'}`);
      console.log(`files of complaints hold: ${await verifyEvidence(db, config.dataDir)}`);
    } catch (error) {
      if (!(error instanceof BrokenChainError)) throw error;
      throw new Error(`broken at ${error.seq}: ${error.message}`, { cause: error });
    }
  });
}

/** Null, with the exit code set, where the receipt does not hold or cannot be read. */
function checkReceipt(file: string, publicKey: string | null): ReceiptFile | null {
  const text = (readText(file) ?? '').replace(BOM, '');
  const receipt = parseReceipt(text);
  if (!receipt || !publicKey) {
    console.error(receipt ? 'The key cannot be read.' : `${file} is no receipt.`);
    process.exitCode = 2;
    return null;
  }
  const repeated = findRepeatedField(text);
  const refusal =
    repeated === null
      ? refuseReceipt(receipt, publicKey)
      : `"${repeated}" stands twice, which no receipt of a portal does.`;
  if (refusal) {
    console.error(`${receipt.reference}: ${refusal}`);
    process.exitCode = 1;
    return null;
  }
  console.log(`${receipt.reference}, received on ${receipt.receivedOn}: the signature holds`);
  return receipt;
}

function parseReceipt(text: string): ReceiptFile | null {
  try {
    return ReceiptFile.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Null where the file holds no public key. */
function readKey(file: string): string | null {
  try {
    return createPublicKey(readFileSync(file, 'utf8')).export({ format: 'pem', type: 'spki' });
  } catch {
    return null;
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
