import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CodedError } from '#api/errors.ts';
import { holdPublishing } from '#publishing/lock.ts';
import { publishingPaths } from '#publishing/paths.ts';

const CONTENDER = fileURLToPath(new URL('lock-contender.ts', import.meta.url));

function openFolder() {
  const dataDir = mkdtempSync(join(tmpdir(), 'lock-'));
  mkdirSync(publishingPaths(dataDir).work, { recursive: true });
  const { lock } = publishingPaths(dataDir);
  const close = () => rmSync(dataDir, { recursive: true });
  return { dataDir, lock, [Symbol.dispose]: close };
}
const isBusy = (error: unknown) =>
  error instanceof CodedError && error.code === 'publication-running';

test('however many want to publish at the same moment, one at a time does', async () => {
  using folder = openFolder();
  let [inside, most, done] = [0, 0, 0];
  async function work() {
    inside += 1;
    most = Math.max(most, inside);
    await setImmediate();
    inside -= 1;
    done += 1;
  }
  async function insist(): Promise<void> {
    for (;;) {
      try {
        return await holdPublishing(folder.dataDir, work);
      } catch (error) {
        if (!isBusy(error)) throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: 200 }, insist));
  expect({ most, done, lock: existsSync(folder.lock) }).toEqual({
    most: 1,
    done: 200,
    lock: false,
  });
});

test.each([
  ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, started: '1' })],
  ['of another process with the same number', JSON.stringify({ pid: process.pid, started: '1' })],
  ['that cannot be read', '{'],
])('a lock %s does not count', async (_, content) => {
  using folder = openFolder();
  writeFileSync(folder.lock, content);
  expect(await holdPublishing(folder.dataDir, async () => 'done')).toBe('done');
  expect(existsSync(folder.lock)).toBe(false);
});

test('a lock that somebody holds is respected and left alone', async () => {
  using folder = openFolder();
  await holdPublishing(folder.dataDir, async () => {
    await expect(holdPublishing(folder.dataDir, async () => 'done')).rejects.toThrow('正在发布');
    expect(existsSync(folder.lock)).toBe(true);
  });
  expect(existsSync(folder.lock)).toBe(false);
});

test('of several processes that find the lock of a dead one, one at a time publishes', async () => {
  using folder = openFolder();
  const args = [CONTENDER, folder.dataDir, '40'];
  const ends = Array.from({ length: 5 }, async () => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    return { code, said };
  });
  expect(await Promise.all(ends)).toEqual(ends.map(() => ({ code: 0, said: '' })));
  // What the last one left, and nothing of the clearing.
  expect(readdirSync(publishingPaths(folder.dataDir).work)).toEqual(['lock.json']);
});
