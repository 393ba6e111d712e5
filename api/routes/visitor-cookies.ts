import type { Context as RequestContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Context } from '#api/context.ts';

/**
 * What a citizen's browser keeps for a quarter of an hour, sealed to the server: the form under way, and the
 * receipt of what was sent.
 */
const COOKIES = ['form', 'receipt'] as const;
type CitizenCookie = (typeof COOKIES)[number];

const MINUTES_15 = 15 * 60;
/** Browsers drop a cookie of more than 4,096 bytes with its name. */
const MAX_LENGTH = 3_900;

export function readCitizenCookie(
  context: Context,
  c: RequestContext,
  cookie: CitizenCookie,
): string | undefined {
  return getCookie(c, nameOf(context, cookie));
}

/** Null removes it. False where it is too long to keep; an older one is then removed. */
export function keepCitizenCookie(
  context: Context,
  c: RequestContext,
  cookie: CitizenCookie,
  value: string | null,
): boolean {
  const [name, secure] = [nameOf(context, cookie), isSecure(context)];
  if (value === null || value.length > MAX_LENGTH) {
    deleteCookie(c, name, { path: '/', secure });
    return false;
  }
  setCookie(c, name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure,
    maxAge: MINUTES_15,
  });
  return true;
}

/** The browser forgets the form and the receipt. */
export function forgetCitizen(context: Context, c: RequestContext): void {
  for (const cookie of COOKIES) keepCitizenCookie(context, c, cookie, null);
}

/** `__Host-` needs Secure, which loopback http does not have. */
function nameOf(context: Context, cookie: CitizenCookie): string {
  return isSecure(context) ? `__Host-${cookie}` : cookie;
}

function isSecure(context: Context): boolean {
  return context.config.publicUrl?.startsWith('https://') ?? false;
}
