import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setImmediate as giveWay } from 'node:timers/promises';
import type { Context } from '#api/context.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import type { PublicReader } from '#rules/publication.ts';
import { listNameHashes } from '#db/queries/public-data.ts';
import { forEachLimited, readIfThere } from './disk.ts';
import type { Exported } from './export.ts';
import { createGate } from './gate.ts';
import type { KnownValues } from './gate.ts';
import type { NameHashes } from './gate-names.ts';
import type { Manifest } from './manifest.ts';
import { pageFile } from './paths.ts';
import type { PublishingPaths } from './paths.ts';
import { createStagedReader } from './public-reader.ts';
import { PublicationRefused } from './refusal.ts';
import type { Finding } from './refusal.ts';

const AT_ONCE = 4;
const MOST_FINDINGS = 100;
const MOST_WARNINGS = 1000;
const BATCHES_AT_ONCE = 4;
/** Files whose change alters only pages of lists, notices and counts. */
const OF_LISTS = /^(villages|notices|counts)\/|^(head|corrections|health)\.json$/;

const OF_PLACES = /^\/(places|notices|data)\/./;

type Staged = {
  exported: Exported;
  pages: readonly string[];
  assets: readonly string[];
  manifest: Manifest;
};

/**
 * Puts every byte that is about to go live through the leak gate, from the disk. Answers the warnings;
 * throws PublicationRefused where something must not go live, or where the gate cannot fail.
 */
export async function gateStaged(
  { db, secrets }: Pick<Context, 'db' | 'secrets'>,
  paths: PublishingPaths,
  { exported, pages, assets, manifest }: Staged,
): Promise<Finding[]> {
  const isOfLists =
    assets.length === 0 && [...exported.changed].every((path) => OF_LISTS.test(path));
  const batchIds = isOfLists ? exported.touchedBatchIds : exported.batchIds;
  const known = await listKnownValues(paths, exported, manifest);
  const gate = createGate(await loadNames({ db, secrets }, batchIds), known);
  const found: Finding[] = gate.testItself();
  await forEachLimited(pages, AT_ONCE, async (path) => {
    const html = await readFile(join(paths.stagedSite, pageFile(path)), 'utf8');
    await giveWay();
    found.push(...inspectRendered(gate, path, html));
  });
  await forEachLimited(exported.staged, AT_ONCE, async (path) => {
    const text = await readFile(join(paths.stagedPublic, path), 'utf8');
    await giveWay();
    found.push(...gate.inspectFile(path, JSON.parse(text)));
  });
  for (const path of assets) {
    if (!['.css', '.js', '.mjs', '.svg', '.json', '.txt'].includes(extname(path))) continue;
    found.push(
      ...gate.inspectAsset(`/${path}`, await readFile(join(paths.stagedSite, path), 'utf8')),
    );
  }
  found.push(...(await gateStanding({ db, secrets }, paths, { exported, pages, manifest }, known)));
  const refused = found.filter((finding) => finding.severity === 'refused');
  if (refused.length > 0) throw new PublicationRefused(refused.slice(0, MOST_FINDINGS));
  return found.slice(0, MOST_WARNINGS);
}

/**
 * Looks for names that join in pages that stay as they are: a text may have named a person before their
 * household was on a list. Pages of places, notices and data hold masked names and counts only.
 */
async function gateStanding(
  { db, secrets }: Pick<Context, 'db' | 'secrets'>,
  paths: PublishingPaths,
  { exported, pages, manifest }: Omit<Staged, 'assets'>,
  known: KnownValues,
): Promise<Finding[]> {
  if (exported.joining.length === 0) return [];
  const names = await loadNames({ db, secrets }, exported.joining);
  const before = await loadNames({ db, secrets }, exported.leaving);
  const macs = new Set([...names.macs].filter((mac) => !before.macs.has(mac)));
  const joined = { ...names, macs };
  if (joined.macs.size === 0) return [];
  const gate = createGate(joined, known);
  const rendered = new Set(pages);
  const found: Finding[] = [];
  for (const path of await manifest.list('pages', null)) {
    if (rendered.has(path) || OF_PLACES.test(path)) continue;
    const html = await readIfThere(join(paths.site, pageFile(path)));
    if (html) found.push(...gate.inspectPage(path, html.toString('utf8')));
    await giveWay();
  }
  return found;
}

/** A page, or a file of the open data, each by its own reading. */
function inspectRendered(gate: ReturnType<typeof createGate>, path: string, text: string) {
  if (path.endsWith('.json')) return gate.inspectFile(path, JSON.parse(text));
  return path.endsWith('.csv') ? gate.inspectTable(path, text) : gate.inspectPage(path, text);
}

async function loadNames(
  { db, secrets }: Pick<Context, 'db' | 'secrets'>,
  batchIds: readonly string[],
): Promise<NameHashes> {
  const macs = new Set<string>();
  const lengths = new Set<number>();
  for (let at = 0; at < batchIds.length; at += BATCHES_AT_ONCE) {
    for (const name of await listNameHashes(db, batchIds.slice(at, at + BATCHES_AT_ONCE))) {
      macs.add(name.mac);
      // One character alone is in every word; the masks of such names are a star only.
      if (name.length > 1) lengths.add(name.length);
    }
    await giveWay();
  }
  return { macs, lengths, macOf: (name) => secrets.mac('name-hash', name).mac };
}

async function listKnownValues(
  paths: PublishingPaths,
  exported: Exported,
  manifest: Manifest,
): Promise<KnownValues> {
  const read = createStagedReader([paths.stagedPublic, paths.public]);
  const bodies = (await read('bodies'))?.bodies ?? [];
  const hotlines = (await read('hotlines'))?.items ?? [];
  const site = await read('site');
  const former = (await read('formerPlaces'))?.places ?? [];
  const places = [...exported.places, ...former];
  const contacts = await listContacts(read, exported, manifest);
  const phones = [
    ...hotlines.flatMap((item) => item.phones),
    ...contacts.map((contact) => contact.phone),
  ];
  const numbers = [
    ...places.map((place) => place.code),
    ...bodies.map((body) => body.code),
    ...phones.flatMap((phone) => [phone, phone.replaceAll('-', '')]),
    ...exported.tokens,
    site?.siteCode ?? '',
  ];
  const names = [
    ...places.map((place) => place.name),
    ...bodies.map((body) => body.name),
    ...hotlines.flatMap((item) => [item.unit, item.contact]),
    ...contacts.map((contact) => contact.name),
  ];
  return { numbers: new Set(numbers), names: names.filter((name) => name !== '') };
}

/** Contact persons whom villages publish, of the townships on whose pages they may stand now. */
async function listContacts(read: PublicReader, { places }: Exported, manifest: Manifest) {
  const existing = new Set(await manifest.list('files', null));
  const towns = places.filter(
    ({ code, level }) => level === 'town' && existing.has(PUBLIC_FILES.contacts.path(code)),
  );
  const files = await Promise.all(towns.map((town) => read('contacts', town.code)));
  return files.flatMap((file) => file?.contacts ?? []);
}
