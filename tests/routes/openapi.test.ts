import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';

type Body = { content: { 'application/json': { schema: Schema } } };
type Schema = { type?: unknown; properties?: Record<string, unknown>; required?: string[] };
type Description = { paths: Record<string, Record<string, { requestBody?: Body }>> };

test('every endpoint of the API is described, and nothing that is not there', async () => {
  await using portal = await createPortal();
  const answer = await portal.app.request('/api/openapi.json');
  expect(answer.status).toBe(200);
  const described = Object.entries(((await answer.json()) as Description).paths).flatMap(
    ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = portal.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const undescribed = ['GET /api/openapi.json', 'POST /api/prefs'];
  expect([...new Set(served)].filter((route) => !undescribed.includes(route)).sort()).toEqual(
    described.filter((route) => route.includes(' /api/')).sort(),
  );
});

test('what a caller may send is described by the schema that validates it', async () => {
  await using portal = await createPortal();
  const answer = await portal.app.request('/api/openapi.json');
  const { paths } = (await answer.json()) as Description;
  for (const path of ['/api/complaints', '/api/complaints/drafts']) {
    const schema = paths[path]?.['post']?.requestBody?.content['application/json'].schema;
    expect(schema).toMatchObject({
      type: 'object',
      required: ['class', 'problemTypes', 'placeCode'],
      additionalProperties: false,
      properties: {
        class: { enum: expect.arrayContaining(['REPORT']) },
        problemTypes: { type: 'array', minItems: 1 },
        reporter: { properties: { name: expect.anything(), contact: expect.anything() } },
        subjects: { items: { required: ['role'] } },
      },
    });
    const fields = ['text', 'mode', 'queryCode', 'noticeId', 'noticeRow', 'evidence', 'altcha'];
    expect(Object.keys(schema?.properties ?? {})).toEqual(expect.arrayContaining(fields));
  }
  const bodies = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap(
      ({ requestBody }) => requestBody?.content['application/json'] ?? [],
    ),
  );
  const nameless = bodies.filter(
    ({ schema }) => !schema.properties && !('$ref' in schema) && !('oneOf' in schema),
  );
  expect(nameless).toEqual([]);
});
