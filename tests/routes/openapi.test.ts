import { expect, test } from 'vitest';
import { createPortal } from '#support/fresh-portal.ts';

type Description = { paths: Record<string, Record<string, unknown>> };

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
