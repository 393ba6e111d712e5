import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Context } from '#api/context.ts';
import { insertAccount } from '#db/queries/accounts.ts';
import { insertBodies } from '#db/queries/bodies.ts';
import { insertHotlines } from '#db/queries/hotlines.ts';
import type { Hotline } from '#db/queries/hotlines.ts';
import { insertPerson, insertPosts } from '#db/queries/people.ts';
import { insertPlaces } from '#db/queries/places.ts';
import { upsertSetting } from '#db/queries/settings.ts';
import { insertStandards } from '#db/queries/standards.ts';
import type { NewStandard } from '#db/queries/standards.ts';
import { insertTexts } from '#db/queries/texts.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { PlaceLine } from '#rules/place-changes.ts';
import { carriesBodyKey, findPostConflict } from '#rules/post-conflicts.ts';
import { mayHoldAt } from '#rules/roles.ts';
import { listFirstTextRows } from '#rules/first-texts/list.ts';
import type { RoleCode } from '#rules/roles.ts';
import { SECRET_PURPOSES } from '#sealing/secrets.ts';
import { prepareAccount } from './accounts.ts';
import type { AccountCredentials } from './accounts.ts';
import { appendAudit } from './audit.ts';
import { toBodyRow } from './bodies.ts';
import type { NewBody } from './bodies.ts';
import { prepareBodyKey, storeBodyKey } from './recovery-papers.ts';
import type { RecoveryPapers } from './recovery-papers.ts';
import { toPlaceRows } from './places.ts';
import { Settings } from './settings.ts';

export type PlannedPerson = {
  name: string;
  login: string;
  /** The first post is the one an account is listed with. */
  posts: { bodyCode: string; role: RoleCode }[];
};

/** A whole new portal as data. */
export type PortalPlan = {
  settings: z.input<typeof Settings>;
  /** The civil date from which places, bodies and posts hold. */
  validFrom: string;
  places: PlaceLine[];
  bodies: NewBody[];
  people: PlannedPerson[];
  standards: NewStandard[];
  hotlines: Hotline[];
};

/** What each person is told once. `body` is its Chinese name. */
export type NewAccount = AccountCredentials & { role: RoleCode; body: string };

/** Papers of each body, to be printed once, each of the two on its own page. */
export type NewPortal = {
  recoveryPapers: (RecoveryPapers & { body: string })[];
  accounts: NewAccount[];
};

/**
 * Fills an empty store. Each body but a village committee gets its key at once, sealed to those of its
 * members who open content; a village committee gets one with its first member.
 */
export async function setUpPortal(context: Context, plan: PortalPlan): Promise<NewPortal> {
  const { db, secrets } = context;
  const now = context.now();
  const today = civilDateOf(now);
  const settings = Settings.parse(plan.settings);
  const places = toPlaceRows(plan.places, [], plan.validFrom);
  const people = await Promise.all(plan.people.map((each) => preparePerson(context, plan, each)));
  const keys = await Promise.all(
    plan.bodies
      .filter((body) => body.kind !== 'village')
      .map((body) => prepareBodyKey(body.code, membersOf(body.code, people), today)),
  );
  await db.transaction(async (tx) => {
    for (const [key, value] of Object.entries(settings)) await upsertSetting(tx, key, value);
    await insertPlaces(tx, places);
    await insertBodies(
      tx,
      plan.bodies.map((body) => toBodyRow(body, plan.validFrom)),
    );
    for (const { person, posts, account } of people) {
      await insertPerson(tx, person);
      await insertPosts(tx, posts);
      await insertAccount(tx, account);
    }
    for (const key of keys) await storeBodyKey(tx, key);
    await insertStandards(tx, plan.standards);
    await insertHotlines(tx, plan.hotlines);
    await insertTexts(tx, firstTexts(settings, today));
    await appendAudit(tx, secrets, now, {
      action: 'portal.set-up',
      subjectKind: 'portal',
      subjectId: plan.places[0]?.code ?? '',
      fields: { places: places.length, bodies: plan.bodies.length, people: people.length },
    });
  });
  return {
    recoveryPapers: keys.map(({ papers }) => ({
      ...papers,
      body: bodyOf(plan, papers.bodyCode).name,
    })),
    accounts: people.map((each) => each.told),
  };
}

type PreparedPerson = Awaited<ReturnType<typeof preparePerson>>;

async function preparePerson(context: Context, plan: PortalPlan, planned: PlannedPerson) {
  const main = planned.posts[0];
  if (!main) throw new Error(`${planned.login} holds no post`);
  for (const { role, bodyCode } of planned.posts) {
    if (!mayHoldAt(role, bodyOf(plan, bodyCode).kind)) {
      throw new Error(`${planned.login}: ${role} cannot be held at ${bodyCode}`);
    }
  }
  const terms = planned.posts.map(({ role }) => ({
    role,
    startsOn: plan.validFrom,
    endsOn: null,
  }));
  for (const [index, term] of terms.entries()) {
    const conflict = findPostConflict(terms.slice(0, index), term);
    if (conflict) throw new Error(`${planned.login}: ${conflict}`);
  }
  const person = { id: randomUUID(), name: planned.name, createdOn: civilDateOf(context.now()) };
  const { account, credentials } = await prepareAccount(context.secrets, person.id, planned.login);
  const posts = planned.posts.map((post) => ({
    ...post,
    id: randomUUID(),
    personId: person.id,
    startsOn: plan.validFrom,
    endsOn: null,
  }));
  const told = { ...credentials, role: main.role, body: bodyOf(plan, main.bodyCode).name };
  return { person, posts, account, told };
}

function membersOf(bodyCode: string, people: PreparedPerson[]) {
  return people
    .filter(({ posts }) =>
      posts.some((post) => post.bodyCode === bodyCode && carriesBodyKey(post.role)),
    )
    .map(({ account }) => ({ accountId: account.id, recipient: account.recipient }));
}

function bodyOf(plan: PortalPlan, bodyCode: string): NewBody {
  const body = plan.bodies.find((each) => each.code === bodyCode);
  if (!body) throw new Error(`no body ${bodyCode} in the plan`);
  return body;
}

function firstTexts(settings: Settings, updatedOn: string) {
  const names = { countyName: settings.county_name, bureauName: settings.bureau_name };
  return listFirstTextRows(names, updatedOn);
}

/** `portal.json`: what a data folder is, so that a demo is never served as the real thing. */
const PortalMarker = z.strictObject({
  kind: z.enum(['demo', 'real']),
  createdOn: z.string(),
  /** Purposes of the secrets it has; absent in older ones. */
  secrets: z.array(z.string()).optional(),
});
export type PortalMarker = z.infer<typeof PortalMarker>;

/** Null where the folder holds no portal. */
export function readPortalMarker(dataDir: string): PortalMarker | null {
  const file = join(dataDir, 'portal.json');
  if (!existsSync(file)) return null;
  return PortalMarker.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Marks a folder; throws where it already holds a portal. */
export function writePortalMarker(
  dataDir: string,
  marker: Pick<PortalMarker, 'kind' | 'createdOn'>,
): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const text = `${JSON.stringify({ ...marker, secrets: SECRET_PURPOSES })}\n`;
  writeFileSync(join(dataDir, 'portal.json'), text, { flag: 'wx' });
}

/** Writes the marker of a portal anew; a kill leaves the old one. */
export function replacePortalMarker(dataDir: string, marker: PortalMarker): void {
  const file = join(dataDir, 'portal.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(marker)}\n`, { flush: true });
  renameSync(`${file}.new`, file);
}
