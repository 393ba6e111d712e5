import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AUDIT_GROUPS } from '#rules/audit-view.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead, renamePerson } from '#support/leads.ts';
import { TO_GROUP, readReferrals } from '#support/referrals.ts';
import { browse } from './browse.ts';

type Desk = ReturnType<typeof createDesk>;
type Browse = Awaited<ReturnType<typeof browse>>;
const NAME = '欧阳见秋';
/** Who handles it; that they sign in is in the log. */
const OTHERS = ['intake', 'section-chief', 'leader'];
const NO_LEAD = 'YG-2026-0000-00';
const NO_LETTER = '00000000-0000-4000-8000-000000000000';

/** Whoever signs out, adds a phone or looks at who looked changes the answer by asking. */
const BY_ASKING = [
  '/staff/sign-in/',
  '/staff/sign-out/',
  '/staff/account/device/',
  '/staff/audit/',
];
/** Pages that show more than one thing, and what they are asked for. */
const ASKED = [
  '/staff/leads/?state=all',
  '/staff/leads/?state=RECEIVED',
  '/staff/leads/?state=TRANSFERRED',
  '/staff/leads/due/?all=1',
  '/staff/ledgers/?ledger=leads&from=2026-01-01&to=2026-11-20',
  '/staff/referrals/?state=all',
  ...Object.keys(AUDIT_GROUPS)
    .filter((group) => group !== 'audit')
    .map((group) => `/staff/audit/?group=${group}`),
];

/** The address of every staff page that names nothing by itself. */
function listPages(): string[] {
  const files = globSync('site/pages/staff/**/*.astro').filter((file) => !/[_[]/.test(file));
  const paths = files.map((file) =>
    file
      .replace('site/pages', '')
      .replace(/(?:index)?\.astro$/, '')
      .replace(/\/?$/, '/'),
  );
  return [...paths.filter((path) => !BY_ASKING.includes(path)), ...ASKED].toSorted();
}

/** The head of the audit log moves on with every look at it; what pays for files is made with each page. */
function withoutHead(html: string): string {
  return html
    .replaceAll(/[0-9a-f]{64}/g, 'HEAD')
    .replaceAll(/name="ticket" value="[^"]*"/g, 'TICKET');
}

async function readPages(page: Browse): Promise<Record<string, string>> {
  const read: Record<string, string> = {};
  for (const path of listPages()) {
    const { status, location, html } = await page(path);
    read[path] = `${status} ${location ?? ''} ${withoutHead(html)}`;
  }
  const words: [string, string][] = [['words', '材料不全']];
  read['search'] = (await page('/staff/leads/search/', words)).html;
  return read;
}

/** What each page and form that names the lead or its letter answers, for the real one and for none. */
async function listDiffering(page: Browse, lead: string, letter: string): Promise<string[]> {
  const take: [string, string][] = [
    ['event', 'claim'],
    ['from', 'RECEIVED'],
  ];
  const asked: [string, [string, string][]?][] = [
    ['/staff/leads/LEAD/'],
    ['/staff/leads/LEAD/?step=claim'],
    ['/staff/leads/LEAD/', take],
    ['/staff/leads/pull-up/?reference=LEAD'],
    ['/staff/leads/pull-up/', [['reference', 'LEAD']]],
    [
      '/staff/leads/?state=RECEIVED',
      [
        ['event', 'claim'],
        ['lead', 'LEAD'],
      ],
    ],
    ['/staff/audit/?lead=LEAD'],
    ['/staff/referrals/LETTER/'],
    ['/staff/referrals/LETTER/', [['reason', '核对']]],
  ];
  const differing: string[] = [];
  for (const [path, form] of asked) {
    const answers = [];
    for (const [one, other] of [
      [lead, letter],
      [NO_LEAD, NO_LETTER],
    ] as const) {
      const fill = (text: string) => text.replace('LEAD', one).replace('LETTER', other);
      const filled = form?.map(([name, value]): [string, string] => [name, fill(value)]);
      const { status, location, html } = await page(fill(path), filled);
      const said = `${status} ${location ?? ''} ${withoutHead(html)}`;
      answers.push(said.replaceAll(one, 'LEAD').replaceAll(other, 'LETTER'));
    }
    if (answers[0] !== answers[1]) differing.push(path);
  }
  return differing;
}

async function handOver(portal: FreshPortal, desk: Desk, about: object) {
  const { reference } = await fileLead(portal, { ...STALLING, ...about });
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.press('section-chief', reference, 'transfer', 'TRIAGE', TO_GROUP);
  await desk.press('leader', reference, 'transfer', 'TRIAGE');
  const letters = await readReferrals(portal);
  expect(letters.length).toBeGreaterThan(0);
  return { reference, letter: letters.at(-1)?.id ?? NO_LETTER };
}

test.each(['hotline', 'triage', 'handler', 'auditor', 'township-qingshan'])(
  'no page shows %s a complaint about them, whether they were there when it came or joined since',
  async (login) => {
    await using portal = await createPortal();
    const page = await browse(portal, login);
    const desk = createDesk(portal);
    for (const each of OTHERS) await desk.call(each, '/api/staff/session');
    await renamePerson(portal, login, NAME);
    const before = await readPages(page);
    expect(await readPages(page)).toEqual(before);
    const present = await handOver(portal, desk, { subjectName: NAME });
    await renamePerson(portal, login, '旧名字');
    const joined = await handOver(portal, desk, {
      subjectName: NAME,
      text: '后来又问过一次，材料不全。',
    });
    await renamePerson(portal, login, NAME);
    for (const { reference, letter } of [present, joined]) {
      expect(await listDiffering(page, reference, letter)).toEqual([]);
    }
    expect(await readPages(page)).toEqual(before);
  },
  120_000,
);
