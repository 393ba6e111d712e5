import { createApp } from '#api/app.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { openSampleFiles } from './public-files.ts';

type Entry = typeof import('#site/lib/entry.ts');

/** The portal with its pages, as one person's browser without JavaScript sees it. */
export async function browse(portal: FreshPortal, login: string) {
  const built = new URL('../../dist/server/entry.mjs', import.meta.url).href;
  const pages: Entry = await import(/* @vite-ignore */ built);
  const app = createApp(portal.context, { pages, read: openSampleFiles(), files: null });
  const cookie = await portal.signIn(login);
  async function send(path: string, form?: [string, string][]) {
    const answer = await app.request(path, {
      method: form ? 'POST' : 'GET',
      headers: {
        cookie,
        'sec-fetch-site': 'same-origin',
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      bytes,
      html: new TextDecoder().decode(bytes),
    };
  }
  return send;
}
