import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import type { Context as RequestContext, Next } from 'hono';
import { isLoopback } from '#api/config.ts';
import type { Config } from '#api/config.ts';
import { CodedError } from '#api/errors.ts';

const POLICY = 'content-security-policy';

/**
 * One policy for every answer: own files only, nothing inline, no frames. The nginx and Caddy examples
 * repeat it for pages they serve themselves. A route that answers with a stranger's file sets a stricter one.
 */
export function securityHeaders(config: Config) {
  const common = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: config.publicUrl?.startsWith('https://')
      ? 'max-age=31536000; includeSubDomains'
      : false,
  });
  return async function setSecurityHeaders(c: RequestContext, next: Next) {
    let own: string | null = null;
    await common(c, async () => {
      await next();
      own = c.res.headers.get(POLICY);
    });
    if (own) c.header(POLICY, own);
  };
}

/**
 * The one CSRF rule, before pages and API alike: a form must come from the portal's own address. With
 * PUBLIC_URL that address is fixed. Without https only loopback is served, and a name that merely
 * resolves to this machine (DNS rebinding) is no address of the portal.
 */
export function refuseCrossSite(config: Config) {
  const own = config.publicUrl ? new URL(config.publicUrl) : null;
  const isOwnHost = createHostCheck(config);
  const check = csrf({ origin: (origin, c) => origin === (own ?? addressOf(c))?.origin });
  return async function refuseCrossSiteForm(c: RequestContext, next: Next) {
    if (!isOwnHost(c.req.header('host') ?? new URL(c.req.url).host)) {
      throw new CodedError('cross-site');
    }
    let passed = false;
    try {
      await check(c, async () => {
        passed = true;
      });
    } catch {
      throw new CodedError('cross-site');
    }
    if (passed) await next();
  };
}

/** Whether a Host header may be this portal's: any where a TLS proxy stands before it. */
export function createHostCheck(config: Config): (host: string | undefined) => boolean {
  const own = config.publicUrl ? new URL(config.publicUrl) : null;
  let last: string | undefined;
  let isLastOwn = false;
  return function isOwnHost(host) {
    if (own?.protocol === 'https:') return true;
    if (host === undefined) return false;
    if (host === last) return isLastOwn;
    const asked = URL.parse(`http://${host}`)?.hostname ?? '';
    last = host;
    isLastOwn = isLoopback(asked) || asked === own?.hostname;
    return isLastOwn;
  };
}

/** The address the visitor asked; null where what came as a host is none. */
function addressOf(c: RequestContext): URL | null {
  const host = c.req.header('host');
  return host === undefined ? new URL(c.req.url) : URL.parse(`http://${host}`);
}

/** What the API answers is for the one who asked: no cache and no browser keeps it. */
export async function forbidStoring(c: RequestContext, next: Next) {
  await next();
  c.header('cache-control', 'no-store');
}
