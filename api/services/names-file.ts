import { z } from 'zod';
import { openJson, sealJson } from '#sealing/age.ts';

/**
 * The full names of one village of a batch, the only place where they exist. Sealed to the publishing and
 * the reviewing body, for the notice board and for corrections; `rowId` leads to the masked row.
 */
export const NamesFile = z.strictObject({
  households: z.array(
    z.strictObject({ rowId: z.string(), fullName: z.string(), idNumber: z.string() }),
  ),
});
export type NamesFile = z.infer<typeof NamesFile>;

export async function sealNames(recipients: string[], names: NamesFile): Promise<Buffer> {
  return sealJson(recipients, names);
}

/** Throws SealError where `identity` is not that of one of the two bodies. */
export async function openNames(identity: string, sealed: Uint8Array): Promise<NamesFile> {
  return NamesFile.parse(await openJson(identity, sealed));
}
