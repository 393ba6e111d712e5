import { globSync, readFileSync } from 'node:fs';

/** Pages rendered on demand, by their files: `/staff/leads/[reference]`. */
export function listOnDemandPages(): string[] {
  return ['staff', 'complaints']
    .flatMap((folder) => globSync(`site/pages/${folder}/**/*.{astro,ts}`))
    .filter((file) => !/\/_/.test(file))
    .map((file) => `/${file.replace(/^site\/pages\//, '').replace(/(\/index)?\.(astro|ts)$/, '')}`)
    .toSorted();
}

const POLICY =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/** What no page may do, whoever made it: by its headers and its HTML. */
export function findPageFaults({ headers }: { headers: Headers }, html: string): string[] {
  const faults: string[] = [];
  const note = (isWrong: boolean, words: string) => isWrong && faults.push(words);
  note(headers.get('content-security-policy') !== POLICY, 'another content policy');
  note(headers.get('referrer-policy') !== 'same-origin', 'another referrer policy');
  note(!html.includes('<html lang="zh-CN">'), 'no language');
  note((html.match(/<h1[ >]/g) ?? []).length !== 1, 'not one h1');
  note(/<style|\sstyle=|<script(?![^>]*\ssrc="\/)|\son[a-z]+="/i.test(html), 'something inline');
  const loaded = [...html.matchAll(/<(?:script|link|img|source|iframe|video|audio)\b[^>]*>/g)];
  const from = loaded.flatMap(([tag]) => /\s(?:src|href|srcset)="([^"]*)"/.exec(tag)?.[1] ?? []);
  note(!from.every((url) => /^(\/(?!\/)|data:)/.test(url)), 'something from elsewhere');
  const actions = [...html.matchAll(/<form\b[^>]*?\saction="([^"]*)"/g)].map((each) => each[1]);
  note(
    !actions.every((url) => /^(\/(?!\/)|\?|#|$)/.test(url ?? '')),
    'a form that posts elsewhere',
  );
  note(/\stabindex="[1-9]/.test(html), 'an order of focus of its own');
  for (const form of html.match(/<form\b[\s\S]*?<\/form>/g) ?? []) {
    const isAsking = /<(select|textarea)\b|<input(?![^>]*type="hidden")/.test(form);
    const isSent = /<button(?![^>]*type="button")/.test(form);
    note(isAsking && !isSent, 'a form without a button');
  }
  return faults;
}

/** Rules of the styles that show things in another order than they are read aloud in. */
export function findReorderings(): string[] {
  const files = globSync(['site/styles/*.css', 'site/{components,layouts,pages}/**/*.astro']);
  const pattern =
    /^\s*(order:|float:|(?:flex-direction|flex-flow|flex-wrap):.*reverse|grid-(?:area|row):)/m;
  // What stands before all else in an element is first at its start, too.
  const leading = /(::before\s*\{[^}]*)float: inline-start;/g;
  return files.filter((file) =>
    pattern.test(stylesOf(readFileSync(file, 'utf8'), file).replace(leading, '$1')),
  );
}

function stylesOf(text: string, file: string): string {
  if (file.endsWith('.css')) return text;
  return [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)]
    .map(([, css = '']) => css)
    .join('\n');
}
