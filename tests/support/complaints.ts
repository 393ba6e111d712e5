import type { FreshPortal } from './fresh-portal.ts';

/** A village of the demo county and the township it lies in. */
export const VILLAGE = '990101100201';
export const QINGSHAN = 'township-990101100000';

/** An anonymous complaint about a township's case worker who keeps putting people off. */
export const STALLING = {
  class: 'REPORT',
  problemTypes: ['STALL'],
  placeCode: VILLAGE,
  text: '去了镇上五次，每次都说材料不全，又不说缺哪一样。',
  subjectRole: 'TOWN_HANDLER',
  subjectBody: QINGSHAN,
};

/** Sends a complaint as JSON with a solved challenge. */
export async function sendComplaint(portal: FreshPortal, complaint: object): Promise<Response> {
  const json = { ...complaint, altcha: await portal.solveProof() };
  return portal.call('/api/complaints', { json });
}

/** Sends a complaint as a form does. */
export async function sendForm(
  portal: FreshPortal,
  path: string,
  fields: [string, string][],
): Promise<Response> {
  return portal.app.request(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    body: new URLSearchParams(fields).toString(),
  });
}

/** What a refusal says: its status beside its code, sentence and fields. */
export async function refusalIn(answer: Response) {
  const { error } = (await answer.json()) as {
    error: { code: string; message: string; fields: Record<string, string> };
  };
  return { status: answer.status, ...error };
}
