import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import type { UploadRule } from '#services/evidence-upload.ts';
import { spendProof, verifyProof } from '#services/proofs.ts';
import type { Proof } from '#services/proofs.ts';
import { holdBytes, holdProof } from '#services/upload-holds.ts';
import { refuseWhereCrowded, verifyTicket } from '#services/upload-tickets.ts';
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
    arrive: async () => {},
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

/** One ticket for the files of one page, which stands before them. */
export function payByTicket(context: Context) {
  let checked: Promise<Proof> | null = null;
  let isSpent = false;
  let count = 0;
  function rule({ fields }: ArrivingForm): UploadRule {
    count += 1;
    const held = holdBytes(context.db);
    const verify = () => (checked ??= verifyTicket(context, valueOf(fields, 'ticket')));
    return {
      admit: async () => void (await verify()),
      arrive: async (bytes) => {
        held.add(bytes);
        await refuseWhereCrowded(context);
      },
      settle: async () => {},
      pay: async (tx) => {
        if (!isSpent) await spendProof(tx, await verify());
        isSpent = true;
        return { proved: false };
      },
      end: held.release,
    };
  }
  return { rule, taken: () => count };
}

function valueOf(fields: ArrivingForm['fields'], wanted: string): string {
  return fields.find(([name]) => name === wanted)?.[1] ?? '';
}
