import type { LetterBody, ReferralCounts, ReferralPage } from '#routes/staff-referral-schemas.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING } from './complaints.ts';
import type { FreshPortal } from './fresh-portal.ts';
import { fileLead } from './leads.ts';
import type { createDesk } from './leads.ts';

type Desk = ReturnType<typeof createDesk>;

export const REFERRALS = '/api/staff/referrals';

/** A complaint whose reporter left a name. */
export const NAMED = {
  ...STALLING,
  mode: 'NAMED',
  reporter: { name: '申小满', contact: '100-0000-0001' },
};

/** What a section chief writes to hand a lead to the discipline group. */
export const TO_GROUP = {
  destination: DEMO_BODIES.discipline,
  summary: '反映镇经办人员三次以材料不全为由推诿，未一次性告知。',
  materials: '反映材料复印件一份\n来访登记复印件一份',
  cadres: '2',
};

/** The same to an authority that does not work here. */
export const TO_OUTSIDE = {
  outside: '示范区公安分局',
  outsideKind: 'OTHER',
  summary: '反映代领人冒领补助金，涉嫌诈骗。',
  materials: '反映材料复印件一份',
  cadres: '0',
};

export const RECEIPT = { acceptedOn: '2026-11-20', receivedBy: '收发室季同' };

export const RESULT = {
  finding: 'TRUE',
  dispositions: ['CASE_FILED'],
  casesFiled: '1',
  heldToAccount: '2',
  reply: '有权机关已经办结，反映的问题属实。',
};

/** A lead handed over by the bureau: proposed by the chief, confirmed by the leader. */
export async function referLead(
  portal: FreshPortal,
  desk: Desk,
  fields: object = TO_GROUP,
  complaint: object = STALLING,
): Promise<string> {
  const { reference } = await fileLead(portal, complaint);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('section-chief', reference, 'transfer', 'TRIAGE', { ...fields });
  await desk.take('leader', reference, 'transfer', 'TRIAGE');
  return reference;
}

/** Rows of the table, in the order of their numbers. */
export async function readReferrals({ context: { db } }: FreshPortal) {
  const rows = await db.select().from(db.t.referral);
  return rows.toSorted((one, other) => one.number.localeCompare(other.number));
}

/** The letters a login is shown, of those it sent unless the query says otherwise. */
export async function listReferrals(
  desk: Desk,
  login: string,
  query = '',
): Promise<ReferralPage['items']> {
  return (await read<ReferralPage>(desk, login, `${REFERRALS}${query}`)).items;
}

export async function countReferrals(desk: Desk, login: string): Promise<ReferralCounts> {
  return read<ReferralCounts>(desk, login, `${REFERRALS}/counts`);
}

export async function openLetter(desk: Desk, login: string, id: string): Promise<LetterBody> {
  return read<LetterBody>(desk, login, `${REFERRALS}/${id}`);
}

/** The id of the first letter there is. */
export async function firstReferral(portal: FreshPortal): Promise<string> {
  const [row] = await readReferrals(portal);
  if (!row) throw new Error('no letter');
  return row.id;
}

async function read<T>(desk: Desk, login: string, path: string): Promise<T> {
  const answer = await desk.call(login, path);
  if (answer.status !== 200) throw new Error(`${login}: ${path} answers ${answer.status}`);
  return (await answer.json()) as T;
}
