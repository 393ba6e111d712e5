import type { Actor, ActorPost, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodiesOn } from '#db/queries/bodies.ts';
import type { Body } from '#db/queries/bodies.ts';
import { readHotline } from '#db/queries/hotlines.ts';
import type { Hotline } from '#db/queries/hotlines.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import type { Capability } from '#rules/roles.ts';
import { superiorsOf } from '#rules/subjects.ts';
import { postsWith } from './list-access.ts';

const HOTLINE_WORK: readonly Capability[] = ['hotlines.edit', 'hotlines.test', 'hotlines.watch'];

type Place = Pick<Hotline, 'placeCode' | 'level' | 'unit'>;

/** How the actor stands to a test of a hotline; null: tests are not their work, or it is out of reach. */
type Testing = 'independent' | 'own' | 'refused' | null;

/** Which hotlines the actor has to do with: those of their bodies and of what lies below. */
export type HotlineReach = Awaited<ReturnType<typeof readHotlineReach>>;

/** Throws `not-allowed` where hotlines are not the actor's work. */
export async function readHotlineReach({ db, now }: Pick<Context, 'db' | 'now'>, actor: Actor) {
  if (postsWith(actor, HOTLINE_WORK).length === 0) throw new CodedError('not-allowed');
  const today = civilDateOf(now());
  const bodies = await listBodiesOn(db, today);

  /** Whose hotline it is: the body of that name at the place, else the place's own. */
  function bodyOf({ placeCode, level, unit }: Place): Body | null {
    const here = bodies.filter((body) => body.placeCode === placeCode && body.kind !== 'village');
    const kind = level === 'town' ? 'township' : 'bureau';
    return here.find((body) => body.name === unit) ?? here.find((b) => b.kind === kind) ?? null;
  }
  function reaches(post: ActorPost, hotline: Place): boolean {
    const body = bodyOf(hotline);
    const isCounty = ['bureau', 'discipline'].includes(kindOf(post));
    if (hotline.level === 'district' || !body) return isCounty;
    return body.code === post.bodyCode || isAbove(post, body);
  }
  function kindOf({ bodyCode }: ActorPost): string {
    return bodies.find((body) => body.code === bodyCode)?.kind ?? '';
  }
  function isAbove(post: ActorPost, body: Body): boolean {
    return superiorsOf(body.code, bodies).some(({ code }) => code === post.bodyCode);
  }
  function postFor(capabilities: readonly Capability[], hotline: Place): ActorPost | undefined {
    return postsWith(actor, capabilities).find((post) => reaches(post, hotline));
  }
  function isOwn(hotline: Place): boolean {
    const body = bodyOf(hotline);
    return body !== null && actor.posts.some((post) => post.bodyCode === body.code);
  }
  return {
    today,
    bodies,
    bodyOf,
    isOwn,
    maySee: (hotline: Place) => postFor(HOTLINE_WORK, hotline) !== undefined,
    editPost: (hotline: Place) => postFor(['hotlines.edit'], hotline),
    testPost: (hotline: Place) => postFor(['hotlines.test'], hotline),
    /** A township's hotline is tested by nobody of the township; at the county there may be nobody else. */
    testingOf(hotline: Place): Testing {
      if (!postFor(['hotlines.test'], hotline)) return null;
      if (!isOwn(hotline)) return 'independent';
      return hotline.level === 'town' ? 'refused' : 'own';
    },
  };
}

/** A hotline in the actor's reach, not ended; any other is the 404 of one that does not exist. */
export async function findHotline(context: Pick<Context, 'db' | 'now'>, actor: Actor, id: string) {
  const reach = await readHotlineReach(context, actor);
  const hotline = await readHotline(context.db, id);
  if (!hotline || hotline.endedOn !== null || !reach.maySee(hotline)) {
    throw new CodedError('not-found');
  }
  return { reach, hotline };
}

/** The post from which the actor changes it. Throws `not-found`, `not-allowed`. */
export async function findEditable(context: Pick<Context, 'db' | 'now'>, actor: Actor, id: string) {
  const { reach, hotline } = await findHotline(context, actor, id);
  const post = reach.editPost(hotline);
  if (!post) throw new CodedError('not-allowed');
  return { reach, hotline, post };
}
