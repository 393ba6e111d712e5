import { join } from 'node:path';
import { setImmediate as giveWay } from 'node:timers/promises';
import { PUBLIC_FILES } from '#rules/publication.ts';
import type { PublicFile, PublicFileKind } from '#rules/publication.ts';
import { sha256, writeStaged } from './disk.ts';
import type { Manifest } from './manifest.ts';
import type { PublishingPaths } from './paths.ts';
import { PublicationRefused } from './refusal.ts';

/** A public file's kind, and the code and township it belongs to. */
export type Target<K extends PublicFileKind> = { kind: K; code?: string; town?: string | null };

/** In bytes. To check and write such a file takes so long that requests have their turn after it. */
const LARGE = 50_000;

/** Writes a file of the public data into the staging folder. */
export type StageFile = (path: string, data: Uint8Array<ArrayBuffer>) => void | Promise<void>;

/**
 * The only way into the public folder: checks a file against its strict schema, compares it with what is
 * live and stages it where it differs.
 */
export function createSink(paths: PublishingPaths, manifest: Manifest) {
  const encoder = new TextEncoder();
  /** Paths of public files that are new or different. */
  const changed = new Set<string>();
  const removed = new Set<string>();
  /** Township of each file that was put, by path. */
  const kept = new Map<string, string | null>();

  async function put<K extends PublicFileKind>(
    { kind, code, town = null }: Target<K>,
    value: PublicFile<K>,
    stage: StageFile = stageInPlace,
  ): Promise<void> {
    const path = PUBLIC_FILES[kind].path(code ?? '');
    const data = encoder.encode(`${JSON.stringify(checkFile(kind, path, value))}\n`);
    kept.set(path, town);
    if (!(await manifest.set('files', town, path, sha256(data)))) return;
    changed.add(path);
    // Whoever stages it may take its bytes.
    const isLarge = data.length > LARGE;
    await stage(path, data);
    if (isLarge) await giveWay();
  }

  function stageInPlace(path: string, data: Uint8Array) {
    writeStaged(join(paths.stagedPublic, path), data);
  }

  async function remove(path: string, town: string | null): Promise<void> {
    if (await manifest.set('files', town, path, null)) removed.add(path);
  }

  /** Takes away the live files of a township (null: site-wide) that were not put again. */
  async function removeRest(town: string | null, prefix = ''): Promise<void> {
    for (const path of await manifest.list('files', town)) {
      if (!path.startsWith(prefix) || path === PUBLIC_FILES.head.path()) continue;
      if (!kept.has(path)) await remove(path, town);
      else if (kept.get(path) !== town) await manifest.set('files', town, path, null);
    }
  }

  return { put, remove, removeRest, changed, removed };
}
export type Sink = ReturnType<typeof createSink>;

/** The value, its keys in the schema's order. A refusal names the field, never its content. */
function checkFile(kind: PublicFileKind, path: string, value: unknown): unknown {
  const result = PUBLIC_FILES[kind].schema.safeParse(value);
  if (result.success) return result.data;
  throw new PublicationRefused(
    result.error.issues.slice(0, 20).map((issue) => ({
      kind: 'not-exportable' as const,
      severity: 'refused' as const,
      where: path,
      detail: `${issue.path.join('.')} ${issue.code}`.trim(),
    })),
  );
}
