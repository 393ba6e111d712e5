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
import { FORMER_CODE } from '#rules/lifecycle-codes.ts';
import { findTransition } from '#rules/lifecycle.ts';
import { parseQueryCode } from '#rules/receipt.ts';
import { sealJson } from '#sealing/age.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import { openOlder } from './follow-up-code.ts';
import type { LeadChange } from './lead-change.ts';
import type { Step } from './lead-effects.ts';
import { listDisputes } from './lead-facts.ts';
import type { Dispute } from './lead-facts.ts';
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
  const { lead, code, identities } = former;
  const facts = await readPlainFacts(db, lead);
  const rule = findTransition(facts, 'reporter', { event: 'dispute-code' });
  if (!rule) throw new CodedError('state-changed');
  const step = await prepareUnattended(db, lead, facts, rule);
  // A code opens what those before it opened: so many there are.
  const said = { text, replacedOn: code.replacedOn, nth: identities.length };
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
  const former = chooseFormer(codes, listDisputes(leadCase.events), fields['formerCode']);
  if (!former) throw new CodedError('invalid-input', { decision: '原来的查询码已经失效' });
  const present = { lookup: lead.lookup, recipient: lead.codeRecipient };
  const messages = await sealAnew(db, leadCase, former);
  return { ...change, codes: { restore: { former, present, messages } } };
}

/**
 * Of several codes that somebody speaks up for a person says which comes back: who saw an early one may speak up for
 * it, and who saw a later one for that. A code carries those before it, so in this order they are those of the
 * disputes; days do not tell codes of one day apart. Where it is not known which is which, the earliest comes back.
 */
function chooseFormer(
  codes: readonly FormerCode[],
  disputes: readonly Dispute[],
  chosen: unknown,
): FormerCode | undefined {
  const carried = ({ sealed }: FormerCode) => sealed?.length ?? 0;
  const disputed = codes
    .filter(({ disputedOn }) => disputedOn !== null)
    .toSorted((a, b) => carried(a) - carried(b));
  if (disputed.length < 2 || disputed.length !== disputes.length) return disputed[0];
  const at = disputes.findIndex(({ nth }) => nth === chosen);
  if (at < 0) {
    const message = '有几个查询码都有人说明，选择恢复哪一个';
    throw new CodedError('invalid-input', { [FORMER_CODE.name]: message });
  }
  return disputed[at];
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
