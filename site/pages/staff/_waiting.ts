import type { z } from 'zod';
import type { CalendarList } from '#routes/staff-calendar.ts';
import type { KeyWork } from '#routes/staff-account-schemas.ts';
import type { BatchList } from '#routes/staff-batch-schemas.ts';
import type { RowChangeList, TakeDownList } from '#routes/staff-change-schemas.ts';
import type { DueList } from '#routes/staff-due.ts';
import type { HotlineDesk } from '#routes/staff-hotline-schemas.ts';
import type { QueueBody } from '#routes/staff-queue-schemas.ts';
import type { ReferralCounts } from '#routes/staff-referral-schemas.ts';
import type { WarningList } from '#routes/staff-publications.ts';
import type { Api } from '#site/lib/api.ts';
import type { Desk } from '#site/lib/desk.ts';
import { formatCount } from '#site/lib/format.ts';
import { describeCaseWork } from './cases/_words.ts';
import { countWords } from './leads/_words.ts';
import { describeCounts } from './referrals/_words.ts';

/** What waits behind each link of the start page, in words, by its address; nothing where nothing waits. */
export async function readWaiting(api: Api, desk: Desk): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  if (desk.may('leads.read')) {
    const open = await countLeads(api, 'state=open');
    if (open) words.set('/staff/leads/', `${open}未办结`);
    const due = await describeDue(api);
    if (due) words.set('/staff/leads/due/', due);
    const referrals = await describeReferrals(api);
    if (referrals) words.set('/staff/referrals/', referrals);
  }
  if (desk.may('import.review')) {
    const lists = await countLists(api);
    if (lists > 0) words.set('/staff/lists/', `${formatCount(lists)}份待审查`);
  }
  if (desk.may('takedown')) {
    const changes = await countChanges(api);
    if (changes > 0) words.set('/staff/changes/', `${formatCount(changes)}项待审核`);
  }
  if (desk.may('cases.draft') || desk.may('cases.review')) {
    const cases = await describeCaseWork(api);
    if (cases) words.set('/staff/cases/', cases);
  }
  if (desk.may('publication.run')) {
    const warnings = await countWarnings(api);
    if (warnings > 0) words.set('/staff/publication/', `${formatCount(warnings)}处待核对`);
  }
  if (['hotlines.edit', 'hotlines.test', 'hotlines.watch'].some(desk.may)) {
    const hotlines = await describeHotlines(api);
    if (hotlines) words.set('/staff/hotlines/', hotlines);
  }
  if (desk.may('settings.manage')) {
    const years = await listMissingYears(api);
    if (years.length > 0) words.set('/staff/calendar/', `${years.join('、')}年没有装入`);
  }
  const keys = await describeKeys(api);
  if (keys) words.set('/staff/keys/', keys);
  return words;
}

/** 2个号码没有通过，本单位1个；待拨测3个 */
async function describeHotlines(api: Api): Promise<string> {
  const answer = await api('/api/staff/hotlines');
  if (!answer.ok) return '';
  const { failing, own, toTest } = ((await answer.json()) as HotlineDesk).counts;
  const parts: [string, number][] = [
    ['拨测没有通过', failing],
    ['本单位没有通过', own],
    ['待拨测', toTest],
  ];
  return parts
    .filter(([, count]) => count > 0)
    .map(([words, count]) => `${words}${formatCount(count)}个`)
    .join('，');
}

/** 逾期2件，今天到期1件，7天内到期3件；下级单位逾期4件 */
async function describeDue(api: Api): Promise<string> {
  const answer = await api('/api/staff/due');
  if (!answer.ok) return '';
  const { mine, own, below } = (await answer.json()) as z.infer<typeof DueList>;
  const sum = (stage: keyof typeof mine.counts) => mine.counts[stage] + own.counts[stage];
  const parts: [string, number][] = [
    ['已逾期', sum('overdue')],
    ['今天到期', sum('today')],
    ['7天内到期', sum('soon') + sum('week')],
    ['下级单位逾期', below.counts.overdue],
  ];
  return parts
    .filter(([, count]) => count > 0)
    .map(([words, count]) => `${words}${formatCount(count)}件`)
    .join('，');
}

/** What a member has to do about keys of their bodies, the most pressing first. */
async function describeKeys(api: Api): Promise<string | null> {
  const answer = await api('/api/staff/keys/work');
  if (!answer.ok) return null;
  const { none, missing, waiting, renewals } = (await answer.json()) as z.infer<typeof KeyWork>;
  if (none > 0) return '单位还没有密钥';
  if (missing > 0) return '您的密钥待同事授予';
  if (waiting > 0) return `${formatCount(waiting)}人等待授予密钥`;
  return renewals > 0 ? '有人离开，密钥待更换' : null;
}

/** 发出的等回执1件；收到的等反馈2件 */
async function describeReferrals(api: Api): Promise<string> {
  const answer = await api('/api/staff/referrals/counts');
  if (!answer.ok) return '';
  const counts = (await answer.json()) as ReferralCounts;
  const [out, received] = [describeCounts(counts.out), describeCounts(counts.in)];
  return [out && `发出的${out}`, received && `收到的${received}`].filter(Boolean).join('；');
}

/** 16件, 300件以上; empty where there are none. */
async function countLeads(api: Api, query: string): Promise<string> {
  const answer = await api(`/api/staff/leads?${query}`);
  if (!answer.ok) return '';
  const { total, isMore } = (await answer.json()) as z.infer<typeof QueueBody>;
  return total > 0 ? countWords(total, isMore) : '';
}

async function countLists(api: Api): Promise<number> {
  const answer = await api('/api/staff/batches?status=review');
  return answer.ok ? ((await answer.json()) as z.infer<typeof BatchList>).total : 0;
}

/** Exits, corrections and take-downs that wait for this person. */
async function countChanges(api: Api): Promise<number> {
  const [changes, takeDowns] = await Promise.all([
    api('/api/staff/row-changes'),
    api('/api/staff/take-downs'),
  ]);
  if (!changes.ok || !takeDowns.ok) return 0;
  const proposed = ((await changes.json()) as z.infer<typeof RowChangeList>).items;
  const taken = ((await takeDowns.json()) as z.infer<typeof TakeDownList>).items;
  return (
    proposed.filter((item) => item.mayDecide).length + taken.filter((item) => item.mayReview).length
  );
}

/** Warnings of the leak gate that this person may clear. */
async function countWarnings(api: Api): Promise<number> {
  const answer = await api('/api/staff/gate-warnings');
  if (!answer.ok) return 0;
  const { items } = (await answer.json()) as z.infer<typeof WarningList>;
  return items.filter((item) => item.mayClear).length;
}

/** Years whose holiday notice is not loaded. */
async function listMissingYears(api: Api): Promise<number[]> {
  const answer = await api('/api/staff/calendar');
  return answer.ok ? ((await answer.json()) as z.infer<typeof CalendarList>).missing : [];
}
