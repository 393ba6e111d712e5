import { createHmac, randomBytes } from 'node:crypto';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import {
  insertRepeatKey,
  listPrints,
  listWithPrints,
  readRepeatKey,
  replacePrints,
  resealRepeatKey,
} from '#db/queries/lead-repeats.ts';
import type { Tx } from '#db/store.ts';
import { STATES } from '#rules/lifecycle-states.ts';
import { REPEAT_KINDS, marksOf } from '#rules/repeats.ts';
import type { RepeatKind } from '#rules/repeats.ts';
import { hasCapability } from '#rules/roles.ts';
import { openSealed, seal } from '#sealing/age.ts';
import { hideAmong } from './exclusions.ts';
import { bodyRecipient, openBodyIdentity } from './keyring.ts';
import { loadCase } from './lead-case.ts';
import type { LeadCase } from './lead-case.ts';
import { openReporter } from './lead-content.ts';
import { openLeadIdentities } from './lead-keys.ts';

/** More than a lead has that accuses three people of three things. */
const PRINTS = 24;
/** Shown at most; looked at more, because some may not be known of. */
const SHOWN = 5;
const LOOKED_AT = 20;
const KEY_BYTES = 32;

/** A lead that may be about the same as the one that is open. */
export type Repeat = {
  reference: string;
  receivedOn: string;
  statusLabel: string;
  because: string[];
};

/** The hashes of an opened lead by what they stand for, and what is still to be stored. */
export type Prints = {
  known: Map<string, RepeatKind>;
  store: (tx: Tx) => Promise<void>;
};

/**
 * Hashes what an opened lead says under the key of the body on whose desk it is. Null where the reader is not
 * one who would find repeats, or holds no key of that body.
 */
export async function preparePrints(context: Context, leadCase: LeadCase): Promise<Prints | null> {
  const { db } = context;
  const { lead, content, roles, actor } = leadCase;
  const post = actor.posts.find(({ bodyCode }) => bodyCode === lead.bodyCode);
  if (!content || !post || !hasCapability(roles, 'leads.register')) return null;
  if (!hasCapability([post.role], 'reporter.open')) return null;
  const held = await openRepeatKey(context, actor, lead.bodyCode);
  if (!held) return null;
  const { placePath, problemTypes } = leadCase;
  const reporter = await openOwnReporter(context, leadCase);
  const marks = marksOf({ ...content, problemTypes, placePath }, reporter);
  const known = new Map(
    marks
      .slice(0, PRINTS)
      .map(({ kind, words }) => [hashMark(held.secret, [kind, ...words]), kind]),
  );
  const { id: leadId, bodyCode } = lead;
  const stored = new Set(await listPrints(db, leadId, bodyCode));
  const isStored = stored.size > 0 && [...known.keys()].every((mac) => stored.has(mac));
  async function store(tx: Tx) {
    await held?.store(tx);
    if (isStored) return;
    await replacePrints(tx, { leadId, bodyCode, macs: hideAmong(PRINTS, [...known.keys()]) });
  }
  return { known, store };
}

/** Leads that share a hash with the one that is open, as far as its reader may know of them. */
export async function listRepeats(
  context: Context,
  { lead, actor }: LeadCase,
  { known }: Prints,
): Promise<Repeat[]> {
  const found = await listWithPrints(context.db, lead.id, [...known.keys()], LOOKED_AT);
  const repeats: Repeat[] = [];
  for (const { id, reference, receivedOn } of found) {
    if (repeats.length === SHOWN) break;
    const other = await openOther(context, actor, reference);
    if (!other) continue;
    const shared = (await listPrints(context.db, id, lead.bodyCode)).flatMap(
      (mac) => known.get(mac) ?? [],
    );
    repeats.push({
      reference,
      receivedOn,
      statusLabel: STATES[other.facts.state].label,
      because: [...new Set(shared)].map((kind) => REPEAT_KINDS[kind]),
    });
  }
  return repeats;
}

async function openOther(context: Context, actor: Actor, reference: string) {
  try {
    return await loadCase(context, actor, reference);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'not-found') return null;
    throw error;
  }
}

/** For hashing alone: nobody is shown it, which stays an act of its own. */
async function openOwnReporter({ db }: Context, { lead, grants, actor }: LeadCase) {
  if (!lead.sealedReporter) return null;
  const identities = await openLeadIdentities(db, actor, grants, 'reporter');
  const identity = identities.get(1);
  return identity ? openReporter(identity, lead.sealedReporter) : null;
}

/** The key of a body's hashes, made where there is none yet, and sealed anew where the body's key was renewed. */
async function openRepeatKey({ db }: Context, actor: Actor, bodyCode: string) {
  const current = await bodyRecipient(db, bodyCode);
  const kept = await readRepeatKey(db, bodyCode);
  const identity = kept && (await openBodyIdentity(db, actor, kept.keyId));
  if (kept && !identity) return null;
  const secret =
    kept && identity ? await openSealed(identity, kept.sealed) : randomBytes(KEY_BYTES);
  const { keyId, recipient } = current;
  if (kept?.keyId === keyId) return { secret, store: async () => undefined };
  const key = { bodyCode, keyId, sealed: await seal([recipient], secret) };
  async function store(tx: Tx) {
    if (kept) await resealRepeatKey(tx, key, kept.keyId);
    else await insertRepeatKey(tx, key);
  }
  return { secret, store };
}

function hashMark(secret: Uint8Array, words: readonly string[]): string {
  return createHmac('sha256', secret).update(JSON.stringify(words)).digest('hex');
}
