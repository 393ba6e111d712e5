import { setImmediate as giveWay } from 'node:timers/promises';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listGrantsOfLeads, listWholeLeads } from '#db/queries/ledgers.ts';
import { unifyForms } from '#rules/han-forms.ts';
import { OPEN_STATES } from '#rules/lifecycle-states.ts';
import { hasCapability } from '#rules/roles.ts';
import { appendAudit } from './audit.ts';
import { listVisibleLeads } from './lead-access.ts';
import { openLeadIdentities } from './lead-keys.ts';
import { mayRead } from './lead-case.ts';
import { openContent } from './lead-content.ts';
import type { LeadContent } from './lead-content.ts';
import { describeLeads } from './leads.ts';
import type { QueueItem } from './leads.ts';
import { identitiesOf } from './list-keys.ts';

/** Each takes some milliseconds to open. */
const MOST_SEARCHED = 500;
const AT_ONCE = 50;

export type SearchResult = {
  items: QueueItem[];
  searched: number;
  /** There are more open leads than were searched. */
  isMore: boolean;
};

/**
 * The open leads whose text or accused's name has the words, those due first first. Each is opened with the
 * person's own keys and forgotten; the search is in the audit log before anything is answered.
 */
export async function searchOpenLeads(
  context: Context,
  actor: Actor,
  words: string,
): Promise<SearchResult> {
  const roles = actor.posts.map((post) => post.role);
  if (!hasCapability(roles, 'leads.read')) throw new CodedError('not-allowed');
  const filter = { states: OPEN_STATES };
  const open = await listVisibleLeads(context, actor, filter, { limit: MOST_SEARCHED + 1 });
  const ids = open.slice(0, MOST_SEARCHED).map((lead) => lead.id);
  await context.db.transaction(async (tx) => {
    await appendAudit(tx, context.secrets, context.now(), {
      action: 'lead.search',
      subjectKind: 'person',
      subjectId: actor.personId,
      personId: actor.personId,
      bodyCode: actor.posts[0]?.bodyCode ?? null,
      fields: { words, searched: ids.length },
    });
  });
  const found = await findMatching(context, actor, ids, plain(words));
  return {
    items: await describeLeads(context, found),
    searched: ids.length,
    isMore: open.length > MOST_SEARCHED,
  };
}

async function findMatching(context: Context, actor: Actor, ids: string[], wanted: string) {
  const { db } = context;
  const findBodyIdentity = identitiesOf(db, actor);
  const found: string[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const leads = new Map((await listWholeLeads(db, some)).map((lead) => [lead.id, lead]));
    const grants = Map.groupBy(await listGrantsOfLeads(db, some), (grant) => grant.leadId);
    for (const id of some) {
      const own = grants.get(id) ?? [];
      const identities = await openLeadIdentities(db, actor, own, 'content', findBodyIdentity);
      const first = identities.get(1);
      const lead = leads.get(id);
      if (!first || !lead) continue;
      const content = await openContent(first, lead.sealedContent);
      if (matches(content, wanted) && (await mayRead(context, actor, lead, content)))
        found.push(id);
      await giveWay();
    }
  }
  return found;
}

function matches({ text, subjects }: LeadContent, wanted: string): boolean {
  return [text, ...subjects.map(({ name }) => name ?? '')].some((each) =>
    plain(each).includes(wanted),
  );
}

/** For comparing only: other forms of a character and spaces made one. */
function plain(text: string): string {
  return unifyForms(text).replaceAll(/\s/g, '').toLowerCase();
}
