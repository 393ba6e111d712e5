import type { z } from 'zod';
import type { BatchList } from '#routes/staff-batch-schemas.ts';
import type { QueueBody } from '#routes/staff-lead-schemas.ts';
import type { Api } from '#site/lib/api.ts';
import type { Desk } from '#site/lib/desk.ts';
import { formatCount } from '#site/lib/format.ts';

/** What waits behind each link of the start page, in words, by its address; nothing where nothing waits. */
export async function readWaiting(api: Api, desk: Desk): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  if (desk.may('leads.read')) {
    const open = await countLeads(api, 'state=open');
    const late = open > 0 ? await countLeads(api, 'state=open&due=overdue') : 0;
    if (open > 0) words.set('/staff/leads/', describeLeads(open, late));
  }
  if (desk.may('import.review')) {
    const lists = await countLists(api);
    if (lists > 0) words.set('/staff/lists/', `${formatCount(lists)}份待审查`);
  }
  return words;
}

function describeLeads(open: number, late: number): string {
  return `${formatCount(open)}件未办结${late > 0 ? `，其中${formatCount(late)}件已逾期` : ''}`;
}

async function countLeads(api: Api, query: string): Promise<number> {
  const answer = await api(`/api/staff/leads?${query}`);
  return answer.ok ? ((await answer.json()) as z.infer<typeof QueueBody>).total : 0;
}

async function countLists(api: Api): Promise<number> {
  const answer = await api('/api/staff/batches?status=review');
  return answer.ok ? ((await answer.json()) as z.infer<typeof BatchList>).total : 0;
}
