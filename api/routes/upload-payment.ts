import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import type { UploadRule } from '#services/evidence-upload.ts';
import { spendProof, verifyProof } from '#services/proofs.ts';
import type { Proof } from '#services/proofs.ts';
import { holdProof, holdTicket } from '#services/upload-holds.ts';
import { verifyTicket } from '#services/upload-tickets.ts';
import type { ArrivingForm } from './upload-form.ts';

/** A proof for one file: checked before the file is read where it stands before it, else at the end. */
export function payByProof(context: Context, { fields, ended }: ArrivingForm): UploadRule {
  let proof: Proof | null = null;
  let release = () => {};
  async function check() {
    const altcha = valueOf(fields, 'altcha');
    if (altcha) proof ??= await verifyProof(context, altcha);
  }
  return {
    admit: async () => {
      await check();
      release = holdProof(context.db, proof?.nonce ?? null);
    },
    settle: async () => {
      if (!proof) await ended;
      await check();
      if (!proof) throw new CodedError('proof-missing');
    },
    pay: async (tx) => {
      if (!proof) throw new CodedError('proof-missing');
      await spendProof(tx, proof);
      return { proved: true };
    },
    end: () => release(),
  };
}

/** One ticket for the files of one page, which stands before them; to be ended when all have come. */
export function payByTicket(context: Context) {
  let checked: Promise<Proof> | null = null;
  let release = () => {};
  let isSpent = false;
  let count = 0;
  async function hold(ticket: string): Promise<Proof> {
    const proof = await verifyTicket(context, ticket);
    release = holdTicket(context.db);
    return proof;
  }
  function rule({ fields }: ArrivingForm): UploadRule {
    count += 1;
    const verify = () => (checked ??= hold(valueOf(fields, 'ticket')));
    return {
      admit: async () => void (await verify()),
      settle: async () => {},
      pay: async (tx) => {
        if (!isSpent) await spendProof(tx, await verify());
        isSpent = true;
        return { proved: false };
      },
      end: () => {},
    };
  }
  return { rule, taken: () => count, end: () => release() };
}

function valueOf(fields: ArrivingForm['fields'], wanted: string): string {
  return fields.find(([name]) => name === wanted)?.[1] ?? '';
}
