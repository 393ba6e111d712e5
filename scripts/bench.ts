import { parseArgs } from 'node:util';
import { benchFaults } from '#scripts/bench/faults.ts';
import { benchImport } from '#scripts/bench/import.ts';
import { benchIntake } from '#scripts/bench/intake.ts';
import { benchLighthouse } from '#scripts/bench/lighthouse.ts';
import type { Figures } from '#scripts/bench/measure.ts';
import { benchPublish } from '#scripts/bench/publish.ts';
import { benchQueue } from '#scripts/bench/queue.ts';
import { benchStatic } from '#scripts/bench/static.ts';

/**
 * `npm run bench -- NAME`: one measured scenario in a temporary folder that is removed afterwards. Progress
 * goes to standard error; with `--json` the figures are the last line.
 */
const SCENARIOS: Record<string, (options: Record<string, number>) => Promise<Figures>> = {
  publish: ({ villages = 500, rows = 60 }) => benchPublish({ villages, rows }),
  faults: ({ kills = 1000 }) => benchFaults({ kills }),
  import: ({ rows = 20_000 }) => benchImport({ rows }),
  intake: ({ complaints = 2000 }) => benchIntake({ complaints }),
  lighthouse: ({ rows = 60, runs = 3 }) => benchLighthouse({ rows, runs }),
  queue: ({ leads = 100_000 }) => benchQueue({ leads }),
  static: ({ rows = 44, seconds = 5 }) => benchStatic({ rows, seconds }),
};
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    kills: { type: 'string' },
    villages: { type: 'string' },
    rows: { type: 'string' },
    runs: { type: 'string' },
    complaints: { type: 'string' },
    leads: { type: 'string' },
    seconds: { type: 'string' },
  },
});
const { json, ...given } = values;
const numbers = Object.fromEntries(
  Object.entries(given).map(([name, value]) => [name, Number(value)]),
);
const scenario = SCENARIOS[positionals[0] ?? ''];
const isUsable = Object.values(numbers).every((value) => Number.isInteger(value) && value > 0);
if (!scenario || !isUsable) {
  console.error(`npm run bench -- ${Object.keys(SCENARIOS).join('|')} [--json]`);
  process.exit(2);
}
const figures = await scenario(numbers);
if (json) console.log(JSON.stringify(figures));
else console.table(figures);
process.exit(0);
