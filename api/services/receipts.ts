import { createHash } from 'node:crypto';
import { canonicalText } from '#rules/canonical.ts';
import { DEADLINES } from '#rules/deadlines.ts';
import { isOwed, listOwed, signedText } from '#rules/receipt-file.ts';
import type { Receipt, ReceiptFile } from '#rules/receipt-file.ts';
import { parseQueryCode } from '#rules/receipt.ts';
import type { Secrets } from '#sealing/secrets.ts';
import { isSignedBy, publicKeyOf, signText } from '#sealing/sign.ts';
import type { LeadContent } from './lead-content.ts';
import type { SentFiles } from './receipt-files.ts';

/** What is known of a complaint that a receipt is given for. */
export type Arrived = Pick<
  Receipt,
  'reference' | 'queryCode' | 'receivedOn' | 'dueOn' | 'auditHead' | 'files'
> & {
  deadlines: readonly { ruleCode: string; dueOn: string; calendarVersion: string }[];
  /** What was said, without what the portal made of it. */
  said: string;
  /** The files that came with it, in the order in which they were shown. */
  sent: SentFiles;
};

const LIMITS_VERSION = sha256(canonicalText(DEADLINES)).slice(0, 12);

/** The same complaint under the same code is the same receipt, to the letter. */
export function issueReceipt(secrets: Secrets, arrived: Arrived): Receipt {
  const { said, sent, deadlines: running, ...facts } = arrived;
  const deadlines = running.filter(isOwed);
  const salt = secrets.derive('receipt', facts.queryCode, 'sunshine-dibao/receipt-salt/v1', 16);
  const calendars = new Set(deadlines.flatMap((each) => each.calendarVersion.split('+')));
  const receipt = {
    ...facts,
    due: listOwed(deadlines),
    ruleVersion: [LIMITS_VERSION, ...[...calendars].filter(Boolean).toSorted()].join('+'),
    contentHash: sha256(`${salt.toString('hex')}\n${said}`),
    codeHash: sha256(`${salt.toString('hex')}\n${facts.queryCode}`),
    ...(sent.length > 0 && {
      attachments: sent.map(({ kind, bytes, sha256: clear }, at) => ({
        number: at + 1,
        kind,
        bytes,
        hash: sha256(`${salt.toString('hex')}\n${clear}`),
      })),
    }),
    salt: salt.toString('hex'),
    signature: '',
  };
  return { ...receipt, signature: signText(secrets, signedText(receipt)) };
}

/** The public key that receipts are checked with, as PEM. */
export function receiptKey({ secrets }: { secrets: Secrets }): string {
  return publicKeyOf(secrets);
}

/**
 * What a receipt vouches for. Of the class only what was chosen counts, and that may be filed otherwise: it
 * is left out, so that the sealed content of the lead gives the same text for ever.
 */
export function saidOf({ class: _class, ...content }: LeadContent): string {
  return canonicalText(content);
}

/** One sentence on what is wrong; null where the receipt is this portal's and unchanged. */
export function refuseReceipt(receipt: ReceiptFile, publicKey: string): string | null {
  if (!isSignedBy(publicKey, signedText(receipt), receipt.signature)) {
    return 'the signature does not fit: the receipt was changed, or is not of this portal';
  }
  const parsed = receipt.queryCode ? parseQueryCode(receipt.queryCode) : null;
  if (parsed?.ok && sha256(`${receipt.salt}\n${parsed.code}`) !== receipt.codeHash) {
    return 'the query code is not the one of this receipt';
  }
  return null;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
