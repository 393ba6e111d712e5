import { readFile } from 'node:fs/promises';
import type { Account, Call, Tell } from './portal-client.ts';
import { ensureCases } from './demo-cases.ts';
import { ensureTestCalls } from './demo-hotlines.ts';
import { ensurePolicy } from './demo-directory.ts';
import { ensureComplaints, handleComplaints } from './demo-leads.ts';
import { ensureOldLedger } from './demo-ledger.ts';
import { accountOf, expectStatus, postJson, signIn } from './portal-client.ts';

const LISTS = [
  {
    aidType: 'RURAL_DIBAO',
    period: '2026-10',
    file: 'layout-a-households.xlsx',
    persons: 'layout-a-persons.xlsx',
  },
  { aidType: 'URBAN_DIBAO', period: '2026-10', file: 'layout-b.xlsx' },
  {
    kind: 'REVIEW_NOTICE',
    aidType: 'RURAL_DIBAO',
    period: '2026-10',
    file: 'review-notice.csv',
    by: 'publisher-qingshan',
  },
] as const;

/**
 * Fills a new demo through the front door: sign in, upload, approve, publish, complain, hand over. What is there
 * already is left alone, so an interrupted run is finished by the next one.
 */
export async function fillDemo(call: Call, accounts: Account[], tell: Tell): Promise<void> {
  const publisher = await signIn(call, accountOf(accounts, 'publisher'));
  const reviewer = await signIn(call, accountOf(accounts, 'reviewer'));
  for (const list of LISTS) {
    const uploader = 'by' in list ? await signIn(call, accountOf(accounts, list.by)) : publisher;
    await ensureList(call, uploader, reviewer, list, tell);
  }
  await ensureCases(call, accounts, { publisher, reviewer }, tell);
  await ensureTestCalls(call, accounts, tell);
  await ensurePolicy(call, publisher);
  const { steps } = await publishNow(call, publisher);
  tell(`已发布：${steps.map(({ label, ms }) => `${label} ${ms ?? 0} ms`).join('，')}`);
  await ensureComplaints(call, accounts, tell);
  await handleComplaints(call, accounts, tell);
  await ensureOldLedger(call, accounts, tell);
}

type List = (typeof LISTS)[number];
type BatchItem = {
  id: string;
  aidType: string;
  period: string;
  kind: string;
  status: string;
  reviewBodyCode: string;
};

async function ensureList(
  call: Call,
  publisher: string,
  reviewer: string,
  list: List,
  tell: Tell,
): Promise<void> {
  const known = (await listBatches(call, publisher)).find(
    (batch) =>
      batch.aidType === list.aidType && batch.period === list.period && batch.kind === kindOf(list),
  );
  if (known && known.status !== 'review') return;
  const id = known?.id ?? (await uploadList(call, publisher, list));
  const decision = { decision: 'approve', disclosureReview: true };
  const path = `/api/staff/batches/${id}/decision`;
  await expectStatus(await postJson(call, path, decision, reviewer), 204);
  tell(`名单 ${list.file} 已导入并审核`);
}

function kindOf(list: List): string {
  return 'kind' in list ? list.kind : 'LIST';
}

async function listBatches(call: Call, cookie: string): Promise<BatchItem[]> {
  const answer = await call('/api/staff/batches', { headers: { cookie } });
  await expectStatus(answer, 200);
  return ((await answer.json()) as { items: BatchItem[] }).items;
}

async function uploadList(call: Call, cookie: string, list: List): Promise<string> {
  const options = await call('/api/staff/batches/options', { headers: { cookie } });
  await expectStatus(options, 200);
  const [body] = ((await options.json()) as UploadOptions).bodies;
  // The reviewer of the demo sits at the bureau.
  const reviewBodyCode = body?.reviewBodies.find(({ code }) => code.startsWith('bureau'))?.code;
  if (!body || !reviewBodyCode) throw new Error('the publisher has no body to publish for');
  const form = new FormData();
  form.set('bodyCode', body.code);
  form.set('aidType', list.aidType);
  form.set('period', list.period);
  form.set('reviewBodyCode', reviewBodyCode);
  form.set('kind', kindOf(list));
  form.set('file', await readSpecimen(list.file), list.file);
  if ('persons' in list) form.set('persons', await readSpecimen(list.persons), list.persons);
  const answer = await call('/api/staff/batches', {
    method: 'POST',
    headers: { cookie },
    body: form,
  });
  await expectStatus(answer, 201);
  return ((await answer.json()) as { id: string }).id;
}
type UploadOptions = { bodies: { code: string; reviewBodies: { code: string }[] }[] };

async function readSpecimen(name: string): Promise<Blob> {
  return new Blob([await readFile(new URL(`specimens/${name}`, import.meta.url))]);
}

type Publication = {
  status: string;
  steps: { label: string; ms: number | null }[];
  findings: { words: string }[];
};

/** Starts a publication and waits for its end; throws what the gate found where it was refused. */
export async function publishNow(call: Call, cookie: string): Promise<Publication> {
  let started = await postJson(call, '/api/staff/publications', {}, cookie);
  // The portal may be publishing something by itself, as it does at its start.
  while (started.status === 409) {
    await new Promise((done) => setTimeout(done, 200));
    started = await postJson(call, '/api/staff/publications', {}, cookie);
  }
  await expectStatus(started, 202);
  const last = await waitForPublication(call, cookie);
  if (last.status !== 'live') {
    throw new Error(`发布被拦下：${last.findings.map(({ words }) => words).join(' ')}`);
  }
  return last;
}

async function waitForPublication(call: Call, cookie: string): Promise<Publication> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await call('/api/staff/publications/latest', { headers: { cookie } });
    await expectStatus(answer, 200);
    const { publication } = (await answer.json()) as { publication: Publication | null };
    if (publication && publication.status !== 'running') return publication;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('the publication did not end within a minute');
}
