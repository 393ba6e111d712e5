import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { EVIDENCE_TYPES } from '#rules/evidence.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { labelOfType, receiveUpload } from '#services/evidence-upload.ts';
import type { UploadRule, Uploaded } from '#services/evidence-upload.ts';
import { spendProof, verifyProof } from '#services/proofs.ts';
import type { Proof } from '#services/proofs.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import { streamForm } from './upload-form.ts';
import type { ArrivingForm } from './upload-form.ts';

export const UploadBody = z
  .strictObject({
    uploadId: z.string(),
    sha256: z.string(),
    name: z.string(),
    type: z.enum(codesOf(EVIDENCE_TYPES)),
    typeLabel: z.string(),
    bytes: z.number(),
    /** What the file itself tells of where, when and by what it was made. */
    found: z.strictObject({
      position: z.string().nullable(),
      takenAt: z.string().nullable(),
      device: z.string().nullable(),
    }),
  })
  .openapi('Upload');
export type UploadBody = z.infer<typeof UploadBody>;

/** Described by hand: the body is read as it arrives, not by a schema. */
const postUpload = createRoute({
  method: 'post',
  path: '/api/uploads',
  summary: '上传一份材料',
  description:
    'multipart/form-data: one file and a solved challenge in `altcha`. The `uploadId` goes into ' +
    '`evidence` of a complaint within 24 hours; what is not taken by then is destroyed.',
  responses: {
    201: jsonResponse('Sealed and kept until a complaint takes it', UploadBody),
    422: errorResponse('`file-refused` with its reason, `invalid-input` or `proof-…`'),
    503: errorResponse('`storage-full`'),
  },
});

export function uploadRoutes(context: Context) {
  return createRouter().openapi(postUpload, async (c) => {
    const { taken } = await streamForm(c.req.raw, 1, async (file, form) =>
      receiveUpload(context, file, payByProof(context, form)),
    );
    const [uploaded] = taken;
    if (!uploaded) throw new CodedError('invalid-input', { file: '选择要上传的文件' });
    return c.json(serialiseUpload(uploaded), 201);
  });
}

/** A proof that stands before the file is checked before it is read, one that follows it at the end. */
function payByProof(context: Context, { fields, ended }: ArrivingForm): UploadRule {
  let proof: Proof | null = null;
  async function check() {
    const altcha = fields.get('altcha');
    if (altcha) proof ??= await verifyProof(context, altcha);
  }
  return {
    admit: check,
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
  };
}

export function serialiseUpload(uploaded: Uploaded): UploadBody {
  const { uploadId, sha256, name, type, bytes, found } = uploaded;
  return { uploadId, sha256, name, type, typeLabel: labelOfType(type), bytes, found };
}
