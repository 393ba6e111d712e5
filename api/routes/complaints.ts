import { createRoute, z } from '@hono/zod-openapi';
import type { Context as RequestContext } from 'hono';
import { prettyJSON } from 'hono/pretty-json';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { ComplaintInput } from '#rules/complaint.ts';
import { complaintOfForm } from '#rules/complaint-form.ts';
import { complaintOfState } from '#rules/complaint-steps.ts';
import { fieldMessages } from '#rules/field-messages.ts';
import { carry, openCarried, openForm } from '#services/complaint-drafts.ts';
import { fileComplaint } from '#services/complaints.ts';
import { keepPace } from '#services/intake-load.ts';
import { Receipt } from '#rules/receipt-file.ts';
import { classOfObjection } from '#services/notice-objection.ts';
import { receiptKey } from '#services/receipts.ts';
import { refuseUntoldUnlessFiled } from '#services/untold.ts';
import { isForm, readForm } from './posted-forms.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import { sourceOf } from './source.ts';
import { keepCitizenCookie, readCitizenCookie } from './visitor-cookies.ts';

const Filed = z.strictObject(Receipt.shape).openapi('Receipt');

const postComplaint = createRoute({
  method: 'post',
  path: '/api/complaints',
  summary: '提交举报投诉',
  description:
    'JSON needs a solved challenge in `altcha`. The same fields as a form (or a sealed `draft`) may ' +
    'come without one and are then looked at by a person first. The same `queryCode` and content again ' +
    'is the same answer.',
  request: jsonBody(ComplaintInput),
  responses: {
    201: jsonResponse('Received and kept', Filed),
    409: errorResponse(
      '`already-received`: the code belongs to another complaint; `code-replaced`: it did',
    ),
    422: errorResponse('`invalid-input`, `evidence-gone`, `nobody-to-receive` or `proof-…`'),
    503: errorResponse('`storage-full`; of a form without a proof also `screening-closed`'),
  },
});

const postDraft = createRoute({
  method: 'post',
  path: '/api/complaints/drafts',
  summary: '核对填写的内容（不保存）',
  request: jsonBody(ComplaintInput),
  responses: {
    200: jsonResponse(
      'The answers, checked and sealed to the server for two hours',
      z.strictObject({ draft: z.string(), input: z.looseObject({}) }),
    ),
    422: errorResponse('`invalid-input`'),
  },
});

const openDraft = createRoute({
  method: 'post',
  path: '/api/complaints/drafts/open',
  summary: '取回填写的内容',
  request: jsonBody(z.strictObject({ draft: z.string().max(200_000) })),
  responses: {
    200: jsonResponse('The answers', z.strictObject({ input: z.looseObject({}) })),
    422: errorResponse('`draft-expired`'),
  },
});

const getReceiptFile = createRoute({
  method: 'get',
  path: '/api/complaints/receipt/file',
  summary: '下载回执文件（15分钟内，凭浏览器中的凭据）',
  responses: {
    200: jsonResponse('The receipt, to be checked with the public key', Filed),
    404: errorResponse('There is none in this browser any more'),
  },
});

const getReceiptKey = createRoute({
  method: 'get',
  path: '/api/receipt-key',
  summary: '核对回执用的公钥（Ed25519，PEM）',
  responses: {
    200: {
      description: 'The public key that receipts are checked with',
      content: { 'application/x-pem-file': { schema: z.string() } },
    },
  },
});

const getReceipt = createRoute({
  method: 'get',
  path: '/api/complaints/receipt',
  summary: '刚提交的回执（15分钟内，凭浏览器中的凭据）',
  responses: {
    200: jsonResponse('The receipt', Filed),
    404: errorResponse('There is none in this browser any more'),
  },
});

export function complaintRoutes(context: Context) {
  const router = createRouter();
  // A form has its own lane; JSON goes on to the described routes.
  router.post('/api/complaints', async (c, next) => {
    if (!isForm(c)) return next();
    const form = await readTexts(c);
    const { draft, answers, altcha } = Object.fromEntries(form);
    let fields: unknown;
    if (answers) {
      const state = await openForm(context, answers);
      fields = complaintOfState(state);
      await refuseUntoldUnlessFiled(context, state);
    } else fields = draft ? await readDraft(context, draft) : complaintOfForm(form);
    const complaint = parseComplaint(fields);
    if (!altcha) await keepPace(context, 'unproved', sourceOf(c));
    const receipt = await fileComplaint(context, complaint, {
      proof: 'optional',
      altcha,
    });
    // For the page after the redirect; the code is in no address and, after 15 minutes, nowhere.
    keepCitizenCookie(context, c, 'receipt', await carry(context, 'receipt', receipt));
    // A correction is sent without one, and may be while a complaint is written.
    if (answers) keepCitizenCookie(context, c, 'form', null);
    return c.json(receipt, 201);
  });
  // A line for each part: whoever shows the file to others takes out the one with the code.
  router.use('/api/complaints/receipt/file', prettyJSON({ force: true }));
  router.post('/api/complaints/drafts', async (c, next) => {
    if (!isForm(c)) return next();
    const input = complaintOfForm(await readTexts(c));
    return c.json(await makeDraft(context, parseComplaint(input), input), 200);
  });
  return router
    .openapi(postComplaint, async (c) => {
      const input = c.req.valid('json');
      const rule = { proof: 'required', altcha: input.altcha } as const;
      return c.json(await fileComplaint(context, input, rule), 201);
    })
    .openapi(postDraft, async (c) => {
      return c.json(await makeDraft(context, c.req.valid('json'), await c.req.json()), 200);
    })
    .openapi(openDraft, async (c) => {
      return c.json({ input: await readDraft(context, c.req.valid('json').draft) }, 200);
    })
    .openapi(getReceipt, async (c) => {
      return c.json(await readReceipt(context, c), 200);
    })
    .openapi(getReceiptFile, async (c) => {
      const receipt = await readReceipt(context, c);
      c.header('content-disposition', `attachment; filename="${receipt.reference}.json"`);
      return c.json(receipt, 200);
    })
    .openapi(getReceiptKey, (c) => {
      c.header('content-disposition', 'attachment; filename="receipt-key.pem"');
      return c.body(receiptKey(context), 200, {
        'content-type': 'application/x-pem-file',
      });
    });
}

function parseComplaint(fields: unknown): ComplaintInput {
  const parsed = ComplaintInput.safeParse(fields);
  if (!parsed.success) throw new CodedError('invalid-input', fieldMessages(parsed.error));
  return parsed.data;
}

async function readReceipt(context: Context, c: RequestContext): Promise<Receipt> {
  const text = readCitizenCookie(context, c, 'receipt');
  const receipt = text ? await openCarried(context, 'receipt', text) : null;
  if (!receipt) throw new CodedError('not-found');
  return receipt as Receipt;
}

/** Carries the answers as they were given, so that the form can show them again. */
async function makeDraft(
  context: Context,
  checked: ComplaintInput,
  input: Record<string, unknown>,
) {
  await classOfObjection(context.db, context.now(), checked);
  return { draft: await carry(context, 'draft', input), input };
}

async function readDraft(context: Context, draft: string): Promise<Record<string, unknown>> {
  const carried = await openCarried(context, 'draft', draft);
  if (!carried) throw new CodedError('draft-expired');
  return carried as Record<string, unknown>;
}

/** Texts only: files have an address of their own. */
async function readTexts(c: RequestContext): Promise<[string, string][]> {
  const { form } = await readForm(c);
  const entries = [...form];
  return entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}
