import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findBrowser } from './browser.ts';

/**
 * Makes sure that the browser tests have a Chromium and a Chinese font, and says what it installs:
 * Debian packages where this user may install them, else Playwright's own build.
 */
const isRoot = process.getuid?.() === 0;
const hasApt = existsSync('/usr/bin/apt-get');

function run(command: string, args: string[]) {
  console.log(`$ ${command} ${args.join(' ')}`);
  execFileSync(command, args, { stdio: 'inherit' });
}

function hasChineseFont(): boolean {
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return list.status === 0 && list.stdout.trim() !== '';
}

const missing: string[] = [];
if (!findBrowser()) missing.push('chromium');
if (!hasChineseFont()) missing.push('fonts-noto-cjk', 'fontconfig');

if (missing.length > 0 && isRoot && hasApt) {
  console.log(`The browser tests need ${missing.join(', ')}: installing the Debian packages.`);
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
} else if (missing.includes('chromium')) {
  console.log('The browser tests need a Chromium: installing the one Playwright provides.');
  run('npx', ['playwright-core', 'install', 'chromium']);
} else if (missing.length > 0) {
  console.log(
    'No Chinese font was found: the tests run, but screenshots show boxes. Install fonts-noto-cjk.',
  );
}

if (!findBrowser() && !existsSync(chromium.executablePath())) {
  console.error('No Chromium was found. Install one, or set CHROMIUM=/path/to/chromium.');
  process.exit(1);
}
