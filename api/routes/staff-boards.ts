import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import type { PublicReader } from '#rules/publication.ts';
import { mayOpenBoardNames, openBoardSheets } from '#services/board-names.ts';
import { confirmBoards } from '#services/board-postings.ts';
import { changeBoardNames, readBoardSettings } from '#services/board-settings.ts';
import { SHEETS_AT_ONCE, readBoardSheets } from '#services/board-sheets.ts';
import { listBoardPage } from '#services/boards.ts';
import { requireActor } from './require-actor.ts';
import { createRouter, errorResponse, jsonBody, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';
import {
  BoardPage,
  BoardQuery,
  BoardSettings,
  BoardSheets,
  NamesChange,
  Postings,
  placeCodes,
} from './staff-board-schemas.ts';

const PATH = '/api/staff/boards';
const params = z.object({ batch: z.string().max(40) });
const places = z.object({ place: placeCodes(SHEETS_AT_ONCE) });

const list = createRoute({
  method: 'get',
  path: PATH,
  request: { query: BoardQuery },
  responses: {
    200: jsonResponse('Boards of villages within reach, a hundred at a time', BoardPage),
    403: errorResponse('Boards are not the work of this post'),
  },
});
const confirm = createRoute({
  method: 'post',
  path: `${PATH}/postings`,
  request: jsonBody(Postings),
  responses: {
    204: { description: 'Recorded; a board confirmed before has the new date' },
    404: errorResponse('A board is not within reach, or needs no sheet now'),
    422: errorResponse('The date is in the future or before the approval'),
  },
});
const sheets = createRoute({
  method: 'get',
  path: `${PATH}/{batch}/sheets`,
  request: { params, query: places },
  responses: {
    200: jsonResponse('Sheets as the pages of the villages stand, names masked', BoardSheets),
    404: errorResponse('Not on the site, or not within reach'),
    409: errorResponse('The page is about to change'),
  },
});
const names = createRoute({
  method: 'post',
  path: `${PATH}/{batch}/names`,
  request: { params, ...jsonBody(places) },
  responses: {
    200: jsonResponse('Sheets with full names; each opening is in the audit chain', BoardSheets),
    403: errorResponse('The actor was not given the key of their body'),
    404: errorResponse('Names are masked here, or the list is of other bodies'),
  },
});
const settings = createRoute({
  method: 'get',
  path: `${PATH}/settings`,
  responses: { 200: jsonResponse('How names are printed, and on what basis', BoardSettings) },
});
const change = createRoute({
  method: 'post',
  path: `${PATH}/settings`,
  request: jsonBody(NamesChange),
  responses: {
    204: { description: 'In force at once' },
    403: errorResponse('Not who manages the settings of the bureau'),
    409: errorResponse('Masked already'),
  },
});

/** Boards in the villages: what should hang there, sheets to print, and who says that they hang. */
export function staffBoardRoutes(portal: Context, read: PublicReader) {
  const context = { ...portal, read };
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  router.use(`${PATH}/*`, requireActor(context));

  router.openapi(list, async (c) => {
    const { state, ...query } = c.req.valid('query');
    const asked = { ...query, open: state === 'open' };
    return c.json(await listBoardPage(context, c.var.actor, asked), 200);
  });
  router.openapi(confirm, async (c) => {
    await confirmBoards(context, c.var.actor, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(settings, async (c) => c.json(await readBoardSettings(context, c.var.actor), 200));
  router.openapi(change, async (c) => {
    await changeBoardNames(context, c.var.actor, c.req.valid('json'));
    return c.body(null, 204);
  });
  router.openapi(sheets, async (c) => {
    const { batch } = c.req.valid('param');
    const { place } = c.req.valid('query');
    const found = await readBoardSheets(context, c.var.actor, batch, place);
    const mayOpenNames = await mayOpenBoardNames(context, c.var.actor, batch);
    return c.json({ sheets: found.map(({ sheet }) => sheet), mayOpenNames }, 200);
  });
  router.openapi(names, async (c) => {
    const { batch } = c.req.valid('param');
    const opened = await openBoardSheets(context, c.var.actor, batch, c.req.valid('json').place);
    return c.json({ sheets: opened, mayOpenNames: true }, 200);
  });
  return router;
}
