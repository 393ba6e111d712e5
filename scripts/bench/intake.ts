import { readConfig } from '#api/config.ts';
import { startPortal } from '#api/server.ts';
import { createPortal } from '#support/fresh-portal.ts';
import { callOver, expectStatus, postJson, signIn, solveProof } from '#scripts/portal-client.ts';
import { COMPLAINT } from './complaint.ts';
import { measure, tell } from './measure.ts';
import type { Figures } from './measure.ts';

/** Complaints over HTTP, eight at a time, proofs solved before; then the queue of the triage officer. */
export async function benchIntake({ complaints }: { complaints: number }): Promise<Figures> {
  await using portal = await createPortal();
  const { dataDir, secretsDir } = portal.context.config;
  const env = { DATA_DIR: dataDir, SECRETS_DIR: secretsDir, PORT: '0' };
  const server = await startPortal(readConfig(env), 'demo');
  const call = callOver(server.url);
  tell(`solving ${complaints} proofs`);
  const proofs: string[] = [];
  while (proofs.length < complaints) proofs.push(await solveProof(call));
  async function fileOneByOne() {
    for (let altcha = proofs.pop(); altcha; altcha = proofs.pop()) {
      await expectStatus(await postJson(call, '/api/complaints', { ...COMPLAINT, altcha }), 201);
    }
  }
  tell('filing');
  const filing = await measure(() => Promise.all(Array.from({ length: 8 }, fileOneByOne)));
  const cookie = await signIn(call, portal.accountOf('triage'));
  const queue = await measure(() => call('/api/staff/leads', { headers: { cookie } }));
  await expectStatus(queue.result, 200);
  await server.close();
  return {
    complaints,
    perSecond: Math.round((complaints * 1000) / filing.ms),
    queueMs: queue.ms,
    peakMb: filing.peakMb,
  };
}
