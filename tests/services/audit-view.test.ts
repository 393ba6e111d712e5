import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { z } from 'zod';
import { expect, test } from 'vitest';
import type { AuditPage } from '#routes/staff-audit.ts';
import { AUDIT_GROUPS, isKnownKind } from '#rules/audit-view.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead } from '#support/leads.ts';

type Page = z.infer<typeof AuditPage>;

/** Everything an auditor can look at: each filter by itself, and the file. */
async function lookEverywhere(portal: FreshPortal, cookie: string, reference = '') {
  const first = await read(portal, cookie, '');
  const queries = [
    '',
    ...codesOf(AUDIT_GROUPS).map((group) => `group=${group}`),
    ...first.persons.map(({ id }) => `person=${id}`),
    ...first.bodies.map(({ code }) => `body=${code}`),
    'from=2026-11-20&to=2026-11-20',
    'from=2026-11-21',
    `lead=${reference || 'X'}`,
  ];
  const seen: Record<string, unknown> = { persons: first.persons, bodies: first.bodies };
  for (const query of queries) {
    const { items, next } = await read(portal, cookie, query);
    // The auditor's own looks are left out: there are more of them each time.
    seen[query.replace(reference || 'X', '')] = items.filter(
      (line) => !line.action.startsWith('audit.'),
    );
    expect(next).toBeUndefined();
  }
  const file = await portal.call('/api/staff/audit/file', { cookie });
  const lines = (await file.text()).split('\r\n');
  seen['file'] = lines.filter((line) => !line.includes('操作日志'));
  return seen;
}

async function read(portal: FreshPortal, cookie: string, query: string): Promise<Page> {
  let page: Page | null = null;
  const items: Page['items'] = [];
  for (let after = ''; ;) {
    const path = `/api/staff/audit?${query}&after=${encodeURIComponent(after)}`;
    const answer = await portal.call(path, { cookie });
    expect(answer.status).toBe(200);
    page = (await answer.json()) as Page;
    items.push(...page.items);
    if (!page.next) return { ...page, items };
    after = page.next;
  }
}

const AGAINST_THE_BUREAU = { ...STALLING, subjectRole: 'CIVIL_STAFF', subjectBody: undefined };
const AGAINST_THE_AUDITOR = { ...STALLING, subjectName: '蔺守真' };

test('an auditor whose body is accused sees the same log as if there were no such lead', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('auditor');
  const before = await lookEverywhere(portal, cookie);
  portal.advance(60_000);
  const { reference } = await fileLead(portal, AGAINST_THE_BUREAU);
  const desk = createDesk(portal);
  await desk.queue('liaison');
  await desk.open('liaison', reference);
  await desk.take('liaison', reference, 'claim', 'RECEIVED');
  await desk.call('liaison', `/api/staff/leads/${reference}/reporter`, { reason: '核实' });
  portal.advance(60_000);
  expect(await lookEverywhere(portal, cookie, reference)).toEqual(before);
});

test('an auditor who is accused sees no entry of that lead, and finds it by nothing', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('auditor');
  const { reference } = await fileLead(portal, AGAINST_THE_AUDITOR);
  const desk = createDesk(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  await desk.open('triage', reference);
  const seen = await lookEverywhere(portal, cookie, reference);
  expect(JSON.stringify(seen)).not.toContain(reference);
  const lines = Object.values(seen).flat() as { kindLabel?: string; action?: string }[];
  const ofLeads = lines.filter((line) => line.kindLabel === '线索');
  expect(ofLeads.filter((line) => line.action !== 'lead.list')).toEqual([]);
});

test('an auditor sees who opened which lead, by reference and never by content', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal);
  const desk = createDesk(portal);
  await desk.take('intake', reference, 'claim', 'RECEIVED');
  portal.advance(60_000);
  await desk.open('triage', reference);
  const cookie = await portal.signIn('auditor');
  const { items } = await read(portal, cookie, `lead=${reference}`);
  expect(items.map((line) => [line.actionLabel, line.personName, line.subject])).toEqual([
    ['打开线索', '祁思齐', reference],
    ['转入甄别', '顾闻舟', reference],
    ['收到来件', null, reference],
  ]);
  expect(items.at(-1)).toMatchObject({ onDate: '2026-11-20', at: null });
  const looks = await read(portal, cookie, 'group=looks');
  expect(looks.items.map((line) => line.action)).toEqual(['lead.open']);
});

test('the discipline group has its own auditor: nobody of the bureau audits it', async () => {
  await using portal = await createPortal();
  await fileLead(portal, AGAINST_THE_BUREAU);
  const desk = createDesk(portal);
  await desk.queue('liaison');
  const cookie = await portal.signIn('auditor');
  const { persons, bodies, items } = await read(portal, cookie, '');
  expect(persons.map((person) => person.name)).not.toContain('甘若谷');
  expect(bodies.map((body) => body.code)).not.toContain('discipline-990101000000');
  expect(items.map((line) => line.personName)).not.toContain('甘若谷');
});

test('entries of a sealed lead are for the auditor of the discipline body', async () => {
  await using portal = await createPortal();
  const { reference } = await fileLead(portal, AGAINST_THE_BUREAU);
  await createDesk(portal).open('liaison', reference);
  const cookie = await portal.signIn('auditor');
  expect((await read(portal, cookie, `lead=${reference}`)).items).toEqual([]);
  // As if the auditor served at the discipline group instead.
  await portal.context.db.transaction(async (tx) => {
    await tx.update(tx.t.post).set({ bodyCode: 'discipline-990101000000' });
  });
  const { items } = await read(portal, cookie, `lead=${reference}`);
  expect(items.map((line) => line.action)).toEqual(['lead.open', 'lead.arrive']);
});

test('an arrival stands at the end of its day, so that its neighbours do not tell its minute', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  await desk.queue('intake');
  portal.advance(60_000);
  await fileLead(portal);
  portal.advance(60_000);
  await desk.queue('triage');
  const cookie = await portal.signIn('auditor');
  const { items } = await read(portal, cookie, 'from=2026-11-20&to=2026-11-20');
  const withoutTime = items.map((line) => line.at === null);
  expect(withoutTime.indexOf(true)).toBe(withoutTime.lastIndexOf(false) + 1);
  expect(items.map((line) => line.action)).toContain('lead.arrive');
});

test('pages follow one another without a gap and nothing twice', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('auditor');
  const desk = createDesk(portal);
  for (let count = 0; count < 60; count += 1) {
    await desk.queue('intake');
    portal.advance(1000);
  }
  const { items } = await read(portal, cookie, 'group=looks');
  expect(items).toHaveLength(60);
  expect(new Set(items.map((line) => line.at)).size).toBe(60);
});

test('the log is for auditors, and what they take with them is in it', async () => {
  await using portal = await createPortal();
  const chief = await portal.signIn('section-chief');
  for (const path of ['', '/file', '/chain']) {
    expect((await portal.call(`/api/staff/audit${path}`, { cookie: chief })).status).toBe(403);
  }
  const cookie = await portal.signIn('auditor');
  expect((await portal.call('/api/staff/audit?from=gestern', { cookie })).status).toBe(422);
  const file = await portal.call('/api/staff/audit/file', { cookie });
  expect(await file.text()).toContain('日期,时间,人员,单位,操作,对象,编号或名称');
  const { items } = await read(portal, cookie, 'group=exports');
  expect(items.map((line) => [line.action, line.personName])).toEqual([['audit.export', '蔺守真']]);
});

test('the chain is recomputed on demand', async () => {
  await using portal = await createPortal();
  const cookie = await portal.signIn('auditor');
  const chain = await portal.call('/api/staff/audit/chain', { cookie, json: {} });
  expect(await chain.json()).toMatchObject({ published: null, checked: { holds: true } });
});

test('every kind of subject that is written was judged: what is not known is shown to nobody', async () => {
  const files = await readdir(new URL('../../api/services/', import.meta.url));
  const kinds = files.flatMap((name) => {
    const code = readFileSync(new URL(`../../api/services/${name}`, import.meta.url), 'utf8');
    return [...code.matchAll(/subjectKind: '([^']+)'/g)].map((match) => match[1] ?? '');
  });
  expect(kinds.length).toBeGreaterThan(20);
  expect([...new Set(kinds)].filter((kind) => !isKnownKind(kind))).toEqual([]);
});
