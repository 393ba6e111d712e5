export type PlainPage = {
  path: string;
  status: number;
  html: string;
  hidden: Record<string, string>;
};

/** A portal, here or behind its server. */
type Asked = {
  app: { request: (path: string, init?: RequestInit) => Response | Promise<Response> };
};

/** A browser without JavaScript: follows redirects, keeps cookies (unless it refuses them), posts forms. */
export function openPlainBrowser(portal: Asked, { cookies = true } = {}) {
  const jar = new Map<string, string>();

  async function load(path: string, init: RequestInit = {}): Promise<PlainPage> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await portal.app.request(path, { ...init, headers });
    for (const line of cookies ? answer.headers.getSetCookie() : []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    if (answer.status === 303) return load(answer.headers.get('location') ?? '/');
    const html = await answer.text();
    return { path, status: answer.status, html, hidden: hiddenFields(html) };
  }

  return {
    jar,
    get: (path: string) => load(path),
    /** Sends the page's form: its hidden fields and these. */
    async send(
      page: PlainPage,
      fields: Record<string, string>,
      to = '/complaints/new',
    ): Promise<PlainPage> {
      const body = new URLSearchParams({ ...page.hidden, ...fields }).toString();
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      };
      return load(to, { method: 'POST', headers, body });
    },
  };
}

function hiddenFields(html: string): Record<string, string> {
  const inputs = html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value]));
}

/** The heading of a page, without the marks around it. */
export function headingOf({ html }: PlainPage): string {
  const inner = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '';
  return inner.replaceAll(/<[^>]+>/g, '').trim();
}

const ANSWERS: Record<string, Record<string, string>> = {
  class: { class: 'REPORT' },
  problem: { problemTypes: 'STALL' },
  town: { town: '990101100000' },
  village: { village: '990101100201' },
  accused: { 'subjects.0.role': 'TOWN_HANDLER' },
  others: {},
  text: { text: '办事的人让我来回跑了五趟，每次都说材料不全。' },
  details: { happenedWhen: '今年七月', money: '三百元' },
  mode: { mode: 'ANONYMOUS' },
  reporter: { 'reporter.name': '周某某', 'reporter.contact': '电话未装' },
  behalf: { behalf: 'SELF' },
};

type Browser = ReturnType<typeof openPlainBrowser>;

/** Answers page after page, up to the check page or the step named. */
export async function answerUpTo(
  browser: Browser,
  until: string,
  own: Record<string, Record<string, string>> = {},
): Promise<PlainPage> {
  let page = await browser.get('/complaints/new');
  while (page.hidden['step'] && page.hidden['step'] !== until) {
    const step = page.hidden['step'];
    page = await browser.send(page, { ...ANSWERS[step], ...own[step] });
    if (page.hidden['step'] === step) throw new Error(`${step} was not taken`);
  }
  return page;
}
