import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CodedError } from '#api/errors.ts';
import { holdPublishing } from '#publishing/lock.ts';
import { publishingPaths } from '#publishing/paths.ts';

/**
 * A process that takes the lock of publications again and again, and fails where another one is inside with it.
 * After each time it leaves the lock of a process that died. Arguments: DATA_DIR, how often.
 */
const [dataDir = '', times = '0'] = process.argv.slice(2);
const { lock } = publishingPaths(dataDir);
const inside = join(dataDir, 'inside');
const own = String(process.pid);

async function work() {
  writeFileSync(inside, own);
  await setTimeout(1);
  const found = readFileSync(inside, 'utf8');
  if (found !== own) throw new Error(`${own} was inside together with ${found}`);
}

function leaveDeadLock(at: number) {
  const part = `${lock}.dead.${own}`;
  writeFileSync(part, JSON.stringify({ pid: 2 ** 22 + 1, started: `${own} ${at}` }));
  try {
    linkSync(part, lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(part);
  }
}

for (let done = 0; done < Number(times);) {
  try {
    await holdPublishing(dataDir, work);
    done += 1;
    leaveDeadLock(done);
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'publication-running') throw error;
  }
}
