import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { endPost, insertPosts, listAllPostsOf } from '#db/queries/people.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ROLES, mayHoldAt } from '#rules/roles.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { browse } from './browse.ts';

const KINDS = { bureau: 'bureau', discipline: 'discipline', township: 'qingshan' } as const;
const POSTS = codesOf(KINDS).flatMap((kind) =>
  codesOf(ROLES)
    .filter((role) => mayHoldAt(role, kind))
    .map((role) => ({ kind, role })),
);

/** Lets somebody hold this post and no other. */
async function appoint({ context }: FreshPortal, personId: string, post: (typeof POSTS)[number]) {
  const { db } = context;
  const bodyCode = DEMO_BODIES[KINDS[post.kind]];
  const term = { startsOn: '2026-01-01', endsOn: null };
  await db.transaction(async (tx) => {
    for (const { id } of await listAllPostsOf(tx, personId)) await endPost(tx, id, '2026-11-20');
    await insertPosts(tx, [{ id: randomUUID(), personId, bodyCode, role: post.role, ...term }]);
  });
}

test('nobody is led to a page that refuses them', async () => {
  await using portal = await createPortal();
  const { personId } = await portal.actorOf('sysadmin');
  const open = await browse(portal, 'sysadmin');
  const refused: string[] = [];
  for (const post of POSTS) {
    await appoint(portal, personId, post);
    const { html } = await open('/staff/');
    expect(html).toContain('您的岗位');
    const links = [...html.matchAll(/<a href="(\/staff\/[^"]*)"/g)].map(([, href = '']) => href);
    for (const link of new Set(links)) {
      const { status } = await open(link);
      if (status !== 200) refused.push(`${post.role} (${post.kind}): ${link} ${status}`);
    }
  }
  expect(refused).toEqual([]);
}, 120_000);

test('what is decided for the whole county is offered at the bureau only', async () => {
  await using portal = await createPortal();
  const bureau = await (await browse(portal, 'publisher'))('/staff/');
  expect(bureau.html).toContain('href="/staff/standards/"');
  expect(bureau.html).toContain('href="/staff/texts/"');
  const open = await browse(portal, 'publisher-qingshan');
  const township = await open('/staff/');
  expect(township.html).toContain('href="/staff/lists/"');
  expect(township.html).not.toContain('href="/staff/standards/"');
  expect(township.html).not.toContain('href="/staff/texts/"');
  const refused = await open('/staff/texts/');
  expect(refused.status).toBe(403);
  expect(refused.html).toContain('由民政局的发布员维护');
});
