import { createApp } from 'astro/app/entrypoint';

/** The rest of the locals is read from the public data. */
type HandedIn = Omit<App.Locals, 'site' | 'hotlines'>;

const app = createApp({ streaming: false });

/**
 * Renders a page before answering, so that a component that throws gives a 500 and not a broken 200.
 * Every page needs this: the publisher's, and those with personal data.
 */
export function renderWhole(request: Request, locals: HandedIn): Promise<Response> {
  return app.render(request, { locals, addCookieHeader: true });
}
