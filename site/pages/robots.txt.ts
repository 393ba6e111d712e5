import type { APIRoute } from 'astro';

/**
 * Lists are not named here: they say `noindex` themselves, which a crawler that must not look never sees.
 */
export const GET: APIRoute = async ({ locals }) => {
  const { publicUrl = null } = (await locals.read('site')) ?? {};
  const lines = ['User-agent: *', 'Disallow: /staff', 'Disallow: /complaints', 'Disallow: /api'];
  if (publicUrl) lines.push('', `Sitemap: ${publicUrl}/sitemap.xml`);
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
};
