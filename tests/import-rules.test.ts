import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** Imports each place may not have, and some it may. */
const REFUSED: Record<string, string[]> = {
  'api/rules/x.ts': ['#db/queries/leads.ts', '#site/lib/fields.ts', 'node:fs', 'hono', '../app.ts'],
  'api/sealing/x.ts': ['#db/queries/leads.ts', '#spreadsheets/sheet.ts', '#api/config.ts', 'hono'],
  'api/spreadsheets/x.ts': ['#db/store.ts', '#sealing/age.ts', '#services/audit.ts'],
  'db/queries/x.ts': ['#services/audit.ts', '#sealing/age.ts', '../../api/services/audit.ts'],
  'api/services/x.ts': [
    '#routes/router.ts',
    '#jobs/sweep.ts',
    '#api/app.ts',
    'drizzle-orm',
    'hono',
  ],
  'api/publishing/x.ts': ['#routes/router.ts', '#site/lib/entry.ts', 'better-sqlite3'],
  'api/jobs/x.ts': ['#routes/router.ts', '#api/server.ts'],
  'api/routes/x.ts': ['#db/queries/leads.ts', '#jobs/sweep.ts', '#api/app.ts', 'drizzle-orm'],
  'api/app.ts': ['#jobs/sweep.ts', '#services/audit.ts', '#site/lib/entry.ts', '#scripts/demo.ts'],
  'api/server.ts': ['#site/lib/entry.ts', '#scripts/demo.ts', '#support/leads.ts'],
  'site/lib/x.ts': ['#db/queries/leads.ts', '#services/audit.ts', '../../db/store.ts'],
  'site/pages/staff/x.astro': ['#db/queries/leads.ts', '#api/config.ts', '../../../db/store.ts'],
  'scripts/x.ts': ['drizzle-orm', '#support/leads.ts'],
};
const ALLOWED: Record<string, string[]> = {
  'api/rules/x.ts': ['zod', './text.ts'],
  'api/sealing/x.ts': ['#rules/text.ts', 'node:crypto'],
  'db/queries/x.ts': ['drizzle-orm', '#rules/text.ts', '#db/store.ts'],
  'api/services/x.ts': ['#db/queries/leads.ts', '#sealing/age.ts', '#api/errors.ts'],
  'api/routes/x.ts': ['hono', '#services/audit.ts', '#rules/text.ts'],
  'site/pages/staff/x.astro': ['#rules/text.ts', '#site/lib/fields.ts'],
};

async function lintImports(places: Record<string, string[]>): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    cpSync('.oxlintrc.json', join(root, '.oxlintrc.json'));
    for (const [file, names] of Object.entries(places)) {
      const lines = names.map((name, index) => `import { x${index} } from '${name}';`).join('\n');
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), file.endsWith('.astro') ? `---\n${lines}\n---\n` : lines);
    }
    const oxlint = resolve('node_modules/.bin/oxlint');
    const options = { cwd: root };
    const { stdout } = await run(oxlint, ['--format', 'json'], options).catch((failed) => failed);
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { code: string; filename: string; message: string }[];
    };
    return diagnostics
      .filter(({ code }) => code.includes('no-restricted-imports'))
      .map(({ filename, message }) => `${filename} ${/'([^']+)'/.exec(message)?.[1]}`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const pairsOf = (places: Record<string, string[]>) =>
  Object.entries(places).flatMap(([file, names]) => names.map((name) => `${file} ${name}`));

test('an import against the direction is an error, from every folder', async () => {
  const refused = new Set(await lintImports(REFUSED));
  expect([...refused].sort()).toEqual(pairsOf(REFUSED).sort());
});

test('imports along the direction are left alone', async () => {
  expect(await lintImports(ALLOWED)).toEqual([]);
});
