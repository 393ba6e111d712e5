import { expect, test } from 'vitest';
import { STALLING, refusalIn, sendForm } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';

const MINUTE = 60_000;

test('a form without a proof is taken into the screening lane', async () => {
  await using portal = await createPortal();
  const fields = Object.entries({ ...STALLING, problemTypes: 'STALL' });
  const answer = await sendForm(portal, '/api/complaints', [...fields, ['problemTypes', 'INACT']]);
  expect(answer.status).toBe(201);
  const { lead } = portal.context.db.t;
  const [row] = await portal.context.db.select().from(lead);
  expect(row?.state).toBe('SCREENING');
});

test('a multipart form is a form too, and one that cannot be read is refused', async () => {
  await using portal = await createPortal();
  const headers = { 'sec-fetch-site': 'same-origin' };
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...STALLING, problemTypes: 'STALL' })) {
    body.set(name, value);
  }
  const answer = await portal.app.request('/api/complaints', { method: 'POST', headers, body });
  expect(answer.status).toBe(201);
  const broken = await portal.app.request('/api/complaints', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
    body: 'nothing of the kind',
  });
  expect(await refusalIn(broken)).toMatchObject({ status: 422, code: 'invalid-input' });
});

test('a form with a bad proof is told so', async () => {
  await using portal = await createPortal();
  const fields = Object.entries({ ...STALLING, problemTypes: 'STALL', altcha: 'AAAA' });
  const answer = await sendForm(portal, '/api/complaints', fields);
  expect(await refusalIn(answer)).toMatchObject({ status: 422, code: 'proof-invalid' });
});

test('a form from another site is refused', async () => {
  await using portal = await createPortal();
  const answer = await portal.app.request('/api/complaints', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://elsewhere.example',
    },
    body: new URLSearchParams({ ...STALLING, problemTypes: 'STALL' }).toString(),
  });
  expect(answer.status).toBe(403);
});

test('answers are carried from the form to the check page for two hours', async () => {
  await using portal = await createPortal();
  const fields = Object.entries({ ...STALLING, problemTypes: 'STALL' });
  const checked = await sendForm(portal, '/api/complaints/drafts', fields);
  expect(checked.status).toBe(200);
  const { draft } = (await checked.json()) as { draft: string };
  expect(Buffer.from(draft, 'base64url').toString()).not.toContain(STALLING.text);
  const opened = await portal.call('/api/complaints/drafts/open', { json: { draft } });
  expect(await opened.json()).toMatchObject({ input: STALLING });

  portal.advance(119 * MINUTE);
  const filed = await sendForm(portal, '/api/complaints', [['draft', draft]]);
  expect(filed.status).toBe(201);
  portal.advance(2 * MINUTE);
  const late = await sendForm(portal, '/api/complaints', [['draft', draft]]);
  expect(await refusalIn(late)).toMatchObject({ status: 422, code: 'draft-expired' });
});

test('the receipt stays in the browser for fifteen minutes', async () => {
  await using portal = await createPortal();
  const fields = Object.entries({ ...STALLING, problemTypes: 'STALL' });
  const filed = await sendForm(portal, '/api/complaints', fields);
  const cookie = filed.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const receipt = await portal.call('/api/complaints/receipt', { cookie });
  expect(await receipt.json()).toEqual(await filed.json());
  expect((await portal.call('/api/complaints/receipt')).status).toBe(404);
  portal.advance(16 * MINUTE);
  expect((await portal.call('/api/complaints/receipt', { cookie })).status).toBe(404);
});

test('over https the receipt is in a cookie that no other host can set', async () => {
  await using portal = await createPortal({ publicUrl: 'https://dibao.example' });
  const fields = Object.entries({ ...STALLING, problemTypes: 'STALL' });
  const [cookie] = (await sendForm(portal, '/api/complaints', fields)).headers.getSetCookie();
  expect(cookie).toMatch(
    /^__Host-receipt=.*; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Strict/,
  );
});
