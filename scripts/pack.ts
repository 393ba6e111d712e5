import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { create } from 'tar';

/**
 * `npm run pack -- FILE`: one archive with all that a machine without internet needs, the pages built and Node
 * included. It runs on machines of the kind it was packed on.
 */
const PARTS = [
  ...['api', 'db', 'docs', 'scripts', 'site', 'astro.config.mjs', 'tsconfig.json'],
  ...['package.json', 'package-lock.json', 'LICENSE'],
  ...['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'DECISIONS.md', 'SECURITY.md'],
];
const NAME = 'sunshine-dibao';
const ROOT = fileURLToPath(new URL('..', import.meta.url));

async function packPortal(target: string): Promise<void> {
  const work = await mkdtemp(join(dirname(target), '.pack-'));
  const folder = join(work, NAME);
  try {
    for (const part of PARTS) {
      const from = join(ROOT, part);
      if (existsSync(from)) await cp(from, join(folder, part), { recursive: true });
    }
    run('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], folder);
    const node = join(folder, 'node_modules', '.bin', 'node');
    if (!existsSync(node)) run('npm', ['rebuild', 'node', 'esbuild'], folder);
    run('npm', ['run', '-s', 'build'], folder);
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    const archive = join(work, 'archive.partial');
    await create({ file: archive, cwd: work, gzip: true, portable: true, strict: true }, [NAME]);
    await rename(archive, target);
    console.log(`${target}: ${NAME}/ with Node ${version} for ${process.platform}-${process.arch}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function run(command: string, args: string[], cwd: string): void {
  // What they say goes to standard error.
  execFileSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
}

async function hashOf(file: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest);
  return digest.digest('hex');
}

const [target] = process.argv.slice(2);
if (!target) {
  console.error('Usage: npm run pack -- FILE   (for example sunshine-dibao.tar.gz)');
  process.exit(2);
}
const file = resolve(target);
await packPortal(file);
console.log(`${await hashOf(file)}  ${basename(file)}`);
