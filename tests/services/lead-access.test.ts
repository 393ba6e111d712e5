import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor } from '#api/context.ts';
import { insertLead } from '#db/queries/complaints.ts';
import { isVisible } from '#rules/recusal.ts';
import type { LeadView } from '#rules/recusal.ts';
import { ROLES } from '#rules/roles.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { macOfExclusion } from '#services/exclusions.ts';
import { listVisibleLeads } from '#services/lead-access.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

const BODIES = ['bureau', 'town-a', 'town-b', 'discipline'];
const PEOPLE = ['person-1', 'person-2'];
const SCOPES: Record<string, string[]> = { bureau: ['bureau', 'town-a', 'town-b'] };
const DUE = ['2026-11-21', '2026-12-01', null, '2026-11-21', null];
const some = <T>(values: T[]) => fc.subarray(values);

const anyView = fc
  .record({
    standings: some(BODIES),
    excludedBodies: some(BODIES),
    excludedPersons: some(PEOPLE),
    sealed: fc.boolean(),
    problems: some(['PHONE', 'STALL']),
    assignedTo: some(PEOPLE),
  })
  // An excluded body never holds a lead: that is what taking it off means.
  .map((view) => ({
    ...view,
    isPhone: view.problems.length === 1 && view.problems.includes('PHONE'),
    standings: view.standings.filter((body) => !view.excludedBodies.includes(body)),
  }));
type View = Omit<LeadView, 'personExcluded'> & {
  excludedPersons: string[];
  problems: string[];
};

const anyActor = fc.record({
  personId: fc.constantFrom(...PEOPLE),
  posts: fc.array(
    fc.record({
      bodyCode: fc.constantFrom(...BODIES),
      role: fc.constantFrom(...codesOf(ROLES)),
      keyless: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

async function insertView(portal: FreshPortal, id: string, view: View) {
  const { db, secrets } = portal.context;
  const sealed = Buffer.from('sealed');
  await db.transaction(async (tx) => {
    await insertLead(tx, {
      lead: {
        id,
        reference: id,
        state: 'TRIAGE',
        bodyCode: 'bureau',
        secrecy: view.sealed ? 'sealed' : 'normal',
        receivedOn: '2026-11-20',
        lookup: id,
        // Some share a day, some have no date at all.
        dueOn: DUE[Number(id.slice(5)) % DUE.length] ?? null,
        lookupKeyId: 'key',
        codeRecipient: 'age1code',
        sameness: id,
        contentRecipient: 'age1content',
        reporterRecipient: 'age1reporter',
        sealedContent: sealed,
      },
      problems: view.problems,
      subjects: [],
      exclusionMacs: [
        ...view.excludedBodies.map((body) => macOfExclusion(secrets, id, { body })),
        ...view.excludedPersons.map((person) => macOfExclusion(secrets, id, { person })),
      ],
      grants: view.standings.map((bodyCode) => ({
        bodyCode,
        part: 'content',
        standing: 'desk',
        keyId: 'key',
        epoch: 1,
        sealed,
      })),
      deadlines: [],
      event: 'arrive',
    });
    for (const personId of view.assignedTo) {
      await tx.insert(tx.t.leadWorker).values({ leadId: id, personId });
    }
  });
}

test('the query of the queue and the rule of visibility agree on every lead', async () => {
  await using portal = await createPortal();
  let serial = 0;
  await portal.context.db.transaction(async (tx) => {
    for (const id of PEOPLE)
      await tx.insert(tx.t.person).values({ id, name: id, createdOn: '2026-01-01' });
  });
  await fc.assert(
    fc.asyncProperty(anyActor, fc.array(anyView, { maxLength: 4 }), async (drawn, views) => {
      const posts = drawn.posts.map((post) => ({
        ...post,
        scope: SCOPES[post.bodyCode] ?? [post.bodyCode],
      }));
      const actor: Actor = {
        personId: drawn.personId,
        posts,
        accountId: '',
        sessionId: '',
        name: '',
        identity: '',
      };
      const wanted: string[] = [];
      const run = new Set<string>();
      for (const view of views) {
        const id = `lead-${(serial += 1)}`;
        run.add(id);
        await insertView(portal, id, view);
        const personExcluded = view.excludedPersons.includes(actor.personId);
        if (isVisible(actor, { ...view, personExcluded })) wanted.push(id);
      }
      const listed = await listVisibleLeads(portal.context, actor, {});
      const ids = listed.map((lead) => lead.id);
      expect(await readInPages(portal, actor, 'due')).toEqual(ids);
      expect((await readInPages(portal, actor, 'received')).toSorted()).toEqual(ids.toSorted());
      const seen = listed.map((lead) => lead.id).filter((id) => run.has(id));
      expect(seen.toSorted()).toEqual(wanted.toSorted());
    }),
    { numRuns: 60 },
  );
});

/** Every lead seen by turning pages of three. */
async function readInPages({ context }: FreshPortal, actor: Actor, order: 'due' | 'received') {
  const ids: string[] = [];
  let after: Awaited<ReturnType<typeof listVisibleLeads>>[number] | undefined;
  do {
    const page = await listVisibleLeads(context, actor, {}, { order, after, limit: 3 });
    ids.push(...page.map((lead) => lead.id));
    after = page.at(-1);
  } while (after);
  return ids;
}
