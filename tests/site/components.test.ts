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
  CaseArticle: 'of the page of a case, and of its preview',
  ChartFrame: 'around every chart',
  ChartMark: 'in charts of lines',
  ChartScale: 'in every chart',
  ErrorHotlines: 'of the error pages',
  EvidenceQuestion: 'of the form of complaints, seen in tests/e2e/accessible.test.ts',
  Field: 'inside every input',
  Fieldset: 'inside radios and checkboxes',
  FooterFacts: 'in the footer, and in the settings that change it',
  FormerPlacePage: 'a whole page',
  Hours: 'inside HotlineCard',
  LinesTable: 'inside a form to print',
  MarkdownNodes: 'inside Markdown',
  PaperForm: 'of the page of a text with forms',
  PassphraseInput: 'of the pages of accounts',
  PhoneLinks: 'inside HotlineCard',
  PlaceFinder: 'of the home page',
  PolicyFacts: 'of the page of a policy',
  PolicyTable: 'of the page of policies',
  PreferenceForms: 'in the header',
  ProvenanceBlock: 'below every page',
  PublicationState: 'of the staff pages that publish',
  PublicFooter: 'below every page',
  PublicHeader: 'above every page',
  QrCode: 'of the printed sheet and the pages of accounts',
  ReferralLetter: 'a printed letter, seen in tests/e2e/referral-letter.test.ts',
  SignInFields: 'of the page of signing in',
  StandardChart: 'of the page of standards',
  StandardHistory: 'of the page of standards',
  StandardsBody: 'of the page of standards',
  TableFrame: 'around every table',
  TextBody: 'of the page of a text',
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
