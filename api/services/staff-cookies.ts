import type { Context } from '#api/context.ts';

/** The session, and the device that signed in before. */
type StaffCookie = 'session' | 'device';

/** Browsers keep no cookie longer. */
const DEVICE_SECONDS = 400 * 86_400;

/** `__Host-` needs Secure, which loopback http does not have. */
function cookieName(context: Context, cookie: StaffCookie): string {
  return isSecure(context) ? `__Host-${cookie}` : cookie;
}

/** The Set-Cookie header that carries a session, or, for an empty value, removes it. */
export function sessionCookie(context: Context, value: string): string {
  return buildCookie(context, 'session', value, value === '' ? 0 : null);
}

/** The Set-Cookie header that lets a device be known again; an empty value removes it. */
export function deviceCookie(context: Context, value: string): string {
  return buildCookie(context, 'device', value, value === '' ? 0 : DEVICE_SECONDS);
}

/** The value of a cookie in a Cookie header. */
export function readCookie(
  context: Context,
  cookie: StaffCookie,
  header: string | undefined,
): string | undefined {
  const name = cookieName(context, cookie);
  const pair = header?.split(/;\s*/).find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

function buildCookie(
  context: Context,
  cookie: StaffCookie,
  value: string,
  seconds: number | null,
): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax'];
  if (isSecure(context)) attributes.push('Secure');
  if (seconds !== null) attributes.push(`Max-Age=${seconds}`);
  return [`${cookieName(context, cookie)}=${value}`, ...attributes].join('; ');
}

function isSecure(context: Context): boolean {
  return context.config.publicUrl?.startsWith('https://') ?? false;
}
