import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { listPublications } from '#db/queries/publications.ts';
import { holdPublishing } from '#publishing/lock.ts';
import { publish } from '#publishing/publish.ts';
import { publishSoon } from '#services/publish-in-background.ts';
import { createPortal } from '#support/fresh-portal.ts';

test('what one person changes while another publication runs goes live in one that follows', async () => {
  await using portal = await createPortal();
  const { context } = portal;
  await publish(context);
  portal.advance(1000);
  let waiting: Promise<void>[] = [];
  await holdPublishing(context.config.dataDir, async () => {
    const wishes = ['person-1', 'person-1', 'person-1', 'person-2'];
    waiting = wishes.map((person) => publishSoon(context, person, 'directory'));
    await setTimeout(50);
  });
  await Promise.all(waiting);
  const read = () => listPublications(context.db, 10);
  while ((await read()).some(({ status }) => status === 'running')) await setTimeout(20);
  const started = (await read()).flatMap(({ startedBy }) => startedBy ?? []);
  expect(started.toSorted()).toEqual(['person-1', 'person-2']);
});
