import type { Reader } from '#db/store.ts';
import { generateKeyPair, openJson, seal, sealJson } from '#sealing/age.ts';
import type { KeyPair } from '#sealing/age.ts';
import { bodyRecipient } from './keyring.ts';
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
