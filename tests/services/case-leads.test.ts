import { expect, test } from 'vitest';
import { publish } from '#publishing/publish.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { macOfExclusion } from '#services/exclusions.ts';
import { codeOf, createCaseDesk } from '#support/cases.ts';
import { STALLING } from '#support/complaints.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { fileLead, personOf } from '#support/leads.ts';
import { publicFolders } from '#support/publications.ts';
import { findInFolder } from '#support/scan-folder.ts';

const OF_GROUP = { bodyCode: DEMO_BODIES.discipline };

/** Keeps a lead from one person of the body that holds it. */
async function exclude(portal: FreshPortal, reference: string, login: string) {
  const { db, secrets } = portal.context;
  const person = await personOf(portal, login);
  const lead = (await db.select().from(db.t.lead)).find((each) => each.reference === reference);
  if (!lead) throw new Error('no such lead');
  const mac = macOfExclusion(secrets, lead.id, { person });
  await db.transaction((tx) => tx.insert(tx.t.leadExclusion).values({ leadId: lead.id, mac }));
}

/** A lead at the desk of the discipline group, and a case that names it. */
async function openNamed() {
  const portal = await createPortal();
  const { reference } = await fileLead(portal, {
    ...STALLING,
    subjectRole: 'CIVIL_STAFF',
    subjectBody: undefined,
  });
  const desk = createCaseDesk(portal);
  const id = await desk.handIn({ lead: reference }, 'liaison', OF_GROUP);
  return { portal, desk, id, reference, [Symbol.asyncDispose]: portal.close };
}

test('the lead of a case is told to those who may see that lead, and nobody else', async () => {
  await using named = await openNamed();
  const { desk, id, reference } = named;
  expect((await desk.read('liaison', id)).text?.lead).toBe(reference);
  for (const login of ['reviewer', 'section-chief', 'leader']) {
    expect((await desk.read(login, id)).text?.lead, login).toBeNull();
  }
});

test('a lead that one may not see is refused like one that does not exist', async () => {
  await using named = await openNamed();
  const { desk, reference } = named;
  const answers: string[] = [];
  for (const lead of [reference, 'YG-2026-0000-00']) {
    const answer = await desk.write('township-qingshan', { lead });
    answers.push(`${answer.status} ${await answer.text()}`);
  }
  expect(answers[0]).toContain('没有找到这件线索，或者您无权查看');
  expect(answers[0]).toBe(answers[1]);
});

test('other words by somebody who may not see the lead leave it where it was', async () => {
  await using named = await openNamed();
  const { portal, desk, id, reference } = named;
  await exclude(portal, reference, 'liaison-2');
  await desk.take('section-chief', id, 'return', { note: '补充。' });
  const { status, revision, text } = await desk.read('liaison-2', id);
  expect(text?.lead).toBeNull();
  const change = { seen: { from: status, revision }, text: { ...text, title: '推诿群众' } };
  expect(await codeOf(await desk.post('liaison-2', change, `/${id}`))).toBe('ok');
  expect((await desk.read('liaison', id)).text).toMatchObject({
    title: '推诿群众',
    lead: reference,
  });
});

test('neither the public folders nor the row of the case tell of the lead', async () => {
  await using named = await openNamed();
  const { portal, desk, id, reference } = named;
  await desk.approve(id);
  await publish(portal.context);
  const { db } = portal.context;
  const leads = await db.select().from(db.t.lead);
  const [stored] = await db.select().from(db.t.publicCase);
  const clear = JSON.stringify({ ...stored, sealed: null });
  for (const hidden of [reference, ...leads.map((lead) => lead.id)]) {
    expect(clear).not.toContain(hidden);
    for (const folder of publicFolders(portal)) expect(findInFolder(folder, [hidden])).toEqual([]);
  }
});
