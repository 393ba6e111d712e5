import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import type { Context as RequestContext, Next } from 'hono';
import type { Config } from '#api/config.ts';
import { CodedError } from '#api/errors.ts';

/**
 * One policy for every answer: own files only, nothing inline, no frames. The nginx and Caddy examples
 * repeat it for pages they serve themselves.
 */
export function securityHeaders(config: Config) {
  return secureHeaders({
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
}

/**
 * The one CSRF rule, before pages and API alike: a form must come from the portal's own address. With
 * PUBLIC_URL that address is fixed; without it only loopback is served, and the request's own host counts.
 */
export function refuseCrossSite(config: Config) {
  const check = csrf({
    origin: (origin, c) =>
      config.publicUrl ? origin === new URL(config.publicUrl).origin : origin === ownOrigin(c),
  });
  return async function refuseCrossSiteForm(c: RequestContext, next: Next) {
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

function ownOrigin(c: RequestContext): string {
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  return `http://${host}`;
}
