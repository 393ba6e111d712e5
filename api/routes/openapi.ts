import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';

/** Every endpoint, generated from the schemas that validate it. */
export function openapiRoutes(api: OpenAPIHono) {
  return new Hono().get('/api/openapi.json', (c) =>
    c.json(
      api.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: '阳光低保 API', version: '1' },
      }),
    ),
  );
}
