import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('a process shows every page of the build it started with, when that is replaced on the disk', async () => {
  const { stdout } = await run(process.execPath, ['tests/site/replaced-build.ts']);
  const states = JSON.parse(stdout.split('\n').at(-2) ?? '') as unknown;
  expect(states).toEqual({
    '/': 200,
    '/complaints/': 200,
    '/staff/sign-in/': 200,
    '/nowhere/': 404,
  });
});
