import type { Context } from '#api/context.ts';
import { listCasesEnded, listCasesStanding, moveCase, readCase } from '#db/queries/cases.ts';
import type { StoredCase } from '#db/queries/cases.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { CASE_STATES, CASE_STEPS } from '#rules/public-cases.ts';
import type { CaseState } from '#rules/public-cases.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { appendAudit } from './audit.ts';

type Portal = Pick<Context, 'db' | 'secrets' | 'now'>;
/** States in which a case may stand on the site. */
export const PUBLIC_STATES: CaseState[] = codesOf(CASE_STATES).filter(
  (state) => CASE_STATES[state].isPublic,
);

/** Ends the cases whose term is over; their words go. */
export async function expireCases(portal: Portal): Promise<void> {
  const ended = await listCasesEnded(portal.db, [...CASE_STEPS.expire.from], today(portal));
  for (const { id } of ended) await move(portal, id, 'expire', { words: null });
}

/** Notes which of the approved cases are on the site now. */
export async function recordLiveCases(portal: Portal, live: readonly string[]): Promise<void> {
  const approved = await listCasesStanding(portal.db, [...CASE_STEPS.publish.from], today(portal));
  for (const { id } of approved) if (live.includes(id)) await move(portal, id, 'publish', {});
}

/** What nobody does by hand; one that was withdrawn meanwhile is left as it is. */
async function move(
  { db, secrets, now }: Portal,
  id: string,
  step: 'expire' | 'publish',
  change: Partial<Pick<StoredCase, 'words'>>,
): Promise<void> {
  const { from, to } = CASE_STEPS[step];
  const open: readonly CaseState[] = from;
  await db.transaction(async (tx) => {
    const found = await readCase(tx, id);
    if (!found || !open.includes(found.status)) return;
    if (!(await moveCase(tx, found, { ...change, status: to }))) return;
    await appendAudit(tx, secrets, now(), {
      action: `case.${step}`,
      subjectKind: 'case',
      subjectId: id,
      bodyCode: found.bodyCode,
    });
  });
}

function today({ now }: Portal): string {
  return civilDateOf(now());
}
