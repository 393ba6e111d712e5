import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  deleteOldFormerCodes,
  disputeFormerCode,
  findFormerCode,
  listFormerCodes,
} from '#db/queries/former-codes.ts';
import type { FormerCode } from '#db/queries/former-codes.ts';
import { findLeadById, listMessages } from '#db/queries/complaints.ts';
import type { LeadRow } from '#db/queries/complaints.ts';
import type { Reader } from '#db/store.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { formerCodeUntil, formerCodesSince } from '#rules/former-codes.ts';
import { findTransition } from '#rules/lifecycle.ts';
import { parseQueryCode } from '#rules/receipt.ts';
import { sealJson } from '#sealing/age.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import { openOlder } from './follow-up-code.ts';
import type { LeadChange } from './lead-change.ts';
import type { Step } from './lead-effects.ts';
import { openMessage, sealMessage } from './lead-keys.ts';
import { prepareUnattended, readPlainFacts, writeUnattended } from './unattended-step.ts';

/** A code that was replaced, within the time in which it opens what it opened before. */
export type Former = { lead: LeadRow; code: FormerCode; identities: string[] };

/** Null where the code is none that a lead had lately. */
export async function openFormer({ db, secrets, now }: Context, typedCode: string) {
  const parsed = parseQueryCode(typedCode);
  if (!parsed.ok) return null;
  const keys = await deriveCodeKeys(secrets, parsed.code);
  const code = await findFormerCode(db, keys.lookup);
  if (!code || !isKnown(code, civilDateOf(now()))) return null;
  const lead = await findLeadById(db, code.leadId);
  if (!lead) return null;
  const older = await openOlder(keys.identity, code.sealed);
  return { lead, code, identities: [keys.identity, ...older] } satisfies Former;
}

/** What both holders are told of each other. */
export async function describeCodes({ db, now }: Context, lead: LeadRow, mine: FormerCode | null) {
  const today = civilDateOf(now());
  const known = (await listFormerCodes(db, lead.id)).filter((code) => isKnown(code, today));
  const shown = mine ?? known[0];
  if (!shown) return null;
  const disputed = mine ? [mine] : known;
  return {
    mine: mine ? ('old' as const) : ('new' as const),
    changedOn: shown.replacedOn,
    until: formerCodeUntil(shown.replacedOn),
    disputed: disputed.some(({ disputedOn }) => disputedOn !== null),
  };
}

/**
 * The holder of a replaced code says that the change was not theirs, and what was complained of: no page shows
 * that to whoever has a code. Sealed to those who handle the lead, never to the new code. Throws
 * `code-unknown`, and `state-changed` where it was said before.
 */
export async function disputeCode(
  context: Context,
  { queryCode, text }: { queryCode: string; text: string },
): Promise<void> {
  const { db } = context;
  const former = await openFormer(context, queryCode);
  if (!former) throw new CodedError('code-unknown');
  const { lead, code } = former;
  const facts = await readPlainFacts(db, lead);
  const rule = findTransition(facts, 'reporter', { event: 'dispute-code' });
  if (!rule) throw new CodedError('state-changed');
  const step = await prepareUnattended(db, lead, facts, rule);
  const said = { text, replacedOn: code.replacedOn };
  const sealed = await sealJson([lead.contentRecipient], said);
  const now = context.now();
  await db.transaction(async (tx) => {
    if (!(await disputeFormerCode(tx, code.lookup, civilDateOf(now)))) {
      throw new CodedError('state-changed', {}, '您已经说明过，工作人员正在核实。');
    }
    await writeUnattended(tx, context, step, now, { sealed, dateOnly: true });
  });
}

/** Of two codes one is left; what staff said meanwhile is sealed anew to the one that comes back. */
export async function settleCode(
  { context, leadCase, fields }: Step,
  change: LeadChange,
): Promise<LeadChange> {
  const { db } = context;
  const { lead } = leadCase;
  if (fields['decision'] !== 'RESTORE') return { ...change, codes: { restore: null } };
  const codes = await listFormerCodes(db, lead.id);
  const former = earliestDisputed(codes);
  if (!former) throw new CodedError('invalid-input', { decision: '原来的查询码已经失效' });
  const present = { lookup: lead.lookup, recipient: lead.codeRecipient };
  const messages = await sealAnew(db, leadCase, former);
  return { ...change, codes: { restore: { former, present, messages } } };
}

/**
 * Whoever saw a code can only have made later ones, and may speak up for each: so of several the earliest comes
 * back. A code carries those before it, and days do not tell codes of one day apart.
 */
function earliestDisputed(codes: readonly FormerCode[]): FormerCode | undefined {
  const carried = ({ sealed }: FormerCode) => sealed?.length ?? 0;
  const disputed = codes.filter(({ disputedOn }) => disputedOn !== null);
  return disputed.toSorted((a, b) => carried(a) - carried(b))[0];
}

async function sealAnew(db: Reader, { lead, identities }: Step['leadCase'], former: FormerCode) {
  const since = (await listMessages(db, lead.id)).filter(
    ({ onDate }) => onDate >= former.replacedOn,
  );
  const sealed = since.map(async ({ seq, epoch, sealed: before }) => {
    const identity = identities.get(epoch);
    if (!identity) return [];
    const text = await openMessage(identity, before);
    return [{ seq, sealed: await sealMessage({ ...lead, codeRecipient: former.recipient }, text) }];
  });
  return (await Promise.all(sealed)).flat();
}

/** Codes whose time is over and that nobody spoke up for. */
export async function forgetFormerCodes({ db, now }: Context): Promise<number> {
  const since = formerCodesSince(civilDateOf(now()));
  return db.transaction((tx) => deleteOldFormerCodes(tx, since));
}

/** As long as somebody waits for its being settled, it is not forgotten. */
function isKnown({ replacedOn, disputedOn }: FormerCode, today: string): boolean {
  return disputedOn !== null || today <= formerCodeUntil(replacedOn);
}
