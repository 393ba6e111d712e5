import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { listLetterWords, setLetterWord } from '#services/letter-words.ts';
import { openLetter, sealLetter } from '#services/referral-letter.ts';
import { countReferrals, listReferrals } from '#services/referrals.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import {
  FileWish,
  LetterBody,
  LetterWords,
  NamedCopy,
  ReferralCounts,
  ReferralPage,
  ReferralQuery,
  WordChange,
} from './staff-referral-schemas.ts';

const PATH = '/api/staff/referrals';
const params = z.object({ id: z.string().max(60) });

const list = createRoute({
  method: 'get',
  path: PATH,
  request: { query: ReferralQuery },
  responses: {
    200: jsonResponse(
      'Letters about leads the reader may see, first to ask about first',
      ReferralPage,
    ),
    403: errorResponse('No post that reads leads'),
  },
});
const counts = createRoute({
  method: 'get',
  path: `${PATH}/counts`,
  responses: {
    200: jsonResponse('What waits, of what the reader may see', ReferralCounts),
    403: errorResponse('No post that reads leads'),
  },
});
const words = createRoute({
  method: 'get',
  path: `${PATH}/words`,
  responses: {
    200: jsonResponse(
      'What stands before the year on the letters of the actor’s bodies',
      LetterWords,
    ),
    403: errorResponse('Not who manages settings'),
  },
});
const setWord = createRoute({
  method: 'post',
  path: `${PATH}/words`,
  request: jsonBody(WordChange),
  responses: {
    204: { description: 'For letters from now on' },
    403: errorResponse('Not who manages the settings of this body'),
    422: errorResponse('Not Chinese characters, or of another body'),
  },
});
const open = createRoute({
  method: 'get',
  path: `${PATH}/{id}`,
  request: { params },
  responses: {
    200: jsonResponse('The letter without who complained; each opening is logged', LetterBody),
    403: errorResponse('The reader’s bodies hold no key of the lead'),
    404: errorResponse('There is no such letter, or not for this person'),
  },
});
const named = createRoute({
  method: 'post',
  path: `${PATH}/{id}/letter`,
  request: { params, ...jsonBody(NamedCopy) },
  responses: {
    200: jsonResponse('The copy for a discipline organ, with who complained', LetterBody),
    403: errorResponse('Not for this receiver, role or body'),
    404: errorResponse('There is no such letter, or not for this person'),
    422: errorResponse('A reason is missing'),
  },
});
const file = createRoute({
  method: 'post',
  path: `${PATH}/{id}/file`,
  request: { params, ...jsonBody(FileWish) },
  responses: {
    200: {
      description: 'An age file that the receiver’s key opens; each download is logged',
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    403: errorResponse('Not for this receiver, role or body'),
    404: errorResponse('There is no such letter, or not for this person'),
    409: errorResponse('The receiver works here'),
    422: errorResponse('Not a recipient'),
  },
});

/** Leads handed over: the lists, the letters, and the file for an authority outside. */
export function staffReferralRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));
  router.openapi(list, async (c) =>
    c.json(await listReferrals(context, c.var.actor, c.req.valid('query')), 200),
  );
  router.openapi(counts, async (c) => c.json(await countReferrals(context, c.var.actor), 200));
  router.openapi(words, async (c) =>
    c.json({ items: await listLetterWords(context, c.var.actor) }, 200),
  );
  router.openapi(setWord, async (c) => {
    await setLetterWord(context, c.var.actor, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(open, async (c) =>
    c.json(await openLetter(context, c.var.actor, c.req.valid('param').id, null), 200),
  );
  router.openapi(named, async (c) => {
    const { reason } = c.req.valid('json');
    return c.json(await openLetter(context, c.var.actor, c.req.valid('param').id, reason), 200);
  });
  router.openapi(file, async (c) => {
    const { recipient, reason = null } = c.req.valid('json');
    const { id } = c.req.valid('param');
    const { name, content } = await sealLetter(context, c.var.actor, id, { recipient, reason });
    return c.body(content as unknown as globalThis.ReadableStream, 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  });
  return router;
}
