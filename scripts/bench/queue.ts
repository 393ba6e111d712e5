import { readConfig } from '#api/config.ts';
import { startPortal } from '#api/server.ts';
import { callOver, expectStatus, signIn } from '#scripts/portal-client.ts';
import type { Call } from '#scripts/portal-client.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { percentile, startHelper, tell } from './measure.ts';
import type { Figures } from './measure.ts';

const EVENTS_OF_LEAD = 5;
const ROUNDS = 12;
/** Whose desk has nearly everything, whose has some, and whose has nothing. */
const LOGINS = ['triage', 'township-yunshui', 'township-qingshan', 'liaison'];
const QUERIES = [
  '',
  'state=open',
  'state=TERMINATED',
  'state=open&due=overdue',
  'state=open&due=soon',
  'supervised=1',
  'repeated=1&state=CLOSED',
  'problem=LOUBAO',
  'place=990101200000&state=open',
  'order=received',
  'mine=1',
];
const OPENED_OF_PAGE = 3;

/**
 * The queue with each filter and the leads found, asked of a running server by several staff one after the
 * other: the API and the pages. Milliseconds over HTTP.
 */
export async function benchQueue({ leads }: { leads: number }): Promise<Figures> {
  await using portal = await createPortal();
  const { dataDir, secretsDir } = portal.context.config;
  const env = { DATA_DIR: dataDir, SECRETS_DIR: secretsDir, PORT: '0' };
  const events = leads * EVENTS_OF_LEAD;
  tell(`filling ${leads} leads with ${events} events`);
  await startHelper('fill-leads.ts', dataDir, String(leads), String(events)).result;
  const server = await startPortal(readConfig(env), 'demo');
  const call = callOver(server.url);
  const taken: Taken[] = [];
  for (const login of LOGINS) {
    tell(`asking as ${login}`);
    const cookie = await signIn(call, portal.accountOf(login));
    for (let round = 0; round < ROUNDS; round += 1) taken.push(...(await askAround(call, cookie)));
  }
  await server.close();
  return { leads, events, ...summarise(taken) };
}
type Queue = { items: { reference: string }[]; next?: string };
type Taken = { kind: 'queueApi' | 'queuePage' | 'nextPage' | 'leadApi' | 'leadPage'; ms: number };

async function askAround(call: Call, cookie: string): Promise<Taken[]> {
  const taken: Taken[] = [];
  async function ask(kind: Taken['kind'], path: string): Promise<Response> {
    const begun = performance.now();
    const answer = await call(path, { headers: { cookie } });
    const text = await answer.text();
    taken.push({ kind, ms: performance.now() - begun });
    await expectStatus(answer, 200);
    return new Response(text);
  }
  for (const query of QUERIES) {
    const answer = await ask('queueApi', `/api/staff/leads?${query}`);
    const { items, next } = (await answer.json()) as Queue;
    await ask('queuePage', `/staff/leads/?${query}`);
    if (next) await ask('nextPage', `/api/staff/leads?${query}&after=${next}`);
    for (const { reference } of items.slice(0, OPENED_OF_PAGE)) {
      await ask('leadApi', `/api/staff/leads/${reference}`);
      await ask('leadPage', `/staff/leads/${reference}/`);
    }
  }
  return taken;
}

function summarise(taken: readonly Taken[]): Figures {
  const kinds = [...new Set(taken.map(({ kind }) => kind))];
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const times = taken.filter((each) => each.kind === kind).map(({ ms }) => ms);
      return [0.5, 0.95, 1].map((share) => [
        `${kind}P${share * 100}Ms`,
        Number(percentile(times, share).toFixed(1)),
      ]);
    }),
  );
}
