import type { HotlineDesk, HotlineFile } from '#routes/staff-hotline-schemas.ts';
import { createPortal } from './fresh-portal.ts';
import type { FreshPortal, PortalOptions } from './fresh-portal.ts';
import { createDesk } from './leads.ts';

/** Of the demo county. */
export const BUREAU_LINE = '990101000000:0001';
export const YUNSHUI_LINE = '990101001000:0003';
export const QINGSHAN_LINE = '990101100000:0004';

/** Answered after twelve seconds, on the morning on which a fresh portal stands. */
export const ANSWERED = {
  phone: '0000-8000201',
  calledOn: '2026-11-20',
  calledAt: '8:45',
  outcome: 'SERVED',
  seconds: 12,
  inHours: null,
  outsideBody: '',
  remark: '',
};
export const UNANSWERED = { ...ANSWERED, outcome: 'NO_ANSWER', seconds: null };

/** A fresh portal whose staff keep hotlines. */
export async function openHotlines(options: PortalOptions = {}) {
  const portal = await createPortal(options);
  const desk = createDesk(portal);
  async function read(login: string): Promise<HotlineDesk> {
    return (await (await desk.call(login, '/api/staff/hotlines')).json()) as HotlineDesk;
  }
  async function open(login: string, id = QINGSHAN_LINE): Promise<HotlineFile> {
    return (await (await desk.call(login, `/api/staff/hotlines/${id}`)).json()) as HotlineFile;
  }
  function record(login: string, call: object = ANSWERED, id = QINGSHAN_LINE) {
    return desk.call(login, `/api/staff/hotlines/${id}/tests`, call);
  }
  async function numberOf(login: string, phone: string) {
    const { items } = await read(login);
    return items.flatMap((item) => item.numbers).find((number) => number.phone === phone);
  }
  return { ...portal, desk, read, open, record, numberOf };
}

/** Code and field messages of a refusal. */
export async function refusalOf(answer: Response) {
  const { error } = (await answer.json()) as {
    error: { code: string; message: string; fields: Record<string, string> };
  };
  return { status: answer.status, code: error.code, fields: error.fields, message: error.message };
}

/** What is written in the log, in its order. */
export async function auditOf({ context: { db } }: Pick<FreshPortal, 'context'>, family: string) {
  const entries = await db.select().from(db.t.auditEntry);
  return entries.filter((entry) => entry.action.startsWith(family)).map((entry) => entry.action);
}
