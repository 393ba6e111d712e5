import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Config } from '#api/config.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a script of the project the way `npm run` does, on a portal's folders. */
export function runScript(
  name: string,
  args: string[],
  { dataDir, secretsDir }: Pick<Config, 'dataDir' | 'secretsDir'>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, SECRETS_DIR: secretsDir };
  const { promise, resolve } = Promise.withResolvers<{
    code: number;
    stdout: string;
    stderr: string;
  }>();
  execFile(
    process.execPath,
    [`scripts/${name}.ts`, ...args],
    { cwd: ROOT, env },
    (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ code, stdout, stderr });
    },
  );
  return promise;
}
