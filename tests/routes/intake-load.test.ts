import { expect, test } from 'vitest';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { PROOF_LEVELS } from '#rules/intake-load.ts';
import { countChallenge } from '#services/intake-load.ts';
import { createProofChallenge } from '#services/proofs.ts';
import { solveChallenged } from '#scripts/portal-client.ts';
import { STALLING, sendForm } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { fileLead } from '#support/leads.ts';
import type { Failure } from '#support/leads.ts';

async function fieldsOf(portal: FreshPortal, fields: [string, string][]) {
  const answer = await sendForm(portal, '/api/complaints', fields);
  return { status: answer.status, body: (await answer.json()) as Failure };
}

const FORM: [string, string][] = [
  ['class', 'REPORT'],
  ['problemTypes', 'STALL'],
  ['placeCode', STALLING.placeCode],
];

test('300 different complaints within the hour from one address are all accepted', async () => {
  await using portal = await createPortal();
  const statuses = new Map<number, number>();
  for (let village = 1; village <= 300; village += 1) {
    // Solved at once by who knows its counter; checking costs what any other costs.
    const altcha = await solveChallenged(await createProofChallenge(portal.context, 1));
    const json = { ...STALLING, text: `第${village}户：材料又被退回。`, altcha };
    const { status } = await portal.call('/api/complaints', { json });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    portal.advance(10_000);
  }
  expect(statuses).toEqual(new Map([[201, 300]]));
}, 120_000);

test('challenges get harder while very many are asked for, and easy again afterwards', async () => {
  await using portal = await createPortal();
  const [, many] = PROOF_LEVELS;
  for (let asked = 0; asked < many.above; asked += 1) countChallenge(portal.context);
  expect(countChallenge(portal.context)).toBeGreaterThan(many.above);
  portal.advance(11 * 60_000);
  expect(countChallenge(portal.context)).toBe(1);
});

test('without a proof words of more than 10 KB are asked to be shorter, not thrown away', async () => {
  await using portal = await createPortal();
  const long = await fieldsOf(portal, [...FORM, ['text', '冤'.repeat(4000)]]);
  expect(long.status).toBe(422);
  expect(long.body.error.fields['text']).toContain('3000个字左右');
  const short = await fieldsOf(portal, [...FORM, ['text', '冤'.repeat(3000)]]);
  expect(short.status).toBe(201);
});

test('more than a few without a proof within a minute wait, and are taken all the same', async () => {
  await using portal = await createPortal();
  const statuses: number[] = [];
  for (let each = 1; each <= 13; each += 1) {
    statuses.push((await fieldsOf(portal, [...FORM, ['text', `第${each}件`]])).status);
  }
  expect(new Set(statuses)).toEqual(new Set([201]));
});

test('whoever tries codes locks nobody out: the reporter still reads at once', async () => {
  await using portal = await createPortal();
  const { queryCode, reference } = await fileLead(portal);
  for (let each = 0; each < 12; each += 1) {
    const wrong = makeQueryCode(crypto.getRandomValues(new Uint8Array(CODE_BYTES)));
    const answer = await portal.call('/api/follow-up', { json: { queryCode: wrong } });
    expect(answer.status).toBe(404);
  }
  const answer = await portal.call('/api/follow-up', { json: { queryCode } });
  expect(await answer.json()).toMatchObject({ reference });
});
