import { setImmediate as giveWay } from 'node:timers/promises';
import type { PublicPage } from '#rules/public-pages.ts';
import type { PublicReader } from '#rules/publication.ts';
import { sha256 } from './disk.ts';
import type { Exported } from './export.ts';
import type { LiveState } from './live-tree.ts';
import type { Manifest } from './manifest.ts';
import { indexPages } from './page-index.ts';
import { pageFile } from './paths.ts';
import type { PublishingPaths } from './paths.ts';
import { createStagedReader } from './public-reader.ts';
import { PublicationRefused } from './refusal.ts';
import type { Finding } from './refusal.ts';
import type { SiteBuild } from './site-build.ts';
import type { Stager } from './stager.ts';

export type Rendered = {
  /** Paths of pages whose bytes are new. */
  changed: string[];
  /** Paths of pages that are no longer part of the site. */
  removed: string[];
  /** Paths of all pages that search engines are kept out of; null where they are as before. */
  noindex: string[] | null;
};

/** Files that say which pages there are. */
const LISTING = [
  ...['places.json', 'former-places.json', 'texts/index.json'],
  ...['notices/index.json', 'cases/index.json'],
];
const NO_BASE = 'http://portal.invalid';

/**
 * Renders the pages whose inputs changed, or all of them with another build or where nothing is live, and
 * stages those that come out with other bytes. Throws PublicationRefused naming the pages that fail.
 */
export async function renderPages(
  build: SiteBuild,
  paths: PublishingPaths,
  manifest: Manifest,
  exported: Exported,
  { live, now, stager }: { live: LiveState | null; now: number; stager: Stager },
): Promise<Rendered> {
  const read = createStagedReader(
    [paths.stagedPublic, paths.public],
    (path) => exported.removed.has(path),
    manifest.versionOf,
  );
  const { pages, byInput } = indexPages({
    places: exported.places,
    texts: (await read('texts'))?.texts ?? [],
    notices: (await read('notices'))?.notices ?? [],
    cases: (await read('cases'))?.cases ?? [],
    former: (await read('formerPlaces'))?.places ?? [],
  });
  const isSame = live?.buildId === build.id;
  const changedData = new Set([...exported.staged, ...exported.due]);
  const affected = [...changedData, ...exported.removed].flatMap(
    (input) => byInput.get(input) ?? [],
  );
  const due = isSame ? new Set(affected) : pages;
  const townOfPage = pageTownFinder(exported.townOf);
  const base = (await read('site'))?.publicUrl ?? NO_BASE;
  const changed: string[] = [];
  const failed: Finding[] = [];

  for (const { path } of due) {
    // Nothing in a page waits for the disk: without this, requests would, page after page.
    await giveWay();
    const { status, data } = await renderPage(build, new URL(path, base), read, now);
    if (data === null) {
      failed.push({
        kind: 'render-failed',
        severity: 'refused',
        where: path,
        detail: String(status),
      });
      continue;
    }
    const isNew = await manifest.set('pages', townOfPage(path), path, sha256(data));
    if (!isNew && live) continue;
    changed.push(path);
    await stager.add({ kind: 'page', where: path, file: pageFile(path), data });
  }
  if (failed.length > 0) throw new PublicationRefused(failed.slice(0, 20));

  const removed = await removePages(manifest, pages, changedData, townOfPage);
  const isKnown =
    isSame && !LISTING.some((path) => changedData.has(path) || exported.removed.has(path));
  const noindex = isKnown ? null : pages.filter((page) => !page.index).map((page) => page.path);
  return { changed, removed, noindex };
}

async function renderPage(build: SiteBuild, url: URL, read: PublicReader, now: number) {
  const wanted = url.pathname === '/404.html' ? 404 : 200;
  try {
    // `/502.html` is the page `502`.
    const request = new Request(new URL(url.pathname.replace(/\.html$/, ''), url));
    const response = await build.renderWhole(request, { read, now, api: refuseApi });
    const data = await readBody(response);
    const isGood = response.status === wanted && data.length > 0;
    return { status: response.status, data: isGood ? data : null };
  } catch {
    // What a component throws may quote data; the page's path is enough to find it.
    return { status: 500, data: null };
  }
}

/**
 * A buffer of its own, which may be handed on to a thread. Mostly the one part as it is: `arrayBuffer()` copies
 * it twice, and `text()` drops the byte order mark of a CSV.
 */
async function readBody({ body }: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of body ?? []) parts.push(part);
  const [first] = parts;
  const isWhole = first && parts.length === 1 && first.length === first.buffer.byteLength;
  return isWhole ? first : new Uint8Array(await new Blob(parts).arrayBuffer());
}

function refuseApi(): Promise<Response> {
  throw new Error('a published page knows the public data only');
}

/** Takes pages that no longer exist, or are filed elsewhere now, out of the manifests. */
async function removePages(
  manifest: Manifest,
  pages: readonly PublicPage[],
  changed: ReadonlySet<string>,
  townOfPage: (path: string) => string | null,
): Promise<string[]> {
  const places = changed.has('places.json') ? manifest.townCodes : [];
  const removed: string[] = [];
  const mayLose = ['texts/index.json', 'notices/index.json', 'cases/index.json', 'places.json'];
  if (!mayLose.some((path) => changed.has(path))) return removed;
  const existing = new Set(pages.map((page) => page.path));
  for (const town of [null, ...places]) {
    for (const path of await manifest.list('pages', town)) {
      if (existing.has(path) && townOfPage(path) === town) continue;
      await manifest.set('pages', town, path, null);
      if (!existing.has(path)) removed.push(path);
    }
  }
  return removed;
}

/** A place's page or data is filed with its township, any other page with the site. */
function pageTownFinder(townOf: (placeCode: string) => string | null) {
  return function townOfPage(path: string): string | null {
    const code = /^\/(?:places|data)\/([^/.]+)[/.]/.exec(path)?.[1];
    return code ? townOf(code) : null;
  };
}
