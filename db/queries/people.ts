import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
import { recall } from '#db/store.ts';
import type { Reader, Tx } from '#db/store.ts';

export type Person = Schema['person']['$inferSelect'];
export type Post = Schema['post']['$inferSelect'];

export async function insertPerson(
  tx: Tx,
  person: Schema['person']['$inferInsert'],
): Promise<void> {
  await tx.insert(tx.t.person).values(person);
}

export async function insertPosts(tx: Tx, posts: Post[]): Promise<void> {
  if (posts.length > 0) await tx.insert(tx.t.post).values(posts);
}

/** Posts a person holds on a civil date. */
export async function listPostsOf(db: Reader, personId: string, on: string): Promise<Post[]> {
  const { post } = db.t;
  return db
    .select()
    .from(post)
    .where(and(eq(post.personId, personId), heldOn(db, on)))
    .orderBy(asc(post.bodyCode), asc(post.role));
}

/** Who holds which post at these bodies on a civil date. */
export async function listPostHolders(db: Reader, bodyCodes: string[], on: string) {
  const { account, person, post } = db.t;
  const name = `post holders ${on} ${bodyCodes.join(' ')}`;
  return recall(db, name, [account, person, post], () =>
    db
      .select({
        personId: person.id,
        name: person.name,
        bodyCode: post.bodyCode,
        role: post.role,
        startsOn: post.startsOn,
        accountId: account.id,
        disabledOn: account.disabledOn,
      })
      .from(post)
      .innerJoin(person, eq(person.id, post.personId))
      .leftJoin(account, eq(account.personId, person.id))
      .where(and(inArray(post.bodyCode, bodyCodes), heldOn(db, on)))
      .orderBy(asc(post.bodyCode), asc(post.role), asc(person.id)),
  );
}

/** Every post a person holds, held or will hold. */
export async function listAllPostsOf(db: Reader, personId: string): Promise<Post[]> {
  const { post } = db.t;
  return db
    .select()
    .from(post)
    .where(eq(post.personId, personId))
    .orderBy(asc(post.startsOn), asc(post.id));
}

export async function readPerson(db: Reader, id: string): Promise<Person | null> {
  const [found] = await db.select().from(db.t.person).where(eq(db.t.person.id, id));
  return found ?? null;
}

export async function updatePerson(
  tx: Tx,
  id: string,
  change: Partial<Pick<Person, 'name' | 'email'>>,
): Promise<void> {
  await tx.update(tx.t.person).set(change).where(eq(tx.t.person.id, id));
}

/** Ends a post that has no end or a later one; false where it ends earlier. */
export async function endPost(tx: Tx, id: string, endsOn: string): Promise<boolean> {
  const { post } = tx.t;
  const ended = await tx
    .update(post)
    .set({ endsOn })
    .where(and(eq(post.id, id), or(isNull(post.endsOn), gt(post.endsOn, endsOn))))
    .returning({ id: post.id });
  return ended.length === 1;
}

/** Ends every post at a body that ends. */
export async function endPostsAt(tx: Tx, bodyCode: string, endsOn: string): Promise<void> {
  const { post } = tx.t;
  await tx
    .update(post)
    .set({ endsOn })
    .where(and(eq(post.bodyCode, bodyCode), or(isNull(post.endsOn), gt(post.endsOn, endsOn))));
}

/** People with posts at these bodies, their posts and accounts; ended posts too. */
export async function listStaffOf(db: Reader, bodyCodes: string[]) {
  const { account, person, post } = db.t;
  return db
    .select({
      personId: person.id,
      name: person.name,
      email: person.email,
      postId: post.id,
      bodyCode: post.bodyCode,
      role: post.role,
      startsOn: post.startsOn,
      endsOn: post.endsOn,
      accountId: account.id,
      login: account.login,
      disabledOn: account.disabledOn,
    })
    .from(post)
    .innerJoin(person, eq(person.id, post.personId))
    .leftJoin(account, eq(account.personId, person.id))
    .where(inArray(post.bodyCode, bodyCodes))
    .orderBy(asc(post.bodyCode), asc(post.startsOn), asc(person.id));
}

/** Every post of these people, wherever it is. */
export async function listPostsOfAll(db: Reader, personIds: string[]): Promise<Post[]> {
  const { post } = db.t;
  return db.select().from(post).where(inArray(post.personId, personIds)).orderBy(asc(post.id));
}

/** Names by person. */
export async function listPersonNames(db: Reader, ids: string[]): Promise<Map<string, string>> {
  const { person } = db.t;
  const { id, name } = person;
  const rows = await db.select({ id, name }).from(person).where(inArray(person.id, ids));
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Names of people by their account. */
export async function listAccountNames(db: Reader, ids: string[]): Promise<Map<string, string>> {
  const { account, person } = db.t;
  const rows = await db
    .select({ id: account.id, name: person.name })
    .from(account)
    .innerJoin(person, eq(person.id, account.personId))
    .where(inArray(account.id, ids));
  return new Map(rows.map((row) => [row.id, row.name]));
}

function heldOn(db: Reader, on: string) {
  const { post } = db.t;
  return and(lte(post.startsOn, on), or(isNull(post.endsOn), gt(post.endsOn, on)));
}

/** Bodies where a person held a post, with when; whoever had left before a day is not tainted by them. */
export async function listPostsEver(db: Reader, personId: string) {
  const { post } = db.t;
  const { bodyCode, startsOn, endsOn } = post;
  return db.select({ bodyCode, startsOn, endsOn }).from(post).where(eq(post.personId, personId));
}

/** People with a post at these bodies on a day or at any time after it, up to now. */
export async function listPeopleSince(
  db: Reader,
  bodyCodes: string[],
  since: string,
  today: string,
): Promise<Set<string>> {
  if (bodyCodes.length === 0) return new Set();
  const { post } = db.t;
  const rows = await db
    .selectDistinct({ personId: post.personId })
    .from(post)
    .where(
      and(
        inArray(post.bodyCode, bodyCodes),
        lte(post.startsOn, today),
        or(isNull(post.endsOn), gt(post.endsOn, since)),
      ),
    );
  return new Set(rows.map((row) => row.personId));
}
