import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { readConfig } from '#api/config.ts';
import { startPortal } from '#api/server.ts';
import { openStore } from '#db/open.ts';
import { listPublications } from '#db/queries/publications.ts';
import { publish } from '#publishing/publish.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';

function configOf(portal: FreshPortal, port = 0) {
  const { dataDir, secretsDir } = portal.context.config;
  return readConfig({ DATA_DIR: dataDir, SECRETS_DIR: secretsDir, PORT: String(port) });
}

test('a port that is taken is refused in a sentence that says what to do', async () => {
  await using portal = await createPortal();
  const first = await startPortal(configOf(portal), 'demo');
  const second = startPortal(configOf(portal, Number(new URL(first.url).port)), 'demo');
  await expect(second).rejects.toThrow(
    /^Cannot listen on .+ another program .+ set another PORT\.$/,
  );
  await first.close();
});

test('a stop lets the publication that runs come to its end', async () => {
  await using portal = await createPortal();
  const server = await startPortal(configOf(portal), 'demo');
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  const publication = publish(server.context, { onStep: () => resolve() });
  await begun;
  await server.close();
  expect(await publication).toMatchObject({ status: 'live' });
  const db = openStore(`${portal.context.config.dataDir}/portal.db`);
  expect(await listPublications(db, 1)).toMatchObject([{ status: 'live' }]);
  await db.close();
});

test('a browser that keeps its connection, or never finishes a request, does not hold up a stop', async () => {
  await using portal = await createPortal();
  const server = await startPortal(configOf(portal), 'demo');
  const port = Number(new URL(server.url).port);
  const idle = connect(port, '127.0.0.1');
  await once(idle, 'connect');
  const slow = connect(port, '127.0.0.1');
  await once(slow, 'connect');
  const lines = ['POST /api/follow-up HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Content-Length: 90'];
  slow.write(
    `${lines.join('\r\n')}\r\nOrigin: ${server.url}\r\nContent-Type: application/json\r\n\r\n{`,
  );
  const ended = [idle, slow].map((socket) => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    socket.on('error', () => undefined).on('close', () => resolve(true));
    return promise;
  });
  await server.close();
  expect(await Promise.all(ended)).toEqual([true, true]);
});
