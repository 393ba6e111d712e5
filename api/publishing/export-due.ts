import type { Reader } from '#db/store.ts';
import { readBatch } from '#db/queries/batches.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { exportHead, listDueFiles } from './export-directory.ts';
import { createSink } from './export-sink.ts';
import { readExportState } from './export-state.ts';
import { townFinder } from './export.ts';
import type { Exported } from './export.ts';
import type { Manifest } from './manifest.ts';
import type { PublishingPaths } from './paths.ts';
import { createPublicReader } from './public-reader.ts';

/**
 * What time alone changes of what is public: standards that come into force, and the head of the audit
 * chain once a day. Nothing that was approved since the last publication is exported.
 */
export async function exportDue(
  { db, now }: { db: Reader; now: number },
  paths: PublishingPaths,
  manifest: Manifest,
): Promise<Exported> {
  const read = createPublicReader(paths.public);
  const places = (await read('places'))?.places ?? [];
  const standards = (await read('standards'))?.items ?? [];
  const due = listDueFiles(standards, manifest.onDate, civilDateOf(now));
  const sink = createSink(paths, manifest);
  await exportHead(db, now, sink, manifest.onDate);
  const batchIds = Object.keys((await readExportState(paths))?.batches ?? {});
  const tokens = [];
  for (const id of batchIds) tokens.push(id, (await readBatch(db, id))?.salt ?? '');
  return {
    places,
    changed: new Set([...sink.changed, ...due]),
    removed: sink.removed,
    staged: [...sink.changed],
    tokens,
    batchIds,
    touchedBatchIds: batchIds,
    townOf: townFinder({ places }),
  };
}
