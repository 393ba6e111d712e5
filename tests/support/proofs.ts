import { solveChallenge } from 'altcha-lib';
import type { Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

type Api = { request(path: string): Response | Promise<Response> };

/** Fetches a challenge and solves it as the widget does; the text of the field `altcha`. */
export async function solveProof(app: Api): Promise<string> {
  const answer = await app.request('/api/challenge');
  const challenge = (await answer.json()) as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}
