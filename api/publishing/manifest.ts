import { join } from 'node:path';
import { setImmediate as giveWay } from 'node:timers/promises';
import { readIfThere, sha256, writeStaged } from './disk.ts';
import { CHAIN_FILE, MANIFEST_FILE } from './paths.ts';

/** SHA-256 by path, of public files and of the pages made of them. */
type Section = { files: Record<string, string>; pages: Record<string, string> };
type TownManifest = { code: string } & Section;

/**
 * The root manifest. `hash` seals `seq`, `onDate`, `previous` and the SHA-256 of the rest; `previous` is
 * the `hash` of the manifest before.
 */
export type RootManifest = {
  seq: number;
  onDate: string;
  previous: string;
  hash: string;
  /** SHA-256 of each township's manifest. */
  towns: Record<string, string>;
} & Section;

/** One line of `chain.jsonl`: every manifest there ever was, without its contents. */
export type ChainLink = {
  seq: number;
  onDate: string;
  previous: string;
  body: string;
  hash: string;
};

export const FIRST_LINK = '0'.repeat(64);

export function hashLink(link: Omit<ChainLink, 'hash'>): string {
  return sha256(`${link.seq}\n${link.onDate}\n${link.previous}\n${link.body}`);
}

/** SHA-256 of what a root manifest says of files, pages and townships. */
export function hashBody(root: Pick<RootManifest, 'files' | 'pages' | 'towns'>): string {
  return sha256(JSON.stringify([sorted(root.files), sorted(root.pages), sorted(root.towns)]));
}

export function townManifestPath(code: string): string {
  return `manifests/${code}.json`;
}

/** The manifests as they are live, to be changed entry by entry; a township's is read when needed. */
export async function openManifest(folder: string) {
  const live = parse(await readIfThere(join(folder, MANIFEST_FILE))) as RootManifest | null;
  const root = { files: { ...live?.files }, pages: { ...live?.pages } };
  /** Promises, so that pages rendered side by side change one and the same manifest. */
  const towns = new Map<string, Promise<TownManifest>>();
  const touched = new Set<string>();

  async function sectionOf(town: string | null): Promise<Section> {
    if (town === null) return root;
    const section = towns.get(town) ?? readTown(town);
    towns.set(town, section);
    return section;
  }

  async function readTown(code: string): Promise<TownManifest> {
    const data = await readIfThere(join(folder, townManifestPath(code)));
    return (parse(data) as TownManifest | null) ?? { code, files: {}, pages: {} };
  }

  /** Notes the hash of a file or page, or with null that it is gone. True where that is a change. */
  async function set(
    kind: keyof Section,
    town: string | null,
    path: string,
    hash: string | null,
  ): Promise<boolean> {
    const entries = (await sectionOf(town))[kind];
    if ((entries[path] ?? null) === hash) return false;
    if (hash === null) delete entries[path];
    else entries[path] = hash;
    if (town !== null) touched.add(town);
    return true;
  }

  /** Changes with what a file will hold, its own hash or that of its township's manifest; null where unknown. */
  function versionOf(path: string, town: string): string | null {
    return root.files[path] ?? (touched.has(town) ? null : (live?.towns[town] ?? null));
  }

  /** The same of a file as it is live. */
  function liveVersionOf(path: string, town: string): string | null {
    return live?.files[path] ?? live?.towns[town] ?? null;
  }

  async function list(kind: keyof Section, town: string | null): Promise<string[]> {
    return Object.keys((await sectionOf(town))[kind]);
  }

  /** Writes the changed manifests into `target` and returns what the live tree must know of them. */
  async function stage(target: string, onDate: string) {
    const hashes = { ...live?.towns };
    const staged: string[] = [];
    const removed: string[] = [];
    for (const code of touched) {
      await giveWay();
      const section = await sectionOf(code);
      const path = townManifestPath(code);
      const isEmpty = Object.keys(section.files).length + Object.keys(section.pages).length === 0;
      if (isEmpty) {
        delete hashes[code];
        removed.push(path);
        continue;
      }
      const text = `${JSON.stringify({ code, files: sorted(section.files), pages: sorted(section.pages) })}\n`;
      hashes[code] = sha256(text);
      writeStaged(join(target, path), text);
      staged.push(path);
    }
    const contents = { ...root, towns: hashes };
    const seq = (live?.seq ?? 0) + 1;
    const open = { seq, onDate, previous: live?.hash ?? FIRST_LINK, body: hashBody(contents) };
    const link: ChainLink = { ...open, hash: hashLink(open) };
    const manifest: RootManifest = {
      seq,
      onDate,
      previous: link.previous,
      hash: link.hash,
      files: sorted(root.files),
      pages: sorted(root.pages),
      towns: sorted(hashes),
    };
    writeStaged(join(target, MANIFEST_FILE), `${JSON.stringify(manifest)}\n`);
    const chain = await readIfThere(join(folder, CHAIN_FILE));
    const line = `${JSON.stringify(link)}\n`;
    return { staged, removed, hash: link.hash, chain: { offset: chain?.length ?? 0, line } };
  }

  /** `onDate`: the day of the last publication; null where there was none. */
  const onDate = live?.onDate ?? null;
  return {
    set,
    list,
    versionOf,
    liveVersionOf,
    stage,
    onDate,
    townCodes: Object.keys(live?.towns ?? {}),
  };
}
export type Manifest = Awaited<ReturnType<typeof openManifest>>;

function parse(data: Buffer | null): unknown {
  return data ? JSON.parse(data.toString('utf8')) : null;
}

function sorted(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
