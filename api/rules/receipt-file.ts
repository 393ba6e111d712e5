import { z } from 'zod';
import { canonicalText } from './canonical.ts';
import { DEADLINES, type DeadlineCode } from './deadlines.ts';
import { isReference, parseQueryCode } from './receipt.ts';

/** What a receipt says and proves, on paper and as a file. */

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const statement = {
  reference: z.string().refine(isReference),
  receivedOn: z.string(),
  /** The first day something is due; `due` says what is owed to the reporter. */
  dueOn: z.string().nullable(),
  due: z.array(z.strictObject({ what: z.string(), dueOn: z.string() })),
  /** The table of limits and the calendars that the days were counted by. */
  ruleVersion: z.string(),
  /** SHA-256 of the salt, a line feed, and what was said; of the code alike. */
  contentHash: hash,
  codeHash: hash,
  /** SHA-256 of each file that came with it, as it lies sealed on the disk. */
  files: z.array(hash).optional(),
  /**
   * The same files in the order in which they were shown: what each is, and SHA-256 of the salt, a line feed and
   * the hash of the file as the reporter has it. Who has no receipt cannot tell by it which file was sent.
   */
  attachments: z
    .array(
      z.strictObject({
        number: z.number().int(),
        kind: z.string(),
        bytes: z.number().int(),
        hash,
      }),
    )
    .optional(),
  salt: z.string(),
  /** The link of the audit chain that reports the arrival. */
  auditHead: z.strictObject({ seq: z.number().int(), hash }),
};

/** The code opens the follow-up: it is not signed, so that who shows the proof can cut it out. */
export const ReceiptFile = z.strictObject({
  ...statement,
  queryCode: z
    .string()
    .refine((code) => parseQueryCode(code).ok)
    .optional(),
  signature: z.string(),
});
export type ReceiptFile = z.infer<typeof ReceiptFile>;

/** What the reporter keeps. The same complaint sent again gets the same receipt. */
export const Receipt = ReceiptFile.required({ queryCode: true });
export type Receipt = z.infer<typeof Receipt>;

/** The text that is signed: everything but code and signature. */
export function signedText({ queryCode: _code, signature: _signature, ...said }: ReceiptFile) {
  return canonicalText(said);
}

/** What is owed to the reporter from the day of arrival, in public words. */
const OWED: Partial<Record<DeadlineCode, string>> = {
  ACK_PET: '告知是否受理',
  ACK_RN: '告知是否受理',
  LOCAL15: DEADLINES.LOCAL15.label,
  PIREQ: DEADLINES.PIREQ.label,
};

export function isOwed({ ruleCode }: { ruleCode: string }): boolean {
  return ruleCode in OWED;
}

export function listOwed(deadlines: readonly { ruleCode: string; dueOn: string }[]) {
  const owed = deadlines.flatMap(({ ruleCode, dueOn }) => {
    const what = OWED[ruleCode as DeadlineCode];
    return what ? [{ what, dueOn }] : [];
  });
  const first = owed.filter(
    ({ what, dueOn }) => !owed.some((other) => other.what === what && other.dueOn < dueOn),
  );
  return first.toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
}
