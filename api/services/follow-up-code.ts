import type { Context } from '#api/context.ts';
import { CodedError, ERRORS } from '#api/errors.ts';
import { findLeadByLookup } from '#db/queries/complaints.ts';
import type { LeadRow } from '#db/queries/complaints.ts';
import { readOldCodes } from '#db/queries/lead-codes.ts';
import { isTypedReference, parseQueryCode } from '#rules/receipt.ts';
import { SealError, openJson, openSealed, seal } from '#sealing/age.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import type { CodeKeys } from '#sealing/query-code.ts';
import { z } from 'zod';
import { openMessage } from './lead-keys.ts';

const Identities = z.array(z.string());

/** A lead, opened by its query code. */
export type Opened = {
  lead: LeadRow;
  keys: CodeKeys;
  /** What opens its messages: the code's own, and those of codes it had before. */
  identities: string[];
};

/**
 * Every well-formed code costs the same here, whether there is a lead or not: one derivation, one
 * look-up, one opening. Throws `code-mistyped` (wrong check symbol) or `code-unknown`.
 */
export async function openByCode(context: Context, typedCode: string): Promise<Opened> {
  const parsed = parseQueryCode(typedCode);
  if (!parsed.ok) {
    throw refuseCode('code-mistyped', isTypedReference(typedCode) ? REFERENCE : undefined);
  }
  const keys = await deriveCodeKeys(context.secrets, parsed.code);
  const lead = await findLeadByLookup(context.db, keys.lookup);
  await openSealed(keys.identity, await seal([keys.recipient], parsed.code));
  if (!lead) throw refuseCode('code-unknown');
  const older = await openOlder(keys.identity, await readOldCodes(context.db, lead.id));
  return { lead, keys, identities: [keys.identity, ...older] };
}

/** The identities of earlier codes that were sealed to a code's own. */
export async function openOlder(identity: string, sealed: Uint8Array | null): Promise<string[]> {
  return sealed ? Identities.parse(await openJson(identity, sealed)) : [];
}

const REFERENCE = '这是编号，打电话询问时用的。查询码是提交后一起得到的另外17位字母和数字。';

function refuseCode(
  code: 'code-mistyped' | 'code-unknown',
  message: string = ERRORS[code].message,
): CodedError {
  return new CodedError(code, { queryCode: message }, message);
}

/** Opens a message by whichever of the reporter's codes it was sealed to. */
export async function openForReporter(identities: string[], sealed: Uint8Array): Promise<string> {
  for (const identity of identities) {
    try {
      return await openMessage(identity, sealed);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
    }
  }
  throw new SealError();
}
