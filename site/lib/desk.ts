import type { AstroGlobal } from 'astro';
import { DESK_LINKS } from './desk-links.ts';
import type { DeskLink } from './desk-links.ts';

/** The person signed in, as the head of every page shows them. */
export type Desk = {
  name: string;
  bodyName: string;
  posts: { bodyName: string; roleLabel: string }[];
  nav: DeskLink[];
  may: (capability: string) => boolean;
};
type Me = {
  name: string;
  posts: { bodyName: string; roleLabel: string }[];
  capabilities: string[];
};

/** Who is at the desk; a Response where nobody is signed in: the way to the sign-in page and back. */
export async function openDesk(astro: AstroGlobal): Promise<Desk | Response> {
  const answer = await astro.locals.api('/api/staff/session');
  if (!answer.ok) {
    const next = `${astro.url.pathname}${astro.url.search}`;
    return astro.redirect(`/staff/sign-in/?next=${encodeURIComponent(next)}`, 303);
  }
  const me = (await answer.json()) as Me;
  const may = (capability: string) => me.capabilities.includes(capability);
  return {
    name: me.name,
    bodyName: [...new Set(me.posts.map((post) => post.bodyName))].join('、'),
    posts: me.posts,
    nav: DESK_LINKS.filter((link) => link.needs.length === 0 || link.needs.some(may)),
    may,
  };
}

/** Where to go after signing in: a page of the desk, never another site. */
export function safeNext(next: string | null): string {
  const here = 'http://portal';
  const url = next?.startsWith('/') ? URL.parse(next, here) : null;
  const isDesk = url?.origin === here && /^\/staff(\/|$)/.test(url.pathname);
  // As the address is written in a header: without line breaks, everything but ASCII escaped.
  return url && isDesk ? `${url.pathname}${url.search}` : '/staff/';
}
