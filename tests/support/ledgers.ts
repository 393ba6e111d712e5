import { expect } from 'vitest';
import type { LedgerBody } from '#routes/staff-ledgers.ts';
import type { createDesk } from './leads.ts';

type Desk = ReturnType<typeof createDesk>;

export const YEAR = 'from=2026-01-01&to=2026-12-31';

export async function readLedger(
  desk: Desk,
  login: string,
  code = 'leads',
  query = YEAR,
): Promise<LedgerBody> {
  const answer = await desk.call(login, `/api/staff/ledgers/${code}?${query}`);
  const body: unknown = await answer.json();
  expect({ status: answer.status, body }).toMatchObject({ status: 200 });
  return body as LedgerBody;
}
