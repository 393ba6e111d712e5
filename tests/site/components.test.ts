import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { listPages } from '#rules/public-pages.ts';
import { renderPage } from './render.ts';

/** Components that the page of components does not show by themselves. */
const ELSEWHERE: Record<string, string> = {
  AidList: 'a table with its proof, both shown',
  AreaPage: 'a whole page',
  BoardObjection: 'of the printed sheet, seen in tests/e2e/board-sheet.test.ts',
  BoardProof: 'of the printed sheet',
  BoardSheet: 'of the printed sheet',
  BoardTable: 'of the printed sheet',
  ChartFrame: 'around every chart',
  ChartMark: 'in charts of lines',
  ChartScale: 'in every chart',
  CaseArticle: 'of the page of a case, and of its preview',
  EvidenceQuestion: 'of the form of complaints, seen in tests/e2e/accessible.test.ts',
  ErrorHotlines: 'of the error pages',
  Field: 'inside every input',
  Fieldset: 'inside radios and checkboxes',
  FormerPlacePage: 'a whole page',
  Hours: 'inside HotlineCard',
  MarkdownNodes: 'inside Markdown',
  PassphraseInput: 'of the pages of accounts',
  PhoneLinks: 'inside HotlineCard',
  PlaceFinder: 'of the home page',
  PreferenceForms: 'in the header',
  ProvenanceBlock: 'below every page',
  PublicFooter: 'below every page',
  PublicHeader: 'above every page',
  QrCode: 'of the printed sheet and the pages of accounts',
  ReferralLetter: 'a printed letter, seen in tests/e2e/referral-letter.test.ts',
  SignInFields: 'of the page of signing in',
  TableFrame: 'around every table',
  TextPage: 'a whole page',
  TotpInput: 'of the pages of accounts',
  TotpSecret: 'of the pages of accounts',
  VillageLists: 'of the page of a village',
  VillageNotice: 'of the page of a village',
  VillagePage: 'a whole page',
};

const sources = globSync('site/pages/components/*.astro').map((file) => readFileSync(file, 'utf8'));

test('every component is shown on the page of components, or it is said where else', () => {
  const names = globSync('site/components/**/*.astro').map((file) => basename(file, '.astro'));
  const shown = new Set(
    sources.flatMap((source) => [...source.matchAll(/\/(\w+)\.astro'/g)].map(([, name]) => name)),
  );
  expect(names.filter((name) => !shown.has(name) && !ELSEWHERE[name])).toEqual([]);
  const unknown = Object.keys(ELSEWHERE).filter((name) => !names.includes(name) || shown.has(name));
  expect(unknown).toEqual([]);
});

test('the page of components can be rendered and is no page of the site', async () => {
  const { status, html } = await renderPage('/components/');
  expect(status).toBe(200);
  expect(html).toContain('content="noindex, nofollow"');
  const pages = listPages({ places: [], texts: [], notices: [], cases: [], former: [] });
  expect(pages.map(({ path }) => path)).not.toContain('/components/');
});
