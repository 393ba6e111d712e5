import type { Context } from '#api/context.ts';
import { findAccountByLogin } from '#db/queries/accounts.ts';
import { readBody } from '#db/queries/bodies.ts';
import {
  deleteBodyKeyGrants,
  insertBodyKeyGrants,
  insertKeyEvents,
  listBodyKeys,
} from '#db/queries/body-keys.ts';
import type { BodyKeyGrant } from '#db/queries/body-keys.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { SealError, pairOf, seal } from '#sealing/age.ts';
import { normaliseLogin } from './accounts.ts';
import { appendAudit } from './audit.ts';
import { keyEvent } from './dropped-keys.ts';
import { listKeyMembers } from './key-renewal.ts';
import { openWithPapers } from './recovery-papers.ts';

export type Recovery = { bodyCode: string; logins: string[]; papers: [string, string] };

/**
 * Brings a body's keys back from its two papers, in whichever order they lie, and seals them to members of it
 * who have an account. Everything sealed to the body opens again in their sessions. Throws a sentence for the
 * operator.
 */
export async function recoverBody(
  context: Context,
  { bodyCode, logins, papers }: Recovery,
): Promise<{ body: string; keys: number; accounts: string[] }> {
  const { db, secrets } = context;
  const now = context.now();
  const body = await readBody(db, bodyCode);
  if (!body) throw new Error(`没有代码为${bodyCode}的单位。`);
  for (const paper of papers) await requireIdentity(paper);
  const accounts = await readAccounts(context, bodyCode, logins);
  const keys = await listBodyKeys(db, bodyCode);
  if (keys.length === 0) throw new Error(`${body.name}还没有密钥，没有可以恢复的内容。`);
  const grants: BodyKeyGrant[] = [];
  for (const { id } of keys) {
    const identity = await openEitherWay(context, id, papers);
    if (!identity) throw new Error(`这两页打不开${body.name}的密钥。核对单位和两页凭据。`);
    for (const account of accounts) {
      const sealed = await seal([account.recipient], identity);
      grants.push({ keyId: id, holder: account.id, sealed });
    }
  }
  await db.transaction(async (tx) => {
    for (const account of accounts) {
      await deleteBodyKeyGrants(
        tx,
        keys.map((key) => key.id),
        account.id,
      );
    }
    await insertBodyKeyGrants(tx, grants);
    await insertKeyEvents(
      tx,
      accounts.map(({ id }) => keyEvent(now, { bodyCode, kind: 'recover', accountId: id })),
    );
    await appendAudit(tx, secrets, now, {
      action: 'body-key.recover',
      subjectKind: 'body',
      subjectId: bodyCode,
      bodyCode,
      fields: { keys: keys.length, accounts: accounts.map((account) => account.id) },
    });
  });
  return { body: body.name, keys: keys.length, accounts: accounts.map(({ login }) => login) };
}

async function requireIdentity(paper: string): Promise<void> {
  try {
    await pairOf(paper);
  } catch {
    throw new Error('有一页抄得不对或不完整：应是 AGE-SECRET-KEY-1 开头的一行。');
  }
}

async function readAccounts({ db, now }: Context, bodyCode: string, logins: string[]) {
  const members = await listKeyMembers(db, bodyCode, civilDateOf(now()));
  const ids = new Set(members.map((member) => member.accountId));
  const accounts = [];
  for (const login of logins.map(normaliseLogin)) {
    const account = await findAccountByLogin(db, login);
    if (!account || !ids.has(account.id)) {
      throw new Error(`${login}不是这个单位现有的、需要密钥的人员，或者账号已停用。`);
    }
    accounts.push(account);
  }
  if (accounts.length === 0) throw new Error('至少写一个接收密钥的账号。');
  return accounts;
}

async function openEitherWay(context: Context, keyId: string, [one, other]: [string, string]) {
  for (const [first, second] of [
    [one, other],
    [other, one],
  ] as const) {
    try {
      return await openWithPapers(context.db, keyId, { first, second });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
    }
  }
  return null;
}
