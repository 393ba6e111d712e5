import type { IncomingMessage } from 'node:http';
import type { Context as RequestContext } from 'hono';
import { isLoopback } from '#api/config.ts';

/**
 * What tells visitors apart for pacing: the address of the connection, or of who stands before a proxy on this
 * machine. It is hashed at once (services/intake-load) and never kept. Null where there is no connection.
 */
export function sourceOf(c: RequestContext): string | null {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage };
  const address = incoming?.socket?.remoteAddress ?? null;
  if (address === null || !isLoopback(address.replace(/^::ffff:/, ''))) return address;
  // The last entry is the proxy's own word; those before it are the visitor's.
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return forwarded ?? address;
}
