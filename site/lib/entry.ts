import { createApp } from 'astro/app/entrypoint';

const app = createApp({ streaming: false });

/**
 * Renders a page before answering, so that a component that throws gives a 500 and not a broken 200.
 * Every page needs this: the publisher's, and those with personal data.
 */
export function renderWhole(request: Request, locals: App.Locals): Promise<Response> {
  return app.render(request, { locals, addCookieHeader: true });
}
