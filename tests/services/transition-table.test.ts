import { expect, test } from 'vitest';
import { updateLeadInState } from '#db/queries/leads.ts';
import { PLAIN_FACTS } from '#rules/lead-facts.ts';
import type { LeadFacts } from '#rules/lead-facts.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { stepOf } from '#rules/lifecycle.ts';
import { roleOf } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import type { TransitionRule } from '#rules/transition-rule.ts';
import { createPortal } from '#support/fresh-portal.ts';
import type { FreshPortal } from '#support/fresh-portal.ts';
import { createDesk, fileLead, personOf } from '#support/leads.ts';

const WORKERS = ['handler', 'handler-2'];
/** Roles held at bodies that have nothing of this lead. */
const OUTSIDERS: readonly RoleCode[] = ['discipline_liaison', 'township_user'];

/** Puts the lead into the state and class that a rule starts from. */
async function place(portal: FreshPortal, reference: string, rule: TransitionRule) {
  const { db } = portal.context;
  const rows = await db.select().from(db.t.lead);
  const row = rows.find((each) => each.reference === reference);
  const state = rule.from[0];
  if (!row || !state) throw new Error('nothing to place');
  const leadClass =
    rule.classes?.[0] ?? (rule.notClasses?.includes('REPORT') ? 'APPEAL' : 'REPORT');
  await db.transaction((tx) =>
    updateLeadInState(tx, row.id, row.state, { state, class: leadClass }),
  );
  return { state, class: leadClass };
}

test('every step of the table is open to exactly the roles the table names', async () => {
  await using portal = await createPortal();
  const desk = createDesk(portal);
  const { reference } = await fileLead(portal);
  const caseWorkers = await Promise.all(WORKERS.map((login) => personOf(portal, login)));
  const { db } = portal.context;
  const [lead] = await db.select().from(db.t.lead);
  await db.transaction(async (tx) => {
    for (const personId of caseWorkers) {
      await tx.insert(tx.t.leadWorker).values({ leadId: lead?.id ?? '', personId });
    }
  });
  const people = portal.accounts.filter(({ role }) => roleOf(role).leads !== 'phone');
  for (const rule of TRANSITIONS.filter((each) => each.from.length > 0)) {
    for (const { login, role } of people) {
      const facts: LeadFacts = {
        ...PLAIN_FACTS,
        ...(await place(portal, reference, rule)),
        caseWorkers,
        // Filed without a name, it waits to be told that it was taken up.
        clocks: ['ACK_PET'],
      };
      const staff = { personId: await personOf(portal, login), roles: [role] };
      const sees = roleOf(role).leads !== 'none' && !OUTSIDERS.includes(role);
      const allowed = sees && stepOf(rule, facts, staff) !== null;
      const answer = await desk.press(login, reference, rule.event, facts.state);
      const expected = allowed ? [200, 422] : sees ? [403, 409] : [404];
      const { status } = answer;
      expect({ event: rule.event, login, status, fits: expected.includes(status) }).toEqual({
        event: rule.event,
        login,
        status,
        fits: true,
      });
    }
  }
}, 120_000);
