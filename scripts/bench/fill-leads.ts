import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readConfig } from '#api/config.ts';
import { openStore } from '#db/open.ts';
import type { Tx } from '#db/store.ts';
import { addDays } from '#rules/civil-date.ts';
import { ALL_STATES, OPEN_STATES, STATES } from '#rules/lifecycle-states.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { CODE_BYTES, makeQueryCode } from '#rules/receipt.ts';
import { DEMO_BODIES } from '#scripts/demo-county.ts';
import { loadSecrets } from '#sealing/secrets.ts';
import { sealJson } from '#sealing/age.ts';
import { deriveCodeKeys } from '#sealing/query-code.ts';
import { prepareArrival } from '#services/complaint-arrival.ts';
import { listNameParties } from '#services/accused-names.ts';
import type { ArrivingLead } from '#services/complaint-arrival.ts';
import { macOfExclusion } from '#services/exclusions.ts';

/**
 * Fills the portal in DATA_DIR with leads of three years. The few that are sealed are real; all others are
 * copies of them with dates, states, places and exclusions of their own. Arguments: DATA_DIR, leads, events.
 */
const [dataDir = '', wanted = '0', events = '0'] = process.argv.slice(2);
const LEADS = Number(wanted);
const EVENTS_OF_LEAD = Math.max(1, Math.round(Number(events) / LEADS));
const CHUNK = 200;
const FIRST_DAY = '2023-11-20';
const DAYS = 1095;
/** Of so many leads one is still open. */
const OPEN_EVERY = 8;
const SUPERVISED_EVERY = 97;
const TOWNS = ['yunshui', 'qingshan', 'longwan'] as const;
const ROLES = ['TOWN_HANDLER', 'VILLAGE_CADRE', 'RECIPIENT', 'UNKNOWN'] as const;
const PROBLEMS = ['STALL', 'LOUBAO', 'CUOBAO', 'PHONE', 'NOPUB'] as const;
const ENDED = ALL_STATES.filter((state) => !STATES[state].open);

const config = readConfig({ DATA_DIR: dataDir });
const db = openStore(join(config.dataDir, 'portal.db'), { synchronous: 'OFF' });
const secrets = loadSecrets(config.secretsDir);
const portal = { db, config, secrets, now: () => Date.parse('2026-11-20T09:00:00+08:00') };

const templates: ArrivingLead[] = [];
for (const [index, problem] of PROBLEMS.entries()) {
  const role = ROLES[index % ROLES.length] ?? 'UNKNOWN';
  const bodyCode = role === 'TOWN_HANDLER' ? DEMO_BODIES.qingshan : null;
  const content = {
    source: 'ONLINE',
    class: problem === 'LOUBAO' ? 'APPEAL' : 'REPORT',
    mode: 'ANONYMOUS',
    placeCode: '990101100203',
    problemTypes: [problem],
    subjects: [{ role, bodyCode, name: null }],
    text: '我家申请低保三个月了，每次都说材料不全，又不说缺什么。'.repeat(4),
    noticeId: null,
    noticeRow: null,
  } as const;
  const copied = { ...content, problemTypes: [...content.problemTypes] };
  const arrival = await prepareArrival(portal, {
    content: { ...copied, subjects: [...content.subjects] },
    reporter: null,
    keys: await deriveCodeKeys(secrets, makeQueryCode(randomBytes(CODE_BYTES))),
    sameness: '',
    proved: true,
  });
  templates.push(arrival);
}
/** What keeps bearers of a name away: most give a name alone, some write more around it. */
const namings = await Promise.all(
  ['周某甲', '民政所周某甲主任'].map((name) =>
    listNameParties(db, secrets, [{ role: 'TOWN_HANDLER', bodyCode: DEMO_BODIES.qingshan, name }]),
  ),
);
const typed = await Promise.all(
  templates.map(({ lead }) =>
    sealJson([lead.contentRecipient], { reason: '已核对登记，继续办理。' }),
  ),
);

for (let start = 0; start < LEADS; start += CHUNK) {
  const size = Math.min(CHUNK, LEADS - start);
  await db.transaction((tx) => addLeads(tx, start, size));
}
const stored = await db.select({ id: db.t.lead.id }).from(db.t.lead);
await db.close();
console.log(JSON.stringify({ leads: stored.length }));

async function addLeads(tx: Tx, start: number, size: number) {
  const { t } = tx;
  const rows = Array.from({ length: size }, (_, index) => describe(start + index));
  await tx.insert(t.lead).values(rows.map((row) => row.lead));
  await tx.insert(t.leadProblem).values(rows.flatMap((row) => row.problems));
  await tx.insert(t.leadSubject).values(rows.flatMap((row) => row.subjects));
  await tx.insert(t.leadGrant).values(rows.flatMap((row) => row.grants));
  await tx.insert(t.leadExclusion).values(rows.flatMap((row) => row.exclusions));
  await tx.insert(t.leadDeadline).values(rows.flatMap((row) => row.deadlines));
  await tx.insert(t.leadEvent).values(rows.flatMap((row) => row.events));
}

function describe(at: number) {
  const template = templates[at % templates.length];
  const sealed = typed[at % templates.length];
  if (!template || !sealed) throw new Error('no template');
  const leadId = randomUUID();
  const state = stateOf(at);
  const receivedOn = addDays(FIRST_DAY, (at * 7) % DAYS);
  const town = DEMO_BODIES[TOWNS[at % TOWNS.length] ?? 'qingshan'];
  const dueOn = STATES[state].final ? null : addDays(receivedOn, 15);
  const lead = {
    ...template.lead,
    id: leadId,
    reference: `YG-${receivedOn.slice(0, 4)}-${at.toString(36).toUpperCase().padStart(6, '0')}`,
    state,
    receivedOn,
    dueOn,
    placeCode: town.slice('township-'.length),
    lookup: leadId,
    sameness: leadId,
    supervised: at % SUPERVISED_EVERY === 0 ? 1 : 0,
    repeats: at % OPEN_EVERY === 1 ? 1 : 0,
  };
  const bodies = [DEMO_BODIES.qingshan, 'village-990101100203'].map((body) => ({ body }));
  // The town of the accused knows nothing of it; every third lead is on another town's desk.
  const isForTown = at % 3 === 0 && town !== DEMO_BODIES.qingshan;
  const forTown = template.grants
    .filter(({ part, standing }) => part === 'content' && standing === 'desk')
    .map((grant) => ({ ...grant, bodyCode: town }));
  return {
    lead,
    problems: template.problems.map((problem) => ({ leadId, problem })),
    subjects: template.subjects.map((subject) => ({ leadId, seq: 1, ...subject })),
    grants: [...template.grants, ...(isForTown ? forTown : [])].map((grant) => ({
      ...grant,
      leadId,
    })),
    exclusions: [...bodies, ...namingOf(at)].map((party) => ({
      leadId,
      mac: macOfExclusion(secrets, leadId, party),
    })),
    deadlines: template.deadlines.map((deadline) => ({ ...deadline, leadId })),
    events: Array.from({ length: EVENTS_OF_LEAD }, (_, index) => ({
      leadId,
      seq: index + 1,
      event: index === 0 ? 'arrive' : 'reply',
      fromState: index === 0 ? null : state,
      toState: state,
      onDate: receivedOn,
      personId: null,
      bodyCode: null,
      status: 'done' as const,
      epoch: 1,
      sealed: index === 0 ? null : sealed,
    })),
  };
}

/** Every second lead names somebody, every eighth in a longer line. */
function namingOf(at: number) {
  if (at % 2 === 0) return [];
  return namings[at % 8 === 1 ? 1 : 0] ?? [];
}

function stateOf(at: number): State {
  const states = at % OPEN_EVERY === 0 ? OPEN_STATES : ENDED;
  return states[Math.floor(at / OPEN_EVERY) % states.length] ?? 'TRIAGE';
}
