import type { APIRoute } from 'astro';
import { preferencesCss, readPreferences } from '#rules/preferences.ts';

/** What `/prefs.css` answers to one choice, for a server before the portal that answers it by itself. */
export const GET: APIRoute = ({ params }) =>
  new Response(preferencesCss(readPreferences(params['choice'])) || '/* 标准版 */\n', {
    headers: { 'content-type': 'text/css; charset=utf-8' },
  });
