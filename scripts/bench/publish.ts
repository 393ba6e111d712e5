import { readConfig } from '#api/config.ts';
import { startPortal } from '#api/server.ts';
import type { RunningPortal } from '#api/server.ts';
import { publish } from '#publishing/publish.ts';
import type { PublicationResult } from '#publishing/publish.ts';
import { takeDown } from '#services/publications.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { measure, percentile, startHelper, tell } from './measure.ts';
import type { Figures } from './measure.ts';

const VILLAGES_OF_TOWN = 25;
/** A township's one row taken down and published, so many times. */
const CHANGES = 7;
const FEW_VILLAGES = 500;
const COMPLAINTS = 20;

/**
 * The first publication of a county by its running server, which is asked over HTTP meanwhile; then one row
 * taken down at a time, in this county and in one of 500 villages. Milliseconds.
 */
export async function benchPublish(size: { villages: number; rows: number }): Promise<Figures> {
  const { whole, answers, changes, pagesOfOneChange } = await publishCounty(size, COMPLAINTS);
  const few = await publishCounty({ ...size, villages: FEW_VILLAGES }, 0);
  const oneChangeMs = percentile(changes, 0.5);
  const oneChangeOf500Ms = percentile(few.changes, 0.5);
  const ofApi = answers.map(({ ms }) => ms);
  const ofComplaints = answers.filter(({ path }) => path === '/api/complaints').map(({ ms }) => ms);
  return {
    ...size,
    pages: whole.result.pagesChanged,
    wholeMs: whole.ms,
    wholeCpuMs: whole.cpuMs,
    peakMb: whole.peakMb,
    ...Object.fromEntries(whole.result.steps.map(({ step, ms }) => [`${step}Ms`, ms])),
    pagesOfOneChange,
    oneChangeMs,
    oneChangeOf500Ms,
    oneChangeRatio: Number((oneChangeMs / oneChangeOf500Ms).toFixed(2)),
    apiRequests: ofApi.length,
    apiP50Ms: Number(percentile(ofApi, 0.5).toFixed(1)),
    apiP99Ms: Number(percentile(ofApi, 0.99).toFixed(1)),
    apiMaxMs: Number(Math.max(0, ...ofApi).toFixed(1)),
    complaints: ofComplaints.length,
    complaintMaxMs: Number(Math.max(0, ...ofComplaints).toFixed(1)),
  };
}

async function publishCounty(
  { villages, rows }: { villages: number; rows: number },
  complaints: number,
) {
  await using portal = await createPortal();
  const { dataDir, secretsDir } = portal.context.config;
  const env = { DATA_DIR: dataDir, SECRETS_DIR: secretsDir, PORT: '0' };
  const towns = Math.ceil(villages / VILLAGES_OF_TOWN);
  tell(`filling ${towns * VILLAGES_OF_TOWN} villages with ${rows} rows each`);
  const sizes = [towns, VILLAGES_OF_TOWN, rows].map(String);
  const lists = (await startHelper('fill-portal.ts', dataDir, ...sizes).result) as string[];
  const server = await startPortal(readConfig(env), 'demo');
  const probe = startHelper('probe-api.ts', server.url, String(complaints));
  await probe.ready;
  tell('publishing');
  const whole = await measure(() => publish(server.context));
  probe.stop();
  const answers = (await probe.result) as { path: string; ms: number }[];
  const changes: number[] = [];
  let last: PublicationResult = whole.result;
  for (const list of lists.slice(0, CHANGES)) {
    const change = await publishOneChange(server, list);
    changes.push(change.ms);
    last = change.result;
  }
  await server.close();
  return { whole, answers, changes, pagesOfOneChange: last.pagesChanged };
}

async function publishOneChange({ context }: RunningPortal, list: string) {
  const target = { kind: 'row', id: `${list}-row-1`, reason: 'WRONG' } as const;
  await takeDown({ ...context, actor: { personId: 'person-1' } }, target);
  return measure(() => publish(context, { scope: 'standing' }));
}
