import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { BodiesFile, PlacesFile } from '#rules/public-directory.ts';
import { listDirectoryChoices } from '#services/directory-choices.ts';
import { requireActor, requireCapability } from './require-actor.ts';
import { createRouter, errorResponse, jsonResponse } from './router.ts';
import type { StaffEnv } from './router.ts';

const PATH = '/api/staff/directory-choices';

const DirectoryChoices = z
  .strictObject({ places: PlacesFile.shape.places, bodies: BodiesFile.shape.bodies })
  .openapi('DirectoryChoices');

const list = createRoute({
  method: 'get',
  path: PATH,
  summary: '现有的区划和单位',
  responses: {
    200: jsonResponse('Places and bodies of today, published or not', DirectoryChoices),
    401: errorResponse('Not signed in'),
    403: errorResponse('No post that reads leads'),
  },
});

/** What forms of the lead queue offer to choose from. */
export function staffDirectoryChoicesRoutes(context: Context) {
  const router = createRouter<StaffEnv>();
  router.use(PATH, requireActor(context));
  return router.openapi(list, async (c) => {
    requireCapability(c.var.actor, 'leads.read');
    return c.json(await listDirectoryChoices(context), 200);
  });
}
