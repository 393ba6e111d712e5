import type { FreshPortal } from './fresh-portal.ts';

export const ROW_CHANGES = '/api/staff/row-changes';
type Input = Record<string, unknown>;

/** Proposes a change of single households; the ids of what waits then, or what is wrong with it. */
export async function propose(portal: FreshPortal, cookie: string, json: Input) {
  const answer = await portal.call(ROW_CHANGES, { cookie, json });
  const body = (await answer.json()) as { ids?: string[]; error?: { fields: Input } };
  return { status: answer.status, ids: body.ids ?? [], fields: body.error?.fields };
}

export async function decide(
  portal: FreshPortal,
  cookie: string,
  ids: string[],
  decision = 'approve',
) {
  return portal.call(`${ROW_CHANGES}/decision`, { cookie, json: { ids, decision } });
}
