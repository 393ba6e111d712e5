import { expect } from 'vitest';
import { updatePerson } from '#db/queries/people.ts';
import type { LeadBody } from '#routes/staff-lead-schemas.ts';
import type { QueueBody } from '#routes/staff-queue-schemas.ts';
import type { Receipt } from '#rules/receipt-file.ts';
import { STALLING, sendComplaint } from './complaints.ts';
import type { FreshPortal } from './fresh-portal.ts';

export type Failure = { error: { code: string; message: string; fields: Record<string, string> } };
export type Taken = { event: string; kind: string; lead: LeadBody | null };

/** A complaint through the front door. */
export async function fileLead(
  portal: FreshPortal,
  complaint: object = STALLING,
): Promise<Receipt> {
  const answer = await sendComplaint(portal, complaint);
  const body: unknown = await answer.json();
  expect({ status: answer.status, body }).toMatchObject({ status: 201 });
  return body as Receipt;
}

/** Staff at work: each login signs in once, by the front door. */
export function createDesk(portal: FreshPortal) {
  const cookies = new Map<string, string>();
  async function cookieOf(login: string): Promise<string> {
    const cookie = cookies.get(login) ?? (await portal.signIn(login));
    cookies.set(login, cookie);
    return cookie;
  }
  async function call(login: string, path: string, json?: unknown) {
    const cookie = await cookieOf(login);
    return portal.call(path, json === undefined ? { cookie } : { cookie, json });
  }
  async function queue(login: string, query = ''): Promise<QueueBody> {
    const answer = await call(login, `/api/staff/leads${query}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as QueueBody;
  }
  async function open(login: string, reference: string): Promise<LeadBody> {
    const answer = await call(login, `/api/staff/leads/${reference}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as LeadBody;
  }
  async function press(
    login: string,
    reference: string,
    event: string,
    from: string,
    fields: Record<string, unknown> = {},
  ) {
    return call(login, `/api/staff/leads/${reference}/transitions`, { event, from, fields });
  }
  /** Presses a button that works. */
  async function take(...step: Parameters<typeof press>): Promise<Taken> {
    const answer = await press(...step);
    const body: unknown = await answer.json();
    expect({ step: step[2], status: answer.status, body }).toMatchObject({ status: 200 });
    return body as Taken;
  }
  /** Presses a button that does not work; the code of the refusal. */
  async function refused(...step: Parameters<typeof press>): Promise<string> {
    const answer = await press(...step);
    expect({ step: step[2], ok: answer.ok }).toEqual({ step: step[2], ok: false });
    return ((await answer.json()) as Failure).error.code;
  }
  return { call, queue, open, press, take, refused };
}

export const ACCEPTANCE = {
  class: 'REPORT',
  problemTypes: ['STALL'],
  subjectRoles: ['TOWN_HANDLER'],
  level: 'COUNTY',
  severity: 'ORDINARY',
  realName: 'NOT_CLAIMED',
};

export const REPORT = {
  facts: '调取了五次来访的登记，经办人没有一次性告知。',
  method: '调阅登记，约谈经办人。',
  evidence: [{ item: '来访登记复印件五页。' }],
  findings: [{ allegation: '推诿', finding: 'TRUE' }],
  aidConsequence: 'NONE',
  amountCents: '0',
  disciplineClue: 'NO',
};

export const CONCLUSION = {
  finding: 'TRUE',
  dispositions: ['CRITICISM'],
  aidConsequence: 'NONE',
  amountCents: '0',
  reply: '反映的问题属实，已责令改正，请带户口簿到镇上办理。',
};

/** The person behind a login. */
export async function personOf(portal: FreshPortal, login: string): Promise<string> {
  const { db } = portal.context;
  const accounts = await db.select().from(db.t.account);
  const found = accounts.find((account) => account.login === login);
  if (!found) throw new Error(`no account ${login}`);
  return found.personId;
}

/** Gives the person behind a login another name: stands for somebody of that name who joins now. */
export async function renamePerson(portal: FreshPortal, login: string, name: string) {
  const person = await personOf(portal, login);
  await portal.context.db.transaction((tx) => updatePerson(tx, person, { name }));
}
