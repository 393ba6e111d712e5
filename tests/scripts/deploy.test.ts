import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { readConfig } from '#api/config.ts';
import { securityHeaders } from '#routes/security.ts';
import { EVIDENCE_LIMITS } from '#rules/evidence.ts';
import { listPreferences, writePreferences } from '#rules/preferences.ts';
import { listPages } from '#rules/public-pages.ts';
import { findPlacesWritten } from '#rules/short-address.ts';

const read = (name: string) => readFileSync(`scripts/deploy/${name}`, 'utf8');
const NGINX = read('nginx.conf');
const CADDY = read('Caddyfile');

/** What the portal says with every answer behind https. */
async function listServerHeaders(): Promise<Record<string, string>> {
  const config = readConfig({ PUBLIC_URL: 'https://dibao.example.gov.cn' });
  const app = new Hono().use(securityHeaders(config)).get('/', (c) => c.body(null));
  const { 'content-type': _type, ...headers } = Object.fromEntries(
    (await app.request('/')).headers,
  );
  return headers;
}

function listWritten(text: string, line: RegExp): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(line)].map(([, name = '', value = '']) => [name.toLowerCase(), value]),
  );
}

test('nginx says with its own answers what the portal says with its own', async () => {
  const written = listWritten(read('nginx-headers.conf'), /^add_header (\S+) "(.*)" always;$/gm);
  expect(written).toEqual(await listServerHeaders());
});

test('Caddy says the same', async () => {
  const [, block = ''] = /header \{\n([\s\S]*?)\n\t\}/.exec(CADDY) ?? [];
  expect(listWritten(block, /^\s+([A-Z][\w-]+) "(.*)"$/gm)).toEqual(await listServerHeaders());
});

test('each answers the choice of 长辈版 from files that the publisher writes', () => {
  const [, inNginx = ''] = /"(~\^[^"]+)" \$cookie_prefs;/.exec(NGINX) ?? [];
  const [, inCaddy = ''] = /prefs=\((.+?)\)\(\?:;/.exec(CADDY) ?? [];
  const existing = listPages({ places: [], texts: [], notices: [], cases: [], former: [] });
  for (const choice of listPreferences()) {
    const name = writePreferences(choice);
    expect(existing.map(({ path }) => path)).toContain(`/prefs/${name}.css`);
    expect(name).toMatch(new RegExp(inNginx.slice(1)));
    expect(name).toMatch(new RegExp(`^${inCaddy}$`));
  }
  expect('../../portal').not.toMatch(new RegExp(inNginx.slice(1)));
});

test('each leads short addresses where the portal does', () => {
  const places = [
    { code: '990101000000', name: '示范区', level: 'district' as const, parentCode: null },
    { code: '990101100000', name: '青山镇', level: 'town' as const, parentCode: '990101000000' },
    { code: '990101100203', name: '槐荫村', level: 'village' as const, parentCode: '990101100000' },
  ];
  const [village] = findPlacesWritten(places, '990101000000', '100203');
  const [town] = findPlacesWritten(places, '990101000000', '100');
  expect([village?.code, town?.code]).toEqual(['990101100203', '990101100000']);
  expect(NGINX).toContain('return 302 /places/990101${place}/;');
  expect(NGINX).toContain('return 302 /places/990101${town}000/;');
  expect(CADDY).toContain('redir * /places/990101{re.place.1}/ 302');
  expect(CADDY).toContain('redir * /places/990101{re.town.1}000/ 302');
});

test('each shows the page with the telephones while the portal does not answer', () => {
  const pages = listPages({ places: [], texts: [], notices: [], cases: [], former: [] });
  expect(pages.map(({ path }) => path)).toEqual(expect.arrayContaining(['/502.html', '/404.html']));
  expect(NGINX).toContain('error_page 502 503 504 /502.html;');
  expect(CADDY).toContain('rewrite @down /502.html');
});

test('nginx lets a form with all its files through, keeps none of it in clear, and tells who stands before it', () => {
  const [, most] = /client_max_body_size (\d+)m;/.exec(NGINX) ?? [];
  expect(Number(most) * 2 ** 20).toBeGreaterThan(EVIDENCE_LIMITS.files * EVIDENCE_LIMITS.bytes);
  expect(NGINX).toContain('proxy_request_buffering off;');
  expect(NGINX).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
});

test('units run scripts that exist, and the timers their services', () => {
  for (const [unit, script] of [
    ['sunshine-dibao.service', 'api/server.ts'],
    ['sunshine-dibao-due.service', 'scripts/publish.ts'],
    ['sunshine-dibao-backup.service', 'scripts/backup.ts'],
  ] as const) {
    expect(read(unit)).toContain(script);
    expect(readFileSync(script, 'utf8')).not.toBe('');
  }
  expect(read('sunshine-dibao-due.timer')).toContain('OnCalendar=*:*:00');
  expect(read('sunshine-dibao-backup.timer')).toContain('OnCalendar=');
});
