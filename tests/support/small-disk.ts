import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { startHelper } from '#scripts/bench/measure.ts';
import { callOver } from '#scripts/portal-client.ts';
import type { FreshPortal } from './fresh-portal.ts';

/**
 * A server of its own for a copy of the portal's data on a disk of so many bytes; skips the test where this user
 * may not mount one. `at` is the disk, `data` the data folder on it.
 */
export async function serveFromSmallDisk(
  { skip }: Pick<TestContext, 'skip'>,
  { root, context }: FreshPortal,
  bytes: number,
) {
  const at = join(root, 'small');
  const data = join(at, 'data');
  const { dataDir, secretsDir } = context.config;
  if (!mountDisk(at, bytes)) return skip('only root may mount a small disk');
  await using begun = new AsyncDisposableStack();
  begun.defer(() => void execFileSync('umount', ['-l', at]));
  cpSync(dataDir, data, { recursive: true });
  const server = startHelper('portal-server.ts', data, secretsDir);
  begun.defer(async () => {
    server.stop();
    await server.result;
  });
  await server.ready;
  const call = callOver((server.said() as { url: string }).url);
  const all = begun.move();
  return { at, data, call, [Symbol.asyncDispose]: async () => all.disposeAsync() };
}

function mountDisk(at: string, bytes: number): boolean {
  mkdirSync(at);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
