import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { EVIDENCE_LIMITS, EVIDENCE_TYPES, EVIDENCE_WORDS } from '#rules/evidence.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { describeUploads, removeUpload } from '#services/evidence.ts';
import { labelOfType, receiveUpload } from '#services/evidence-upload.ts';
import type { Uploaded } from '#services/evidence-upload.ts';
import { createTicket } from '#services/upload-tickets.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import { streamForm } from './upload-form.ts';
import { payByProof, payByTicket } from './upload-payment.ts';

const UploadBody = z
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

const UploadForm = z
  .strictObject({
    /** The other fields of the form, in their order. */
    fields: z.array(z.tuple([z.string(), z.string()])),
    uploaded: z.array(UploadBody),
    refused: z.array(z.strictObject({ name: z.string(), message: z.string() })),
  })
  .openapi('UploadForm');
export type UploadForm = z.infer<typeof UploadForm>;

const postForm = createRoute({
  method: 'post',
  path: '/api/uploads/form',
  summary: '上传一页表单中的材料（无需 JavaScript）',
  description:
    'multipart/form-data: the fields of a page and its files, paid for with the `ticket` of the page. ' +
    'A file that is refused says why; the others are taken.',
  responses: {
    200: jsonResponse('What was taken and what was not', UploadForm),
    422: errorResponse('`invalid-input`'),
  },
});

const postTicket = createRoute({
  method: 'post',
  path: '/api/uploads/tickets',
  summary: '一页表单的上传凭据',
  responses: {
    200: jsonResponse('Good once, for one page', z.strictObject({ ticket: z.string() })),
  },
});

const uploadId = z.string().max(80);
const postDetails = createRoute({
  method: 'post',
  path: '/api/uploads/details',
  summary: '查看等待提交的材料',
  request: jsonBody(z.strictObject({ uploadIds: z.array(uploadId).max(EVIDENCE_LIMITS.files) })),
  responses: {
    200: jsonResponse('Those that still wait', z.strictObject({ uploads: z.array(UploadBody) })),
    422: errorResponse('`invalid-input`'),
  },
});

const postRemoval = createRoute({
  method: 'post',
  path: '/api/uploads/removal',
  summary: '销毁一份等待提交的材料',
  request: jsonBody(z.strictObject({ uploadId })),
  responses: { 204: { description: 'Gone' }, 422: errorResponse('`invalid-input`') },
});

export function uploadRoutes(context: Context) {
  return createRouter()
    .openapi(postUpload, async (c) => {
      const { taken } = await streamForm(c.req.raw, 1, async (file, form) =>
        receiveUpload(context, file, payByProof(context, form)),
      );
      const [uploaded] = taken;
      if (!uploaded) throw new CodedError('invalid-input', { file: '选择要上传的文件' });
      return c.json(serialiseUpload(uploaded), 201);
    })
    .openapi(postForm, async (c) => {
      const payment = payByTicket(context);
      const { fields, taken } = await streamForm(
        c.req.raw,
        // One more is told that it is one too many; any after it are those that the words speak of.
        EVIDENCE_LIMITS.files + 1,
        async (file, form) => {
          const before = form.fields.filter(([name]) => name === 'evidence').length;
          try {
            if (before + payment.taken() >= EVIDENCE_LIMITS.files) {
              file.stream.resume();
              throw new CodedError('file-refused', {}, EVIDENCE_WORDS.tooMany);
            }
            return { uploaded: await receiveUpload(context, file, payment.rule(form)) };
          } catch (error) {
            if (!(error instanceof CodedError)) throw error;
            const isUnpaid = error.code.startsWith('proof-');
            const message = isUnpaid ? EVIDENCE_WORDS.again : error.message;
            return { refused: { name: file.name, message } };
          }
        },
      );
      const uploaded = taken.flatMap((each) => each.uploaded ?? []).map(serialiseUpload);
      const refused = taken.flatMap((each) => each.refused ?? []);
      return c.json({ fields, uploaded, refused }, 200);
    })
    .openapi(postTicket, async (c) => c.json({ ticket: await createTicket(context) }, 200))
    .openapi(postDetails, async (c) => {
      const uploads = await describeUploads(context, c.req.valid('json').uploadIds);
      return c.json({ uploads: uploads.map(serialiseUpload) }, 200);
    })
    .openapi(postRemoval, async (c) => {
      await removeUpload(context, c.req.valid('json').uploadId);
      return c.body(null, 204);
    });
}

function serialiseUpload(uploaded: Uploaded): UploadBody {
  const { uploadId: id, sha256, name, type, bytes, found } = uploaded;
  return { uploadId: id, sha256, name, type, typeLabel: labelOfType(type), bytes, found };
}
