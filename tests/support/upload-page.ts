import type { UploadForm } from '#routes/uploads.ts';
import type { FreshPortal } from './fresh-portal.ts';

/** What a page without JavaScript carries to pay for its files; by itself from when it may be used. */
export async function ticketOf(portal: FreshPortal, waitMs = 3000): Promise<string> {
  const made = await portal.call('/api/uploads/tickets', { json: {}, method: 'POST' });
  portal.advance(waitMs);
  return ((await made.json()) as { ticket: string }).ticket;
}

/** Sends the page with the question as a browser without JavaScript does. */
export async function sendPage(
  portal: FreshPortal,
  ticket: string,
  files: [string, Uint8Array<ArrayBuffer>][],
): Promise<UploadForm> {
  const form = new FormData();
  form.append('draft', 'sealed');
  form.append('ticket', ticket);
  for (const [name, content] of files) form.append('evidence', new Blob([content]), name);
  form.append('go', 'evidence');
  const answer = await portal.app.request('/api/uploads/form', {
    method: 'POST',
    headers: { origin: 'http://localhost' },
    body: form,
  });
  if (answer.status !== 200) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as UploadForm;
}
