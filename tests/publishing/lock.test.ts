import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CodedError } from '#api/errors.ts';
import { holdPublishing } from '#publishing/lock.ts';
import { publishingPaths } from '#publishing/paths.ts';

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
])('a lock %s does not count', async (_, text) => {
  using folder = openFolder();
  writeFileSync(folder.lock, text);
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
