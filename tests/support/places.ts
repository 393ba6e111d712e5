import type { FreshPortal } from './fresh-portal.ts';

const HEADER = 'code,name,level,parent_code,successor_code,contact,contact_phone';

export type PlaceTableAnswer = {
  changes: { kind: string; code: string; from: string; to: string }[];
  problems: { line: number; words: string }[];
  token: string;
  applied: boolean;
};

/** Sends the lines of a division table that holds from the first day of the portal's clock. */
export function sendPlaceTable(
  portal: FreshPortal,
  cookie: string,
  lines: string[],
  more: object = {},
) {
  const table = Buffer.from([HEADER, ...lines].join('\r\n')).toString('base64');
  const json = { table, on: '2026-11-20', ...more };
  return portal.call('/api/staff/places/table', { cookie, json });
}

/** Looks at what a division table changes, and confirms it. */
export async function applyPlaceTable(
  portal: FreshPortal,
  cookie: string,
  lines: string[],
): Promise<PlaceTableAnswer> {
  const { token } = (await (
    await sendPlaceTable(portal, cookie, lines)
  ).json()) as PlaceTableAnswer;
  const answer = await sendPlaceTable(portal, cookie, lines, { confirm: token });
  if (answer.status !== 200) throw new Error(`table answers ${answer.status}`);
  return (await answer.json()) as PlaceTableAnswer;
}
