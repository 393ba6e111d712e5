import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listBodies } from '#db/queries/bodies.ts';
import type { Body } from '#db/queries/bodies.ts';
import { readCase } from '#db/queries/cases.ts';
import type { StoredCase } from '#db/queries/cases.ts';
import type { Reader } from '#db/store.ts';
import {
  CASE_STATES,
  CASE_STEPS,
  REVIEWED_BY,
  caseStepOf,
  isCaseStepOpen,
} from '#rules/public-cases.ts';
import type { CaseActor, CaseState, CaseStep } from '#rules/public-cases.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { postsWith, scopeOf } from './list-access.ts';

/** What an actor may do with the cases of one body. */
export type CaseReach = { writes: boolean; reviews: boolean; removes: boolean };

/** How the actor stands to the cases of each body. Throws `not-allowed` where cases are not their work. */
export async function readCaseReach(db: Reader, actor: Actor) {
  if (postsWith(actor, ['cases.draft', 'cases.review', 'takedown']).length === 0) {
    throw new CodedError('not-allowed');
  }
  const bodies = new Map((await listBodies(db)).map((body) => [body.code, body]));
  const kindsOf = (posts: { bodyCode: string }[]) =>
    new Set(posts.flatMap((post) => bodies.get(post.bodyCode)?.kind ?? []));
  const writing = new Set(postsWith(actor, ['cases.draft']).map((post) => post.bodyCode));
  const reviewing = kindsOf(postsWith(actor, ['cases.review']));
  const removing = scopeOf(actor, 'takedown');

  function reachOf(bodyCode: string): CaseReach {
    const reviews = reviewersOf(bodies.get(bodyCode)).some((kind) => reviewing.has(kind));
    return {
      writes: writing.has(bodyCode),
      reviews,
      removes: reviews || removing.has(bodyCode),
    };
  }
  /** Who reviews sees what was handed in, who only takes down what the public has seen. */
  function sees({ bodyCode, submittedOn, publishedOn }: StoredCase): boolean {
    const { writes, reviews, removes } = reachOf(bodyCode);
    return writes || (reviews && submittedOn !== null) || (removes && publishedOn !== null);
  }
  return { bodies, reachOf, sees };
}
type Reach = Awaited<ReturnType<typeof readCaseReach>>;

/** Kinds of body that review what this body hands in. */
export function reviewersOf(body: Pick<Body, 'kind'> | undefined) {
  return (body && REVIEWED_BY[body.kind]) ?? [];
}

/** A case the actor may know of; any other is the 404 of one that does not exist. */
export async function findCase(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  id: string,
): Promise<{ found: StoredCase; reach: Reach }> {
  const reach = await readCaseReach(db, actor);
  const found = await readCase(db, id);
  if (!found || !reach.sees(found)) throw new CodedError('not-found');
  return { found, reach };
}

/** Ids of those who wrote it or handed it in. */
export function authorsOf({ authors }: Pick<StoredCase, 'authors'>): string[] {
  return authors.split(' ').filter(Boolean);
}

const ALLOWS: Record<CaseActor, (reach: CaseReach) => boolean> = {
  writer: ({ writes }) => writes,
  reviewer: ({ reviews }) => reviews,
  remover: ({ removes }) => removes,
  second: ({ reviews }) => reviews,
  system: () => false,
};

/** Two persons: who wrote a case does not approve it, who took it down does not look at that again. */
export function isOwnWork(step: CaseStep, found: StoredCase, personId: string): boolean {
  const { by } = caseStepOf(step);
  if (by === 'second') return found.withdrawnBy === personId;
  return by === 'reviewer' && authorsOf(found).includes(personId);
}

/** Whether the actor's posts allow the step, whoever wrote the case. */
export function allowsStep(step: CaseStep, reach: CaseReach): boolean {
  return ALLOWS[caseStepOf(step).by](reach);
}

/** The steps this person can take now. */
export function listOpenSteps(found: StoredCase, reach: CaseReach, personId: string): CaseStep[] {
  return codesOf(CASE_STEPS).filter(
    (step) =>
      isCaseStepOpen(step, found.status) &&
      allowsStep(step, reach) &&
      !isOwnWork(step, found, personId),
  );
}

/** Whether the case answers for its month. */
export function isAnswer({ status }: { status: CaseState }): boolean {
  return CASE_STATES[status].answers;
}
