import { setImmediate as giveWay } from 'node:timers/promises';
import type { Context } from '#api/context.ts';
import { PUBLIC_FILES } from '#rules/publication.ts';
import type { PublicReader } from '#rules/publication.ts';
import { listNameHashes } from '#db/queries/public-data.ts';
import type { Exported } from './export.ts';
import { CANARY_NAME } from './gate.ts';
import type { KnownValues } from './gate.ts';
import { createMacTable } from './mac-table.ts';
import type { Manifest } from './manifest.ts';
import type { PublishingPaths } from './paths.ts';
import { createStagedReader } from './public-reader.ts';

/** What the leak gate has to know, as a thread can be told. */
export type GateSettings = {
  /** Of the full names, by `createMacTable`; the canary's is among them. */
  macs: Float64Array;
  /** Of the names, in code points. */
  lengths: ReadonlySet<number>;
  known: KnownValues;
};

const BATCHES_AT_ONCE = 4;
/** Files whose change alters only pages of lists, notices and counts. */
const OF_LISTS = /^(villages|notices|counts)\/|^(head|corrections|health)\.json$/;

/** Reads what the gate has to know of a publication whose data is exported, but for its lists. */
export async function readGateSettings(
  portal: Pick<Context, 'db' | 'secrets'>,
  paths: PublishingPaths,
  { exported, hasAssets, manifest }: { exported: Exported; hasAssets: boolean; manifest: Manifest },
): Promise<GateSettings> {
  const changed = [...exported.staged, ...exported.due];
  const isOfLists = !hasAssets && changed.every((path) => OF_LISTS.test(path));
  const batchIds = isOfLists ? exported.touchedBatchIds : exported.batchIds;
  const known = await listKnownValues(paths, exported, manifest);
  return { ...(await loadNames(portal, batchIds)), known };
}

/** The full names of some batches, without those that `isLeft` knows. */
export async function loadNames(
  { db, secrets }: Pick<Context, 'db' | 'secrets'>,
  batchIds: readonly string[],
  isLeft: (mac: string) => boolean = () => false,
): Promise<Pick<GateSettings, 'macs' | 'lengths'>> {
  const table = createMacTable();
  table.add(secrets.mac('name-hash', CANARY_NAME).mac);
  const lengths = new Set([CANARY_NAME.length]);
  for (let at = 0; at < batchIds.length; at += BATCHES_AT_ONCE) {
    for (const name of await listNameHashes(db, batchIds.slice(at, at + BATCHES_AT_ONCE))) {
      if (isLeft(name.mac)) continue;
      table.add(name.mac);
      // One character alone is in every word; the masks of such names are a star only.
      if (name.length > 1) lengths.add(name.length);
    }
    await giveWay();
  }
  return { macs: table.share(), lengths };
}

async function listKnownValues(
  paths: PublishingPaths,
  exported: Exported,
  manifest: Manifest,
): Promise<KnownValues> {
  const read = createStagedReader([paths.stagedPublic, paths.public]);
  const bodies = (await read('bodies'))?.bodies ?? [];
  const hotlines = (await read('hotlines'))?.items ?? [];
  const duty = (await read('hotlineCare'))?.duty ?? [];
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
    // 14 digits stand in the number under which the police registered the site.
    ...[site?.policeNumber ?? '', site?.icpNumber ?? ''].flatMap(
      (text) => text.match(/\d+/g) ?? [],
    ),
  ];
  const names = [
    ...places.map((place) => place.name),
    ...bodies.map((body) => body.name),
    ...hotlines.flatMap((item) => [item.unit, item.contact]),
    ...duty.map((line) => line.who),
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
