import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadSiteBuild } from '#publishing/site-build.ts';
import { openSampleFiles } from './public-files.ts';
import { NOW } from './sample-county.ts';

/**
 * Loads a copy of the build, removes it and renders pages that nobody asked for before; prints their states. A
 * process of its own, because modules stay loaded. The copy finds its packages only below the project.
 */
mkdirSync('data', { recursive: true });
const root = mkdtempSync(join('data', 'build-'));
const dist = join(process.cwd(), root, 'dist');
cpSync('dist', dist, { recursive: true });
const build = await loadSiteBuild(dist).finally(() => rmSync(root, { recursive: true }));
const api = async () => new Response(null, { status: 401 });
const states: Record<string, number> = {};
for (const path of ['/', '/complaints/', '/staff/sign-in/', '/nowhere/']) {
  const request = new Request(`http://portal.test${path}`);
  const answer = await build.renderWhole(request, { read: openSampleFiles(), now: NOW, api });
  states[path] = answer.status;
}
console.log(JSON.stringify(states));
