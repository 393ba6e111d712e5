import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEDGERS } from '#rules/ledgers.ts';
import { AUDIT_GROUPS } from '#rules/audit-view.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { STALLING, sendComplaint } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { ACCEPTANCE, createDesk, personOf } from '#support/leads.ts';
import { TO_GROUP } from '#support/referrals.ts';
import { ROUTES } from '#support/staff-routes.ts';

/**
 * Who is accused, by name or by the body they serve, learns nothing: whatever they ask, the answer is the
 * same byte for byte as before the complaint came and whatever was done with it.
 */
type Desk = ReturnType<typeof createDesk>;
const NOBODY = { lead: 'YG-2026-0000-00', referral: '00000000-0000-4000-8000-000000000000' };
function bodyFor(route: string, reference: string, login: string): object {
  if (route === 'POST /api/staff/cases') return caseNaming(reference, login);
  const steps = { event: 'claim', leads: [{ reference, from: 'RECEIVED' }] };
  if (route === 'POST /api/staff/phone-status') return { reference };
  return route === 'POST /api/staff/lead-steps' ? steps : (WANTED[route] ?? {});
}
/** A case that one's own body would hand in, if only the lead could be found. */
function caseNaming(lead: string, login: string): object {
  const town = (['qingshan', 'yunshui'] as const).find((each) => login.endsWith(each));
  const text = {
    ...{ title: '推诿群众', happened: '多次推诿。', handling: '责令整改。', placeCode: null },
    ...{ caseOn: '2026-11-01', source: 'SELF', months: 6, lead },
  };
  return { bodyCode: DEMO_BODIES[town ?? 'bureau'], month: '2026-11', text };
}
const WANTED: Readonly<Record<string, object>> = {
  'POST /api/staff/leads/:reference/transitions': { event: 'claim', from: 'RECEIVED', fields: {} },
  'POST /api/staff/leads/:reference/reporter': { reason: '核对联系方式' },
  'POST /api/staff/leads/:reference/pull-up': {
    fields: { cause: 'OVERDUE', reason: '逾期未办。' },
  },
  'POST /api/staff/leads/:reference/reporter/:request': { grant: true },
};

/** Every ledger of the year; every part of the audit log but the auditor's own looks, which asking adds to. */
const VARIANTS: Readonly<Record<string, (path: string) => string[]>> = {
  '/api/staff/ledgers/:ledger': (path) =>
    Object.keys(LEDGERS).map(
      (ledger) => `${path.replace(':ledger', ledger)}?from=2026-01-01&to=2026-11-20`,
    ),
  '/api/staff/audit': (path) =>
    Object.keys(AUDIT_GROUPS)
      .filter((group) => group !== 'audit')
      .map((group) => `${path}?group=${group}`),
};

/** Words of the complaint itself. */
const WORDS = { words: '材料不全' };

/** The path and method of each route of a kind. */
function routesOf(kind: string) {
  return Object.entries(ROUTES)
    .filter(([, each]) => each === kind)
    .map(([route]) => ({
      route,
      method: route.split(' ')[0] ?? '',
      path: route.split(' ')[1] ?? '',
    }));
}

test('every route of the API stands in the table of what the excluded are asked', async () => {
  await using portal = await createPortal();
  const registered = portal.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(registered)].toSorted()).toEqual(Object.keys(ROUTES).toSorted());
});

async function readAll(desk: Desk, login: string): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const { method, path } of routesOf('compare')) {
    for (const each of VARIANTS[path]?.(path) ?? [path]) {
      const answer = await desk.call(login, each, method === 'POST' ? WORDS : undefined);
      answers[each] = `${answer.status} ${await answer.text()}`;
    }
  }
  return answers;
}

/** What each route that names a lead or a letter answers, for the real one and for none. */
async function askFor(desk: Desk, login: string, found: typeof NOBODY) {
  const differing: string[] = [];
  for (const { route, method, path } of [...routesOf('of-lead'), ...routesOf('of-referral')]) {
    const [real, none] = await Promise.all(
      [found, NOBODY].map(async ({ lead, referral }) => {
        const filled = path.replace(':reference', lead).replace(':id', referral);
        const answer = await desk.call(
          login,
          filled,
          method === 'POST' ? bodyFor(route, lead, login) : undefined,
        );
        return `${answer.status} ${(await answer.text()).replaceAll(lead, '')}`;
      }),
    );
    if (real !== none) differing.push(`${route}: ${real} instead of ${none}`);
  }
  return differing;
}

/** What others do with it meanwhile; each answers whether the lead got that far. */
const HANDLINGS: Readonly<Record<string, (desk: Desk, reference: string) => Promise<void>>> = {
  nothing: async () => undefined,
  accepted: async (desk, reference) => {
    await desk.press('intake', reference, 'claim', 'RECEIVED');
    await desk.press('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  },
  'handed over': async (desk, reference) => {
    await desk.press('intake', reference, 'claim', 'RECEIVED');
    await desk.press('section-chief', reference, 'transfer', 'TRIAGE', TO_GROUP);
    await desk.press('leader', reference, 'transfer', 'TRIAGE');
  },
  'supervised and asked about': async (desk, reference) => {
    await desk.press('intake', reference, 'claim', 'RECEIVED');
    await desk.press('triage', reference, 'ask-question', 'TRIAGE', { question: '是哪一天去的？' });
    await desk.press('leader', reference, 'reply', 'TRIAGE', { reply: '正在核对。' });
  },
};

const anyComplaint = fc.record({
  problemTypes: fc.subarray(['STALL', 'PHONE', 'LOUBAO', 'NEPOT'], { minLength: 1, maxLength: 2 }),
  class: fc.constantFrom('REPORT', 'APPEAL', 'SUGGEST'),
  handling: fc.constantFrom(...Object.keys(HANDLINGS)),
});

async function findReferral({ context: { db } }: FreshPortal, reference: string) {
  const [lead] = (await db.select().from(db.t.lead)).filter((row) => row.reference === reference);
  const letters = await db.select().from(db.t.referral);
  return letters.find((letter) => letter.leadId === lead?.id)?.id ?? NOBODY.referral;
}

async function nameOf(portal: FreshPortal, login: string): Promise<string> {
  const { db } = portal.context;
  const id = await personOf(portal, login);
  const person = (await db.select().from(db.t.person)).find((each) => each.id === id);
  if (!person) throw new Error(`nobody behind ${login}`);
  return person.name;
}

/** Accused by name, wherever they serve; and by the township they serve. */
const ACCUSED = [
  ...['intake', 'handler', 'section-chief', 'hotline', 'auditor', 'publisher', 'security'].map(
    (login) => ({ login, body: null }),
  ),
  { login: 'township-qingshan', body: DEMO_BODIES.qingshan },
  { login: 'publisher-qingshan', body: DEMO_BODIES.qingshan },
  { login: 'township-yunshui', body: DEMO_BODIES.yunshui },
];

test('whoever is accused learns nothing of it by any route, whatever is done with it', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  for (const { login } of portal.accounts) await desk.call(login, '/api/staff/session');
  let handled = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ACCUSED), anyComplaint, async (accused, drawn) => {
      const { handling, ...complaint } = drawn;
      const name = await nameOf(portal, accused.login);
      const about = accused.body ? { subjectBody: accused.body } : { subjectName: name };
      const before = await readAll(desk, accused.login);
      const answer = await sendComplaint(portal, {
        ...STALLING,
        subjectBody: undefined,
        ...complaint,
        ...about,
        text: `${STALLING.text}${handled}`,
      });
      const { reference } = (await answer.json()) as { reference: string };
      expect(answer.status).toBe(201);
      await HANDLINGS[handling]?.(desk, reference);
      handled += 1;
      const found = { lead: reference, referral: await findReferral(portal, reference) };
      expect(await askFor(desk, accused.login, found)).toEqual([]);
      expect(await readAll(desk, accused.login)).toEqual(before);
    }),
    { numRuns: 12 },
  );
  expect(handled).toBeGreaterThanOrEqual(12);
  expect((await desk.queue('triage')).total).toBeGreaterThan(0);
}, 180_000);

test('an accused case worker cannot be given the lead', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const name = await nameOf(portal, 'handler');
  const answer = await sendComplaint(portal, { ...STALLING, subjectName: name });
  const { reference } = (await answer.json()) as { reference: string };
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.take('triage', reference, 'accept', 'TRIAGE', ACCEPTANCE);
  const workers = [await personOf(portal, 'handler'), await personOf(portal, 'handler-2')];
  const assignment = { body: DEMO_BODIES.bureau, caseWorkers: workers, dueOn: '2026-12-10' };
  expect(await desk.refused('section-chief', reference, 'assign', 'ACCEPTED', assignment)).toBe(
    'invalid-input',
  );
});
