import type { Context } from '#api/context.ts';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import {
  Preferences,
  preferencesCss,
  readPreferences,
  writePreferences,
} from '#rules/preferences.ts';
import { isForm, readForm } from './posted-forms.ts';

const COOKIE = 'prefs';
const YEAR = 365 * 24 * 3600;

/**
 * Large type and contrast on static pages: every page links `/prefs.css`, which the cookie answers. The
 * cookie says nothing of the person but `size.contrast`. A server before the portal may answer it by itself
 * from the files `/prefs/size.contrast.css`.
 */
export function preferenceRoutes(context: Context) {
  const routes = new Hono();

  routes.get('/prefs.css', (c) => {
    c.header('content-type', 'text/css; charset=utf-8');
    c.header('cache-control', 'private, no-cache');
    c.header('vary', 'cookie');
    return c.body(preferencesCss(readPreferences(getCookie(c, COOKIE))));
  });

  // A button changes the size or the contrast and leaves the other as it is.
  routes.post('/api/prefs', async (c) => {
    const sent = isForm(c) ? Object.fromEntries((await readForm(c)).form) : {};
    const { back, ...chosen } = sent;
    const kept = readPreferences(getCookie(c, COOKIE));
    setCookie(c, COOKIE, writePreferences(Preferences.parse({ ...kept, ...chosen })), {
      path: '/',
      maxAge: YEAR,
      sameSite: 'Lax',
      httpOnly: true,
      secure: context.config.publicUrl?.startsWith('https://') ?? false,
    });
    return c.redirect(pathWithin(back), 303);
  });

  return routes;
}

/** A path of this portal; anything else (another host, `//host`, `/\host`) becomes the home page. */
function pathWithin(back: unknown): string {
  return typeof back === 'string' && /^\/(?![/\\])[\w\-./?=&%]*$/.test(back) ? back : '/';
}
