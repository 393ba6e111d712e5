import { randomUUID } from 'node:crypto';
import type { Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { readBatch } from '#db/queries/batches.ts';
import type { NewLead } from '#db/queries/complaints.ts';
import { listBodiesOn } from '#db/queries/bodies.ts';
import { listBodiesWithKey } from '#db/queries/body-keys.ts';
import type { Reader } from '#db/store.ts';
import type { Calendars } from '#rules/calendar.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { clocksAtArrival, computeDeadline } from '#rules/deadline.ts';
import { SUPERIOR_CLOCK } from '#rules/deadlines.ts';
import { REGISTER_EVENT } from '#rules/ledger-lead.ts';
import type { State } from '#rules/lifecycle-states.ts';
import { TRANSITIONS } from '#rules/lifecycle-table.ts';
import { isMajor, proposeDestination } from '#rules/routing.ts';
import type { Arrival, Proposal } from '#rules/routing.ts';
import { isDiscipline, superiorsOf } from '#rules/subjects.ts';
import type { Body } from '#rules/subjects.ts';
import type { CodeKeys } from '#sealing/query-code.ts';
import { listNameParties } from './accused-names.ts';
import { chooseDesk } from './accused-staff.ts';
import { loadCalendars } from './calendars.ts';
import { hideAmong, macOfExclusion, sealedExclusions } from './exclusions.ts';
import { ownDeadline, storedDeadline } from './lead-clocks.ts';
import { NO_REPORTER, sealContent, sealReporter } from './lead-content.ts';
import type { LeadContent, ReporterContent } from './lead-content.ts';
import { createLeadKeys, sealArrivalGrants } from './lead-keys.ts';
import { findPersonsNear } from './persons-near.ts';
import { readPlacePath } from './place-path.ts';
import { loadRouting } from './routing-table.ts';
import { loadSettings } from './settings.ts';

/** A complaint as it came in, with what identifies it. */
export type Incoming = {
  content: LeadContent;
  reporter: ReporterContent | null;
  keys: CodeKeys;
  sameness: string;
  /** False: it came without a proof and is looked at by a person first. */
  proved: boolean;
  /** Of a matter that staff wrote down. */
  registered?: Registered;
};

/** When it was received, which may be before today, and what it was received with. */
export type Registered = {
  receivedOn: string;
  /** By when a superior wants it answered. */
  dueOn: string | null;
  /** Someone can be told what became of it. */
  reachable: boolean;
};

/** Everything but the reference, which is chosen free where it is stored. */
export type ArrivingLead = Omit<NewLead, 'lead'> & { lead: Omit<NewLead['lead'], 'reference'> };

/**
 * Decides where a complaint arrives and who must not know of it, and seals it: everything but storing.
 * Throws `invalid-input` for a place or body that does not exist, `nobody-to-receive` where every body
 * that could receive it is accused.
 */
export async function prepareArrival(context: Context, incoming: Incoming): Promise<ArrivingLead> {
  const { db } = context;
  const { content } = incoming;
  const today = civilDateOf(context.now());
  const receivedOn = incoming.registered?.receivedOn ?? today;
  const bodies = await listBodiesOn(db, today);
  const placePath = await readPlacePath(db, content.placeCode);
  refuseUnknownBodies(content, bodies);
  const complained = { subjects: content.subjects, placePath };
  const near = await findPersonsNear(context, content, incoming.reporter?.name ?? null);
  const { arrival, persons } = await chooseDesk(db, complained, bodies, today, near);
  const proposal = await propose(db, content, placePath, bodies, arrival);
  const deadlines = startClocks(
    { content, arrival, proposal, bodies, registered: incoming.registered },
    receivedOn,
    await loadCalendars(db),
  );
  const { event, state } = arrivalStep(incoming);
  const keys = await createLeadKeys();
  const { recipient: contentRecipient } = keys.content;
  const { recipient: reporterRecipient } = keys.reporter;
  const id = randomUUID();
  const reporter = incoming.reporter ?? (arrival.sealed ? NO_REPORTER : null);
  const parties = [
    ...arrival.excluded.map((body) => ({ body })),
    ...persons.map((person) => ({ person })),
    ...(await listNameParties(db, context.secrets, content.subjects)),
  ];
  return {
    lead: {
      id,
      state,
      bodyCode: deskOf(arrival),
      secrecy: arrival.sealed ? 'sealed' : 'normal',
      receivedOn,
      dueOn: deadlines.map((deadline) => deadline.dueOn).toSorted()[0] ?? null,
      ...(arrival.sealed ? {} : await clearColumns(db, content)),
      lookup: incoming.keys.lookup,
      lookupKeyId: incoming.keys.lookupKeyId,
      codeRecipient: incoming.keys.recipient,
      sameness: incoming.sameness,
      contentRecipient,
      reporterRecipient,
      sealedContent: await sealContent(contentRecipient, content),
      sealedReporter: reporter && (await sealReporter(reporterRecipient, reporter)),
    },
    problems: arrival.sealed ? [] : content.problemTypes,
    subjects: arrival.sealed
      ? []
      : content.subjects.map(({ role, bodyCode }) => ({ role, bodyCode })),
    exclusionMacs: hideAmong(
      arrival.sealed ? sealedExclusions(bodies.length) : 0,
      parties.map((party) => macOfExclusion(context.secrets, id, party)),
    ),
    grants: await sealArrivalGrants(
      db,
      deskOf(arrival),
      await reserveOf(db, arrival, bodies),
      keys,
    ),
    deadlines,
    event,
  };
}

function arrivalStep({ proved, registered }: Incoming): { event: string; state: State } {
  const event = registered ? REGISTER_EVENT : proved ? 'arrive' : 'arrive-unproved';
  const to = TRANSITIONS.find((rule) => rule.event === event)?.to;
  if (!to || to === 'resume') throw new Error(`no state to ${event} in`);
  return { event, state: to };
}

async function propose(
  db: Reader,
  content: LeadContent,
  placePath: string[],
  bodies: Body[],
  arrival: Arrival,
): Promise<Proposal> {
  const { confirmed_by: confirmedBy } = await loadSettings(db);
  const facts = { ...content, placePath, major: isMajor(content) };
  const { rows } = await loadRouting(db);
  return proposeDestination(facts, bodies, { confirmedBy }, arrival.excluded, rows);
}

function startClocks(
  {
    content,
    arrival,
    proposal,
    bodies,
    registered,
  }: {
    content: LeadContent;
    arrival: Arrival;
    proposal: Proposal;
    bodies: Body[];
    registered: Registered | undefined;
  },
  receivedOn: string,
  calendars: Calendars,
) {
  const codes = clocksAtArrival({
    ...content,
    heldByDiscipline: isDiscipline(arrival.bodyCode, bodies),
    sealed: arrival.sealed,
    destination: proposal.kind,
    // By the query code, whoever it is.
    reachable: registered?.reachable ?? true,
    localFifteen: false,
  });
  const clocks = codes.map((code) => storedDeadline(computeDeadline(code, receivedOn, calendars)));
  // Of a sealed lead it stands in the sealed history alone: it would tell who sent the matter.
  const given = arrival.sealed ? null : registered?.dueOn;
  return given ? [...clocks, ownDeadline(SUPERIOR_CLOCK, receivedOn, given)] : clocks;
}

/** What routing, deadlines and ledgers need in clear; a sealed lead has none of it. */
async function clearColumns(db: Reader, content: LeadContent) {
  const { noticeId, noticeRow } = content;
  // Anything may be typed as a notice; only one that exists may stand in clear.
  const notice = noticeId ? await readBatch(db, noticeId) : null;
  return {
    class: content.class,
    mode: content.mode,
    source: content.source,
    placeCode: content.placeCode,
    major: isMajor(content) ? 1 : 0,
    noticeId: notice?.id ?? null,
    noticeRow: notice ? noticeRow : null,
  };
}

/** The next body upward that may know of it and has a key; null where there is none. */
async function reserveOf(db: Reader, arrival: Arrival, bodies: Body[]): Promise<string | null> {
  const withKey = await listBodiesWithKey(db);
  const above = superiorsOf(deskOf(arrival), bodies).find(
    ({ code }) => !arrival.excluded.includes(code) && withKey.includes(code),
  );
  return above?.code ?? null;
}

function deskOf(arrival: Arrival): string {
  if (!arrival.bodyCode) throw new CodedError('nobody-to-receive');
  return arrival.bodyCode;
}

function refuseUnknownBodies(content: LeadContent, bodies: Body[]): void {
  const unknown = content.subjects.findIndex(
    ({ bodyCode }) => bodyCode !== null && !bodies.some((body) => body.code === bodyCode),
  );
  if (unknown < 0) return;
  throw new CodedError('invalid-input', {
    [unknown === 0 ? 'subjectBody' : `subjects.${unknown}.bodyCode`]: '选择名单中的单位，或不选',
  });
}
