import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readConfig } from '#api/config.ts';
import { startPortal } from '#api/server.ts';
import { publish } from '#publishing/publish.ts';
import { findBrowser } from '#support/browser.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { startHelper, tell } from './measure.ts';
import type { Figures } from './measure.ts';

/** With its 114 packages it is fetched for a measurement and is no dependency of the portal. */
const LIGHTHOUSE = 'lighthouse@13.5.0';
const PAGES = {
  home: '/',
  village: '/places/990110200200/',
  standards: '/standards/',
  complaint: '/complaints/new',
};
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const MOST_BYTES = 64 * 1024 * 1024;
const run = promisify(execFile);

type Report = { categories: Record<string, { score: number | null }> };

/**
 * Scores by Lighthouse of the pages people open first, as on a phone with a slow connection. A list is kept
 * out of search engines, which costs it the fourth score; the form of complaints likewise. The median of
 * several runs, because what else the machine does costs a few points.
 */
export async function benchLighthouse(options: { rows: number; runs: number }): Promise<Figures> {
  const { rows, runs } = options;
  const chrome = findBrowser();
  if (!chrome) throw new Error('no Chromium: npm run test:browser gets one');
  await using portal = await createPortal();
  const { dataDir, secretsDir } = portal.context.config;
  await startHelper('fill-portal.ts', dataDir, '1', '25', String(rows)).result;
  const env = { DATA_DIR: dataDir, SECRETS_DIR: secretsDir, PORT: '0' };
  const server = await startPortal(readConfig(env), 'demo');
  await publish(server.context);
  const figures: Figures = {};
  for (const [name, path] of Object.entries(PAGES)) {
    tell(`${name} by ${LIGHTHOUSE}`);
    const url = new URL(path, server.url);
    const { status } = await fetch(url);
    // Of a page that fails Lighthouse only says that Chromium would not show it.
    if (status !== 200) throw new Error(`${path} answers ${status}`);
    const reports: (Report | null)[] = [];
    for (let run = 0; run < runs; run += 1) reports.push(await judge(url.href, chrome));
    for (const category of CATEGORIES) {
      const scores = reports.flatMap((report) => report?.categories[category]?.score ?? []);
      figures[`${name} ${category}`] = scores.length > 0 ? Math.round(median(scores) * 100) : null;
    }
  }
  await server.close();
  return figures;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Null where Lighthouse could not open the page, with its reason. */
async function judge(url: string, chrome: string): Promise<Report | null> {
  const flags = [
    '--headless=new',
    '--disable-gpu',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  try {
    const { stdout } = await run(
      'npm',
      [
        ...['exec', '--yes', `--package=${LIGHTHOUSE}`, '--', 'lighthouse', url],
        ...['--quiet', '--output=json', `--only-categories=${CATEGORIES.join(',')}`],
        `--chrome-flags=${flags.join(' ')}`,
      ],
      { env: { ...process.env, CHROME_PATH: chrome }, maxBuffer: MOST_BYTES },
    );
    return JSON.parse(stdout) as Report;
  } catch (error) {
    tell((error as { stderr?: string }).stderr?.trim() ?? String(error));
    return null;
  }
}
