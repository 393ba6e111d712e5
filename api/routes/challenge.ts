import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '#api/context.ts';
import { createProofChallenge } from '#services/proofs.ts';
import { createRouter, jsonResponse } from './router.ts';

/** Described loosely: the widget and the library that signs it know its parts. */
const Challenge = z.any().openapi('Challenge', { type: 'object' });

const getChallenge = createRoute({
  method: 'get',
  path: '/api/challenge',
  summary: '安全验证的题目（ALTCHA v2）',
  responses: { 200: jsonResponse('A challenge that is good for one proof', Challenge) },
});

export function challengeRoutes(context: Context) {
  return createRouter().openapi(getChallenge, async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(await createProofChallenge(context), 200);
  });
}
