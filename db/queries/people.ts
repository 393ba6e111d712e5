import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Schema } from '#db/schema.ts';
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
  return db
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
    .orderBy(asc(post.bodyCode), asc(post.role), asc(person.id));
}

function heldOn(db: Reader, on: string) {
  const { post } = db.t;
  return and(lte(post.startsOn, on), or(isNull(post.endsOn), gt(post.endsOn, on)));
}
