import { expect } from 'vitest';
import type { z } from 'zod';
import type { CaseList, CaseView } from '#routes/staff-case-schemas.ts';
import { CASE_CHECKS } from '#rules/public-cases.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import type { FreshPortal } from './fresh-portal.ts';
import { createDesk } from './leads.ts';

export type Cases = z.infer<typeof CaseList>;
export type Case = z.infer<typeof CaseView>;
const PATH = '/api/staff/cases';

/** An invented case of 青山镇. */
export const WORDS = {
  title: '青山镇某村原村干部张某为亲属违规办理低保',
  happened: '2024年3月，张某隐瞒亲属家庭收入，为其办理低保。',
  handling: '张某受到党内警告处分，低保金已全部追回。',
  placeCode: '990101100000' as string | null,
  caseOn: '2026-10-28',
  source: 'SUPERVISION',
  months: 6,
  lead: null as string | null,
};
export const CHECKS = codesOf(CASE_CHECKS);

/** People who work on cases, each by the front door. */
export function createCaseDesk(portal: FreshPortal) {
  const desk = createDesk(portal);

  function post(login: string, json: object, path = '') {
    return desk.call(login, `${PATH}${path}`, json);
  }
  function write(login: string, words: object = {}, more: object = {}) {
    const text = { ...WORDS, ...words };
    const whose = { bodyCode: DEMO_BODIES.qingshan, month: '2026-11', ...more };
    return post(login, { ...whose, text });
  }
  /** Hands a case in as 青山镇; its id. */
  async function handIn(words: object = {}, login = 'township-qingshan', more: object = {}) {
    const answer = await write(login, words, { handIn: true, ...more });
    const body: unknown = await answer.json();
    expect({ status: answer.status, body }).toMatchObject({ status: 201 });
    return (body as { id: string }).id;
  }
  async function read(login: string, id: string): Promise<Case> {
    const answer = await desk.call(login, `${PATH}/${id}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Case;
  }
  async function list(login: string, query = ''): Promise<Cases> {
    const answer = await desk.call(login, `${PATH}${query}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Cases;
  }
  /** Takes a step from where the case is. */
  async function take(login: string, id: string, step: string, more: object = {}) {
    const { db } = portal.context;
    const found = (await db.select().from(db.t.publicCase)).find((each) => each.id === id);
    const seen = { from: found?.status, revision: found?.revision };
    return post(login, { step, seen, ...more }, `/${id}/steps`);
  }
  async function approve(id: string, login = 'reviewer') {
    const answer = await take(login, id, 'approve', { checks: CHECKS });
    expect({ status: answer.status, body: await answer.text() }).toMatchObject({ status: 204 });
  }
  return { ...desk, post, write, handIn, read, list, take, approve };
}

/** The code of a refusal. */
export async function codeOf(answer: Response): Promise<string> {
  if (answer.ok) return 'ok';
  return ((await answer.json()) as { error: { code: string } }).error.code;
}
