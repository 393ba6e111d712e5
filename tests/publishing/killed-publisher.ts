import { join } from 'node:path';
import { readConfig } from '#api/config.ts';
import { openStore } from '#db/open.ts';
import type { Scope } from '#publishing/export.ts';
import { publish } from '#publishing/publish.ts';
import { loadSecrets } from '#sealing/secrets.ts';

/**
 * A process that publishes and dies by SIGKILL at the point named: a step, or an operation of going live.
 * Arguments: DATA_DIR, the point, the clock in epoch ms, the scope.
 */
const [dataDir = '', point = '', clock = '0', scope = 'approved'] = process.argv.slice(2);

function dieAt(name: string) {
  if (name === point) process.kill(process.pid, 'SIGKILL');
}

const config = readConfig({ DATA_DIR: dataDir });
await publish(
  {
    db: openStore(join(config.dataDir, 'portal.db')),
    config,
    secrets: loadSecrets(config.secretsDir),
    now: () => Number(clock),
  },
  { scope: scope as Scope, onStep: ({ step }) => dieAt(step), onOperation: dieAt },
);
