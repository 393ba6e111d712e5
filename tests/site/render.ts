import { listPages } from '#rules/public-pages.ts';
import type { PublicReader } from '#rules/publication.ts';
import { openSampleFiles } from './public-files.ts';
import { NOW } from './sample-county.ts';

type Entry = typeof import('#site/lib/entry.ts');

/** Renders one address through the built site; the answer's status and HTML. */
export async function renderPage(
  path: string,
  read: PublicReader = openSampleFiles(),
): Promise<{ status: number; html: string }> {
  const built = new URL('../../dist/server/entry.mjs', import.meta.url).href;
  const { renderWhole }: Entry = await import(/* @vite-ignore */ built);
  const api = async () => new Response(null, { status: 503 });
  const request = new Request(`http://portal.test${path.replace(/\.html$/, '')}`);
  const response = await renderWhole(request, { read, now: NOW, api });
  return { status: response.status, html: await response.text() };
}

/** The addresses of every public page of the sample. */
export async function listSamplePaths(read: PublicReader = openSampleFiles()): Promise<string[]> {
  const places = await read('places');
  const texts = await read('texts');
  const notices = await read('notices');
  return listPages({
    places: places?.places ?? [],
    texts: texts?.texts ?? [],
    notices: notices?.notices ?? [],
    cases: (await read('cases'))?.cases ?? [],
    former: (await read('formerPlaces'))?.places ?? [],
  }).map((page) => page.path);
}
