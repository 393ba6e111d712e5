import { join } from 'node:path';
import { setImmediate as giveWay } from 'node:timers/promises';
import type { Context } from '#api/context.ts';
import { readIfThere } from './disk.ts';
import type { Exported } from './export.ts';
import { loadNames } from './gate-settings.ts';
import type { GateSettings } from './gate-settings.ts';
import { hasMac } from './mac-table.ts';
import type { Manifest } from './manifest.ts';
import { pageFile } from './paths.ts';
import type { PublishingPaths } from './paths.ts';
import type { Finding } from './refusal.ts';
import { openGate } from './stage-file.ts';

/** The search holds what stands on other pages too. */
const OF_PLACES = /^\/((places|notices|data)\/.|search\.json$)/;

/**
 * Looks for names that join in pages that stay as they are: a text may have named a person before their
 * household was on a list. Pages of places, notices and data hold masked names and counts only.
 */
export async function gateStanding(
  portal: Pick<Context, 'db' | 'secrets'>,
  { site }: PublishingPaths,
  { exported, rendered, manifest }: { exported: Exported; rendered: string[]; manifest: Manifest },
  { known }: GateSettings,
): Promise<Finding[]> {
  if (exported.joining.length === 0) return [];
  const isRendered = new Set(rendered);
  const standing = (await manifest.list('pages', null)).filter(
    (path) => !isRendered.has(path) && !OF_PLACES.test(path),
  );
  if (standing.length === 0) return [];
  const { macs } = await loadNames(portal, exported.leaving);
  const joined = await loadNames(portal, exported.joining, (mac) => hasMac(macs, mac));
  const gate = openGate({ ...joined, known }, portal.secrets);
  const found: Finding[] = [];
  for (const path of standing) {
    const html = await readIfThere(join(site, pageFile(path)));
    if (html) found.push(...gate.inspectPage(path, html.toString('utf8')));
    await giveWay();
  }
  return found;
}
