import type { AstroGlobal } from 'astro';
import type { FieldError } from '#site/lib/fields.ts';

/** The person signed in, as the head of every page shows them. */
export type Desk = {
  name: string;
  bodyName: string;
  nav: { href: string; label: string }[];
  may: (capability: string) => boolean;
};

type Me = { name: string; posts: { bodyName: string }[]; capabilities: string[] };

const NAV: { href: string; label: string; needs: string[] }[] = [
  { href: '/staff/leads/', label: '线索', needs: ['leads.read'] },
  {
    href: '/staff/lists/',
    label: '名单',
    needs: ['import.upload', 'import.review', 'takedown'],
  },
  { href: '/staff/publication/', label: '发布', needs: ['publication.run', 'takedown'] },
];

/** Who is at the desk; a Response where nobody is signed in: the way to the sign-in page and back. */
export async function openDesk(astro: AstroGlobal): Promise<Desk | Response> {
  const answer = await astro.locals.api('/api/staff/session');
  if (!answer.ok) return toSignIn(astro);
  const me = (await answer.json()) as Me;
  const may = (capability: string) => me.capabilities.includes(capability);
  return {
    name: me.name,
    bodyName: [...new Set(me.posts.map((post) => post.bodyName))].join('、'),
    nav: NAV.filter((item) => item.needs.some(may)).map(({ href, label }) => ({ href, label })),
    may,
  };
}

function toSignIn(astro: AstroGlobal): Response {
  const next = `${astro.url.pathname}${astro.url.search}`;
  return astro.redirect(`/staff/sign-in/?next=${encodeURIComponent(next)}`, 303);
}

type Refusal = { error: { code: string; message: string; fields: Record<string, string> } };

/** The messages of a refusal; one that names no field of the page stands at `fallback`. */
export async function readErrors(
  answer: Response,
  fallback: string,
  known: readonly string[],
): Promise<FieldError[]> {
  const { error } = (await answer.json()) as Refusal;
  const named = Object.entries(error.fields)
    .filter(([field]) => known.includes(field))
    .map(([field, message]) => ({ field, message }));
  return named.length > 0 ? named : [{ field: fallback, message: error.message }];
}

export async function postJson(astro: AstroGlobal, path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return astro.locals.api(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** A text field of a form, trimmed; undefined where it is empty or absent. */
export function textOf(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
