import type { Actor, Context } from '#api/context.ts';
import { listBodies } from '#db/queries/bodies.ts';
import {
  findCurrentBodyKey,
  listAllKeyHolders,
  listKeyEvents,
  listKeyHolders,
  readBodyRecovery,
} from '#db/queries/body-keys.ts';
import type { KeyEvent } from '#db/queries/body-keys.ts';
import { listAccountNames, listPersonNames } from '#db/queries/people.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { roleOf } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import { listKeyMembers } from './key-renewal.ts';
import { isKeyMember } from './keyring.ts';
import { readResealing } from './resealing.ts';

const EVENTS_SHOWN = 20;

/** Why a key changed, to the members of its body: who it concerns and who did it. */
const EVENT_WORDS: Record<KeyEvent['kind'], (whose: string, by: string) => string> = {
  create: (_whose, by) => `${by}生成了本单位密钥，并打印恢复凭据`,
  grant: (whose, by) => `${by}把密钥授予${whose}`,
  drop: (whose, by) => `${whose}重设了口令和动态码（${by}办理），密钥已收回`,
  leave: (whose, by) => `${whose}离开或停用（${by}办理），密钥已收回`,
  renew: (_whose, by) => `${by}更换了本单位密钥`,
  recover: (whose) => `用两页恢复凭据把密钥交给${whose}`,
  papers: (_whose, by) => `${by}重新打印了恢复凭据，旧的作废`,
};

/** The keys of the bodies where the person is a member: who has them, who waits, what happened. */
export async function listBodyKeysFor(context: Context, actor: Actor) {
  const names = new Map((await listBodies(context.db)).map((body) => [body.code, body.name]));
  return Promise.all(
    keyBodiesOf(actor).map((code) => describeKey(context, actor, code, names.get(code) ?? code)),
  );
}

/** What the person has to do, or waits for, about keys of their bodies; without counting what is sealed. */
export async function countKeyWork(context: Context, actor: Actor) {
  const keys = await Promise.all(
    keyBodiesOf(actor).map((code) => readKeyPeople(context, actor, code)),
  );
  const held = keys.filter((key) => key.own === 'held');
  return {
    none: keys.filter((key) => key.own === 'none').length,
    missing: keys.filter((key) => key.own === 'missing').length,
    waiting: held.reduce((sum, key) => sum + key.waiting.length, 0),
    renewals: held.filter((key) => key.renewFrom !== null).length,
  };
}

function keyBodiesOf(actor: Actor): string[] {
  const codes = actor.posts.map((post) => post.bodyCode);
  return [...new Set(codes)].filter((code) => isKeyMember(actor, code));
}

/** Who holds a body's key, who waits for it, and whether it is to be replaced. */
async function readKeyPeople(context: Context, actor: Actor, bodyCode: string) {
  const { db } = context;
  const today = civilDateOf(context.now());
  const key = await findCurrentBodyKey(db, bodyCode);
  const holders = new Set(await listKeyHolders(db, bodyCode));
  const members = Map.groupBy(await listKeyMembers(db, bodyCode, today), (row) => row.accountId);
  const people = [...members].map(([accountId, posts]) => ({
    accountId: accountId ?? '',
    name: posts[0]?.name ?? '',
    posts: posts.map((post) => roleOf(post.role as RoleCode).label).join('、'),
  }));
  const strangers = (await listAllKeyHolders(db, bodyCode)).filter((id) => !members.has(id));
  return {
    key,
    own: key ? (holders.has(actor.accountId) ? 'held' : 'missing') : 'none',
    // A post that ended by its date leaves a copy behind until the key is replaced.
    renewFrom: key?.renewFrom ?? (strangers.length > 0 ? today : null),
    holders: people.filter((person) => holders.has(person.accountId)),
    waiting: people.filter((person) => !holders.has(person.accountId)),
  } as const;
}

async function describeKey(context: Context, actor: Actor, bodyCode: string, bodyName: string) {
  const { db } = context;
  const { key, ...people } = await readKeyPeople(context, actor, bodyCode);
  const events = await listKeyEvents(db, bodyCode, EVENTS_SHOWN);
  return {
    ...people,
    bodyCode,
    bodyName,
    createdOn: key?.createdOn ?? null,
    papersOn: (await readBodyRecovery(db, bodyCode))?.createdOn ?? null,
    resealing: key
      ? await readResealing(context, bodyCode, key.id)
      : { done: null, running: false },
    events: await describeEvents(context, events),
  };
}

async function describeEvents({ db }: Context, events: KeyEvent[]) {
  const persons = await listPersonNames(db, idsOf(events.map((event) => event.personId)));
  const accounts = await listAccountNames(db, idsOf(events.map((event) => event.accountId)));
  return events.map(({ at, kind, accountId, personId }) => {
    const whose = accounts.get(accountId ?? '') ?? '一位同事';
    const by = persons.get(personId ?? '') ?? '系统';
    return { at, kind, words: EVENT_WORDS[kind](whose, by) };
  });
}

function idsOf(ids: (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
