import { createApp } from 'astro/app/entrypoint';

const streaming = createApp({ streaming: true });
const whole = createApp({ streaming: false });

/** Renders a page as it is produced. */
export function render(request: Request, locals: App.Locals): Promise<Response> {
  return streaming.render(request, { locals, addCookieHeader: true });
}

/**
 * Renders a page before answering, so that a component that throws gives a 500 and not a broken 200.
 * The publisher and every page with personal data use this one.
 */
export function renderWhole(request: Request, locals: App.Locals): Promise<Response> {
  return whole.render(request, { locals, addCookieHeader: true });
}
