import type { Actor } from '#api/context.ts';
import type { LeadGrant } from '#db/queries/lead-grants.ts';
import type { Reader } from '#db/store.ts';
import { generateKeyPair, openJson, openSealed, seal, sealJson } from '#sealing/age.ts';
import type { KeyPair } from '#sealing/age.ts';
import { bodyRecipient } from './keyring.ts';
import { identitiesOf } from './list-keys.ts';
import { z } from 'zod';

/** The two identities of a lead, made at arrival; afterwards they exist sealed to bodies only. */
export type LeadKeys = { content: KeyPair; reporter: KeyPair };
export type LeadPart = keyof LeadKeys;

/** One body's hold on a part of a lead, as `lead_grant` keeps it. */
export type SealedGrant = {
  bodyCode: string;
  part: LeadPart;
  standing: 'desk' | 'reserve';
  keyId: string;
  epoch: number;
  sealed: Buffer;
};

/** The first content identity of a lead. */
export const FIRST_EPOCH = 1;

export async function createLeadKeys(): Promise<LeadKeys> {
  return { content: await generateKeyPair(), reporter: await generateKeyPair() };
}

/** Seals an identity of a lead to a body's present key. */
export async function sealGrant(
  db: Reader,
  holder: { bodyCode: string; part: LeadPart; standing: 'desk' | 'reserve'; epoch: number },
  identity: string,
): Promise<SealedGrant> {
  const { keyId, recipient } = await bodyRecipient(db, holder.bodyCode);
  return { ...holder, keyId, sealed: await seal([recipient], identity) };
}

/**
 * Content to the desk and to the body that holds it in reserve; the reporter to the desk alone, because
 * it must answer.
 */
export async function sealArrivalGrants(
  db: Reader,
  deskCode: string,
  reserveCode: string | null,
  { content, reporter }: LeadKeys,
): Promise<SealedGrant[]> {
  const desk = { bodyCode: deskCode, standing: 'desk', epoch: FIRST_EPOCH } as const;
  const grants = [
    sealGrant(db, { ...desk, part: 'content' }, content.identity),
    sealGrant(db, { ...desk, part: 'reporter' }, reporter.identity),
  ];
  if (reserveCode) {
    const reserve = { ...desk, bodyCode: reserveCode, standing: 'reserve' } as const;
    grants.push(sealGrant(db, { ...reserve, part: 'content' }, content.identity));
  }
  return Promise.all(grants);
}

/** Bodies on whose desk a lead is or was. */
export function desksOf(grants: LeadGrant[]): string[] {
  const desks = grants.filter((grant) => grant.part === 'content' && grant.standing === 'desk');
  return [...new Set(desks.map((grant) => grant.bodyCode))];
}

const MessageContent = z.strictObject({ text: z.string() });

/** A message, opened by the query code and, where named, by those who hold the lead's content. */
export async function sealMessage(
  lead: { contentRecipient: string | null; codeRecipient: string },
  text: string,
): Promise<Buffer> {
  const holders = lead.contentRecipient ? [lead.contentRecipient] : [];
  return sealJson([...holders, lead.codeRecipient], { text });
}

/** `identity` is the lead's content identity or the one a query code stands for. */
export async function openMessage(identity: string, sealed: Uint8Array): Promise<string> {
  return MessageContent.parse(await openJson(identity, sealed)).text;
}

/**
 * The identities of one part of a lead by epoch, as far as the person's own bodies hold them. Empty where
 * none of them has a key. `findBodyIdentity` opens a body's key; over many leads one that remembers is
 * handed over (services/list-keys).
 */
export async function openLeadIdentities(
  db: Reader,
  actor: Actor,
  grants: LeadGrant[],
  part: LeadPart,
  findBodyIdentity = identitiesOf(db, actor),
): Promise<Map<number, string>> {
  const own = new Set(actor.posts.map((post) => post.bodyCode));
  const identities = new Map<number, string>();
  for (const grant of grants) {
    if (grant.part !== part || !own.has(grant.bodyCode) || identities.has(grant.epoch)) continue;
    const bodyIdentity = await findBodyIdentity(grant.keyId);
    if (!bodyIdentity) continue;
    identities.set(grant.epoch, (await openSealed(bodyIdentity, grant.sealed)).toString('utf8'));
  }
  return identities;
}
