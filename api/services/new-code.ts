import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { findLeadByLookup } from '#db/queries/complaints.ts';
import { isVoidCode, readOldCodes, replaceCode } from '#db/queries/lead-codes.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { parseQueryCode } from '#rules/receipt.ts';
import { sealJson } from '#sealing/age.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import { appendAudit } from './audit.ts';
import { openByCode } from './follow-up-code.ts';

/**
 * Gives a lead another query code; the one it had opens what it opened before, for a time
 * (services/former-codes), and nothing of what comes after. `newCode` is made with the page that
 * asks, so that a second press finds it done. Throws `code-mistyped`, `code-unknown`, `code-replaced`.
 */
export async function giveNewCode(
  context: Context,
  { queryCode, newCode }: { queryCode: string; newCode: string },
): Promise<{ reference: string; queryCode: string }> {
  const { db, secrets } = context;
  const parsed = parseQueryCode(newCode);
  if (!parsed.ok) throw new CodedError('code-mistyped');
  const next = await deriveCodeKeys(secrets, parsed.code);
  const done = await findLeadByLookup(db, next.lookup);
  if (done) return { reference: done.reference, queryCode: parsed.code };
  // A code that was replaced once may be known to whom it was replaced for.
  if (await isVoidCode(db, next.lookup)) throw new CodedError('code-replaced');
  const { lead, keys, identities } = await openByCode(context, queryCode);
  const sealed = await sealJson([next.recipient], identities);
  const now = context.now();
  const former = {
    lookupKeyId: lead.lookupKeyId,
    sealed: await readOldCodes(db, lead.id),
    replacedOn: civilDateOf(now),
  };
  await db.transaction(async (tx) => {
    if (!(await replaceCode(tx, lead.id, keys, { ...next, sealed }, former))) {
      throw new CodedError('code-unknown');
    }
    await appendAudit(tx, secrets, now, {
      action: 'lead.new-code',
      subjectKind: 'lead',
      subjectId: lead.id,
      dateOnly: true,
    });
  });
  return { reference: lead.reference, queryCode: parsed.code };
}
